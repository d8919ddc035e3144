/// What the faults of a camera do to the packets of one session. Bound to its event loop.
///
/// A packet meets first what the camera does wrong, then what happens to it on the way, then what it has to wait for.
final class SessionFaults {
    /// A fault of the script with what it remembers.
    private struct Step {
        let entry: FaultTimeline.Entry
        var fault: any PacketFault
        /// Done by the camera, so that its numbers and reports know of it.
        let isAtCamera: Bool
        var isActive = false
    }

    private var timeline: FaultTimeline
    private let encoding: String
    private var steps: [Step]
    private var jitter: TrackDice
    private var queue = DelayQueue()
    /// By how many packets the numbers of later ones are less, since packets are missing that never were.
    private(set) var shift = ByTrack<UInt64>(all: 0)

    /// - Parameters:
    ///   - timeline: the script in force.
    ///   - encoding: of the video, as SDP names it.
    init(_ timeline: FaultTimeline, encoding: String) {
        self.timeline = timeline
        self.encoding = encoding
        steps = Self.steps(timeline, encoding)
        jitter = Self.jitter(timeline)
    }

    /// Takes the script in force; where it is another one, its random numbers begin anew.
    ///
    /// - Returns: what the one before had kept back.
    func follow(_ timeline: FaultTimeline) -> [LoosePacket] {
        guard timeline !== self.timeline else { return [] }
        var kept: [LoosePacket] = []
        for index in steps.indices { steps[index].fault.rest(&kept) }
        self.timeline = timeline
        steps = Self.steps(timeline, encoding)
        jitter = Self.jitter(timeline)
        return kept
    }

    private static func steps(_ timeline: FaultTimeline, _ encoding: String) -> [Step] {
        timeline.entries.enumerated().compactMap { place, entry in
            let dice = TrackDice(seed: entry.fault.seed, place: place)
            let fault: any PacketFault
            switch entry.fault.kind {
            case .loss(let share, let burst): fault = PacketLoss(share: share, burst: burst, dice: dice)
            case .duplication(let share): fault = PacketDuplication(share: share, dice: dice)
            case .reordering(let share, let by): fault = PacketReordering(share: share, by: by, dice: dice)
            case .bitErrors(let share, let bits, let place):
                fault = BitErrors(share: share, bits: bits, place: place, dice: dice)
            case .timestamps(let wrong):
                return Step(entry: entry, fault: WrongTimestamps(wrong, dice: dice), isAtCamera: true)
            case .missingParameterSets(let places):
                guard places.contains(.inBand) else { return nil }
                return Step(entry: entry, fault: MissingParameterSets(encoding: encoding), isAtCamera: true)
            case .jitter, .stall, .picture, .sessionTimeout, .reset, .slowBytes: return nil
            }
            return Step(entry: entry, fault: fault, isAtCamera: false)
        }
    }

    private static func jitter(_ timeline: FaultTimeline) -> TrackDice {
        let place = timeline.entries.firstIndex { if case .jitter = $0.fault.kind { true } else { false } } ?? 0
        return TrackDice(seed: timeline.entries.isEmpty ? 0 : timeline.entries[place].fault.seed, place: place)
    }

    // MARK: State

    /// Whether packets have to come by here at all.
    func isBusy(at now: Int64) -> Bool {
        guard queue.isEmpty, !queue.skipsToKey, shift == ByTrack(all: 0) else { return true }
        return steps.contains { $0.isActive || timeline.isActive($0.entry, at: now) }
            || timeline.active(at: now).contains { fault in
                switch fault.kind {
                case .jitter, .stall: true
                default: false
                }
            }
    }

    var isWaiting: Bool { !queue.isEmpty }

    /// A new PLAY: numbers are those of RTP-Info again, and what waited is of no use.
    func begin() {
        shift = ByTrack(all: 0)
        queue.removeAll()
    }

    // MARK: Packets

    /// What the camera sends in place of what it should.
    func leave(_ packets: [LoosePacket], now: Int64) -> [LoosePacket] {
        let sent = pass(packets, now: now, atCamera: true)
        // What a fault left out never was, so the numbers of the others close up.
        var left = sent[...]
        var result: [LoosePacket] = []
        result.reserveCapacity(sent.count)
        for packet in packets {
            guard var next = left.first, next.track == packet.track, next.sequenceNumber == packet.sequenceNumber else {
                shift[packet.track] &+= 1
                continue
            }
            left.removeFirst()
            next.index &-= shift[next.track]
            result.append(next)
        }
        return result
    }

    /// What arrives of what was sent, now.
    func travel(_ packets: [LoosePacket], now: Int64) -> [LoosePacket] {
        let arriving = pass(packets, now: now, atCamera: false)
        let (longest, stall) = delays(at: now)
        let isDelayed = Track.sent.contains { longest[$0] > 0 || stall[$0] != nil }
        guard isDelayed || !queue.isEmpty || queue.skipsToKey else { return arriving }
        var start = arriving.startIndex
        while start < arriving.endIndex {
            let first = arriving[start]
            let end =
                arriving[start...].firstIndex { $0.track != first.track || $0.frame != first.frame }
                ?? arriving.endIndex
            queue.add(arriving[start..<end], limit: stall[first.track] ?? DelayQueue.byteLimit) { packet in
                let most = longest[packet.track]
                return most > 0 ? now + Int64(jitter.part(packet.track) * Double(most)) : now
            }
            start = end
        }
        return due(now: now)
    }

    /// What has waited for long enough.
    func due(now: Int64) -> [LoosePacket] {
        let (_, stall) = delays(at: now)
        return queue.due(at: now) { stall[$0] != nil }
    }

    private func pass(_ packets: [LoosePacket], now: Int64, atCamera: Bool) -> [LoosePacket] {
        var packets = packets
        for index in steps.indices where steps[index].isAtCamera == atCamera {
            let isActive = timeline.isActive(steps[index].entry, at: now)
            guard isActive || steps[index].isActive else { continue }
            var out: [LoosePacket] = []
            out.reserveCapacity(packets.count)
            if !isActive { steps[index].fault.rest(&out) }
            steps[index].isActive = isActive
            guard isActive else {
                packets = out + packets
                continue
            }
            let tracks = steps[index].entry.fault.tracks
            for packet in packets {
                if let tracks, FaultTrack(packet.track).map(tracks.contains) != true {
                    out.append(packet)
                } else {
                    steps[index].fault.pass(packet, to: &out)
                }
            }
            packets = out
        }
        return packets
    }

    /// The longest time that jitter keeps packets of each track, nanoseconds, and the bytes that a stall lets wait.
    private func delays(at now: Int64) -> (jitter: ByTrack<Int64>, stall: ByTrack<Int?>) {
        var longest = ByTrack<Int64>(all: 0)
        var stall = ByTrack<Int?>()
        for fault in timeline.active(at: now) {
            for track in Track.sent {
                if let tracks = fault.tracks, FaultTrack(track).map(tracks.contains) != true { continue }
                switch fault.kind {
                case .jitter(let milliseconds):
                    longest[track] = max(
                        longest[track], Int64(milliseconds.clamped(to: WireFault.Bounds.milliseconds) * 1e6))
                case .stall(let kilobytes):
                    stall[track] = min(stall[track] ?? .max, kilobytes.clamped(to: WireFault.Bounds.kilobytes) << 10)
                default: break
                }
            }
        }
        return (longest, stall)
    }
}
