internal import RTP
internal import Synchronization

/// The pictures of a recording as they are.
///
/// A key frame that is asked for cannot be made; the recording leaps ahead to its next one. Numbers, times and packets go on
/// without a gap.
final class RecordedVideo: VideoFeed {
    /// Leaps that are remembered; whoever still catches up is nearer than that.
    private static let leapLimit = 16

    /// From a number on, frames come from another place of the recording.
    private struct Leap {
        var number: Int64
        /// The recording's own number of that frame.
        var place: Int64
        /// When the frame is due.
        var instant: Int64
        /// Packets before it.
        var packets: Int64
    }

    private let plan: VideoPlan
    private let bytes: [UInt8]
    private let epoch: Int64
    /// In order; at least one.
    private let leaps: Mutex<[Leap]>

    /// - Parameters:
    ///   - plan: of the recording.
    ///   - bytes: what the plan's ranges point into.
    ///   - epoch: when picture 0 was due.
    init(plan: VideoPlan, bytes: [UInt8], epoch: Int64) {
        self.plan = plan
        self.bytes = bytes
        self.epoch = epoch
        leaps = Mutex([Leap(number: 0, place: 0, instant: epoch, packets: 0)])
    }

    private func leap(of number: Int64) -> Leap {
        leaps.withLock { leaps in leaps.last { $0.number <= number } ?? leaps[0] }
    }

    /// The recording's own number of a frame.
    private func place(of number: Int64, _ leap: Leap) -> Int64 { max(0, number - leap.number + leap.place) }

    private func due(_ number: Int64, _ leap: Leap) -> Int64 {
        leap.instant + plan.due(of: place(of: number, leap), rate: 1_000_000_000)
            - plan.due(of: leap.place, rate: 1_000_000_000)
    }

    func due(_ number: Int64) -> Int64 { due(number, leap(of: number)) }

    func next(after now: Int64) -> Int64 {
        let (leap, end) = leaps.withLock { leaps -> (Leap, Int64) in
            let index = leaps.lastIndex { $0.instant <= now } ?? 0
            return (leaps[index], index + 1 < leaps.count ? leaps[index + 1].number : .max)
        }
        let elapsed = now - leap.instant + plan.due(of: leap.place, rate: 1_000_000_000)
        return min(end, leap.number + plan.number(at: elapsed) + 1 - leap.place)
    }

    func packets(before number: Int64) -> Int64 {
        let leap = leap(of: number)
        return leap.packets + plan.packets(before: place(of: number, leap)) - plan.packets(before: leap.place)
    }

    func frame(_ number: Int64) -> TrackFrame? {
        let leap = leap(of: number)
        let place = place(of: number, leap)
        // Of the leap's own instant, so that the error of rounding does not add up over leaps.
        let start = Int64(Int128(leap.instant - epoch) * Int128(StreamPlan.videoClockRate) / 1_000_000_000)
        let ticks =
            plan.time(of: place, rate: StreamPlan.videoClockRate)
            - plan.due(of: leap.place, rate: StreamPlan.videoClockRate)
        return TrackFrame(
            fragments: plan.fragments(of: place), bytes: bytes, ticks: start + ticks,
            firstPacket: leap.packets + plan.packets(before: place) - plan.packets(before: leap.place),
            isKey: plan.key(before: place) == place)
    }

    func start(at now: Int64) -> (number: Int64, instant: Int64) {
        let number = max(0, next(after: now) - 1)
        let leap = leap(of: number)
        let key = max(leap.number, plan.key(before: place(of: number, leap)) - leap.place + leap.number)
        return (key, due(key, leap))
    }

    func recordedFrame(at now: Int64) -> Int {
        let number = max(0, next(after: now) - 1)
        return plan.index(of: place(of: number, leap(of: number)))
    }

    func synchronize(at now: Int64) -> Int64 {
        let number = max(0, next(after: now))
        let leap = leap(of: number)
        let place = place(of: number, leap)
        let key = plan.key(after: place)
        guard key > place else { return 0 }
        let next = Leap(number: number, place: key, instant: due(number, leap), packets: packets(before: number))
        leaps.withLock { leaps in
            leaps.append(next)
            if leaps.count > Self.leapLimit { leaps.removeFirst() }
        }
        return plan.due(of: key, rate: 1_000_000_000) - plan.due(of: place, rate: 1_000_000_000)
    }
}

/// The sound of a recording; it leaps with the pictures.
final class RecordedAudio: TrackFeed {
    private let plan: AudioPlan
    private let bytes: [UInt8]
    private let epoch: Int64
    /// How far the recording's own numbers are ahead, from which frame on, and how far they were before.
    private let offset = Mutex((from: Int64(0), now: Int64(0), before: Int64(0)))

    /// - Parameters:
    ///   - plan: of the recording.
    ///   - bytes: what the plan's ranges point into.
    ///   - epoch: when frame 0 was due.
    init(plan: AudioPlan, bytes: [UInt8], epoch: Int64) {
        self.plan = plan
        self.bytes = bytes
        self.epoch = epoch
    }

    func due(_ number: Int64) -> Int64 { epoch + plan.time(of: number, rate: 1_000_000_000) }

    func next(after now: Int64) -> Int64 { plan.number(at: now - epoch) + 1 }

    func packets(before number: Int64) -> Int64 { plan.packets(before: number) }

    func frame(_ number: Int64) -> TrackFrame? {
        let place = number + offset.withLock { number >= $0.from ? $0.now : $0.before }
        return TrackFrame(
            fragments: plan.fragments(of: place), bytes: bytes, ticks: plan.time(of: number, rate: plan.clockRate),
            firstPacket: plan.packets(before: number))
    }

    func leap(by nanoseconds: Int64, at now: Int64) {
        let first = next(after: now)
        offset.withLock { $0 = (first, $0.now + plan.number(at: nanoseconds), $0.now) }
    }
}
