package import RTP

/// Judges one media of a stream: fed with packets and the times they came, it has no clock and no socket of its own.
///
/// Memory is bounded whatever comes and however long: counters, a window for reordering, one frame in the making.
package struct StreamChecker: Sendable {
    /// Reasons that are kept of malformed packets.
    package static let malformedLimit = 20
    /// Sources and payload types that are told apart.
    private static let identityLimit = 16
    /// Hertz of a media whose SDP has none (RFC 3551 §6: video).
    private static let usualRate = 90_000.0

    package let media: StreamMedia
    package let claim: StreamClaim?
    /// Whether packets may overtake each other: over UDP, not within a TCP connection.
    let mayReorder: Bool
    let rate: Double

    private(set) var packets: Int64 = 0
    private(set) var headerBytes: Int64 = 0
    package private(set) var malformed: [String] = []
    private(set) var malformedRTP: Int64 = 0
    private(set) var malformedRTCP: Int64 = 0
    private(set) var formatProblems: Int64 = 0
    private(set) var firstFormatProblem: String?
    package private(set) var strangePayloadTypes: Set<UInt8> = []
    private(set) var strangePackets: Int64 = 0
    package private(set) var sources: Set<UInt32> = []
    private(set) var currentSource: UInt32?
    /// What SETUP promised.
    package var promisedSource: UInt32?
    private(set) var sourceChanges = 0
    private(set) var sequence = SequenceMeter()
    private(set) var jitter = JitterMeter()
    private(set) var markers = MarkerCheck()
    private(set) var timeline: FrameTimeline
    private(set) var reports: ReportCheck
    private(set) var parameters: ParameterCheck
    private(set) var rates = RateMeter()
    private(set) var gaps: Int64 = 0
    private(set) var longestGap: Int64 = 0
    private(set) var tooLate: Int64 = 0
    private(set) var firstPacket: Duration?
    private(set) var lastPacket: Duration?
    private(set) var firstHeader: RTPHeader?
    /// What decoders say; set by whoever decodes.
    package var decoding = DecodingSummary()
    /// When PLAY was sent.
    package var played: Duration?
    private var window: ReorderWindow
    private var assembler: FrameMaker
    private var isAfterGap = false

    package init(_ media: StreamMedia, claim: StreamClaim? = nil, mayReorder: Bool) {
        self.media = media
        self.claim = claim
        self.mayReorder = mayReorder
        rate = media.clockRate > 0 ? Double(media.clockRate) : Self.usualRate
        timeline = FrameTimeline(rate: rate)
        reports = ReportCheck(rate: rate)
        parameters = ParameterCheck(media)
        window = ReorderWindow(mayReorder: mayReorder)
        assembler = FrameMaker(media)
    }

    /// Takes what came on the RTP port or channel.
    ///
    /// `arrival`: since any moment that stays the same; not before that of the call before.
    /// - Returns: the frames that are whole now, in sequence.
    package mutating func receiveRTP(_ bytes: ArraySlice<UInt8>, at arrival: Duration) -> [MediaFrame] {
        let packet: RTPPacket
        do throws(RTPPacket.ParseError) {
            packet = try RTPPacket(parsing: bytes)
        } catch {
            malformedRTP += 1
            note("RTP of \(bytes.count) bytes: \(error)")
            return []
        }
        packets += 1
        if firstPacket == nil { firstPacket = arrival }
        lastPacket = arrival
        if sources.count < Self.identityLimit { sources.insert(packet.header.ssrc) }
        guard packet.header.payloadType == media.payloadType else {
            strangePackets += 1
            strangePayloadTypes.insert(packet.header.payloadType)
            return []
        }
        headerBytes += Int64(bytes.count - packet.payload.count)
        rates.add(packet.payload.count, at: arrival)
        if firstHeader == nil { firstHeader = packet.header }
        var frames = changeSource(to: packet.header.ssrc)
        jitter.take(timestamp: packet.header.timestamp, at: arrival, rate: rate)
        switch sequence.take(packet.header.sequenceNumber) {
        case .ahead(let number), .late(let number):
            let items = window.take(packet, number: number, at: arrival)
            if items.isEmpty, window.count == 0 { tooLate += 1 }
            frames += assemble(items)
        case .restarted(let number):
            frames += assemble(window.restart())
            noteGap(1)
            frames += assemble(window.take(packet, number: number, at: arrival))
        case .duplicate, .strange: break
        }
        return frames
    }

    /// Packets that wait for others.
    var held: Int { window.count }

    /// What has waited for packets that have not come; at the end, or before a wait is judged.
    package mutating func flush() -> [MediaFrame] { assemble(window.flush()) }

    /// Takes what came on the RTCP port or channel.
    package mutating func receiveRTCP(_ bytes: ArraySlice<UInt8>, at arrival: Duration) {
        do throws(RTCPPacket.ParseError) {
            let packets = try RTCPPacket.parse(bytes)
            let media = timeline.lastTimestamp.flatMap { last in timeline.lastArrival.map { (last, $0) } }
            reports.take(packets, at: arrival, media: media)
        } catch {
            malformedRTCP += 1
            note("RTCP of \(bytes.count) bytes: \(error)")
        }
    }

    /// Counts a packet that could not be made plain.
    package mutating func noteMalformed(_ reason: String) {
        malformedRTP += 1
        note(reason)
    }

    private mutating func note(_ reason: String) {
        if malformed.count < Self.malformedLimit { malformed.append(reason) }
    }

    private mutating func changeSource(to ssrc: UInt32) -> [MediaFrame] {
        defer { currentSource = ssrc }
        guard let currentSource, currentSource != ssrc else { return [] }
        sourceChanges += 1
        jitter.restart()
        return []
    }

    private mutating func assemble(_ items: [ReorderWindow.Item]) -> [MediaFrame] {
        var frames: [MediaFrame] = []
        for item in items {
            switch item {
            case .gap(let count): noteGap(count)
            case .packet(let packet, let arrival):
                markers.take(packet.header)
                let (whole, problem) = assembler.receive(packet)
                if let problem {
                    formatProblems += 1
                    let text = "\(media.encoding) packet \(packet.header.sequenceNumber): \(problem)"
                    if firstFormatProblem == nil { firstFormatProblem = text }
                    note(text)
                }
                for frame in whole {
                    timeline.take(frame, at: arrival, isGap: isAfterGap)
                    parameters.take(frame)
                    isAfterGap = false
                }
                frames += whole
            }
        }
        return frames
    }

    private mutating func noteGap(_ count: Int64) {
        gaps += 1
        longestGap = max(longestGap, count)
        isAfterGap = true
        markers.noteGap()
        assembler.noteGap()
    }

    /// Of frames, in sequence.
    package var firstTimestamp: UInt32? { timeline.firstTimestamp }
    /// Of the latest frame.
    package var lastTimestamp: UInt32? { timeline.lastTimestamp }
    /// Frames whose timestamp is not after the one before.
    package var backwardTimestamps: Int64 { timeline.backward }

    /// A reception report for the sender; nil before the first packet. `now` is on the same clock as arrivals.
    ///
    /// Source: RFC 3550 §6.4.1, §6.4.2, §A.3.
    mutating func receptionReport(at now: Duration) -> RTCPPacket.ReceptionReport? {
        guard let ssrc = currentSource else { return nil }
        let latest = reports.latest
        let delay = latest.map { (now - $0.arrival).seconds * 65_536 } ?? 0
        return RTCPPacket.ReceptionReport(
            ssrc: ssrc, fractionLost: sequence.takeFractionLost(),
            cumulativeLost: Int32(clamping: min(sequence.lost, 0x7F_FFFF)),
            highestSequenceNumber: UInt32(truncatingIfNeeded: sequence.highest),
            jitter: UInt32(min(max(0, jitter.jitter * rate), 4_000_000_000)),
            lastSenderReport: latest?.report.ntp.middle ?? 0,
            delaySinceLastSenderReport: UInt32(min(max(0, delay), 4_000_000_000)))
    }
}
