/// The numbers of one media of a stream; the names are those of the JSON that `glasseye inspect` prints.
public struct StreamFigures: Sendable, Equatable, Codable {
    /// `video`, `audio` or `application`.
    public var kind = ""
    /// As the SDP names it.
    public var encoding = ""
    public var payloadType = 0
    /// Hertz.
    public var clockRate = 0
    /// From the first packet to the last one.
    public var seconds = 0.0
    public var packets: Int64 = 0
    /// Of payload.
    public var bytes: Int64 = 0

    /// Packets that never came.
    public var lost: Int64 = 0
    /// Share of the packets expected.
    public var lossRatio = 0.0
    public var lossBursts: Int64 = 0
    /// Packets.
    public var longestLossBurst: Int64 = 0
    public var duplicates: Int64 = 0
    public var reordered: Int64 = 0
    public var sequenceWraps = 0
    public var timestampWraps = 0
    /// SSRC as hexadecimal digits.
    public var sources: [String] = []

    /// RFC 3550 §A.8, at the end.
    public var jitterMilliseconds = 0.0
    public var peakJitterMilliseconds = 0.0
    /// Of frames behind the best transit time.
    public var latenessP50Milliseconds = 0.0
    public var latenessP95Milliseconds = 0.0
    public var latenessP99Milliseconds = 0.0
    public var latenessMaxMilliseconds = 0.0

    public var frames: Int64 = 0
    public var keyFrames: Int64 = 0
    /// By RTP time; absent below two frames.
    public var frameRate: Double?
    /// By the time they came, after the opening burst.
    public var arrivalFrameRate: Double?
    public var describedFrameRate: Double?
    public var groupLengthMean: Double?
    public var groupLengthMin: Int64?
    public var groupLengthMax: Int64?
    public var groupSeconds: Double?
    /// Of payload.
    public var bitRateKilobits = 0.0
    public var peakBitRateKilobits: Double?
    /// Since PLAY was sent.
    public var firstFrameMilliseconds: Double?
    public var firstKeyFrameMilliseconds: Double?
    /// RTP clock against ours, as a share.
    public var clockDeviation: Double?

    public var width: Int?
    public var height: Int?
    public var codecProfile: String?
    public var codecLevel: String?
    public var parameterSetsInBand: Int64 = 0
    public var parameterSetsDescribed = false
    /// Pictures, audio frames or documents.
    public var decoded: Int64 = 0
    public var decodingErrors: Int64 = 0

    public var senderReports = 0
    /// RTP clock of the sender against its wall clock, parts in a million.
    public var clockDriftMillionths: Double?
    public var hasGoodbye = false

    public init() {}
}

extension StreamChecker {
    package var figures: StreamFigures {
        var figures = StreamFigures()
        figures.kind = media.kind
        figures.encoding = media.encoding
        figures.payloadType = Int(media.payloadType)
        figures.clockRate = media.clockRate
        let seconds = firstPacket.flatMap { first in lastPacket.map { ($0 - first).seconds } } ?? 0
        figures.seconds = seconds
        figures.packets = packets
        figures.bytes = rates.bytes
        addPackets(&figures)
        addFrames(&figures)
        addCoding(&figures)
        figures.senderReports = reports.senderReports
        figures.clockDriftMillionths = reports.drift?.millionths
        figures.hasGoodbye = reports.goodbye != nil
        return figures
    }

    private func addPackets(_ figures: inout StreamFigures) {
        figures.lost = sequence.lost
        let expected = sequence.received + sequence.lost
        figures.lossRatio = expected > 0 ? Double(sequence.lost) / Double(expected) : 0
        figures.lossBursts = gaps
        figures.longestLossBurst = longestGap
        figures.duplicates = sequence.duplicates
        figures.reordered = sequence.reordered
        figures.sequenceWraps = sequence.wraps
        figures.timestampWraps = timeline.wraps
        figures.sources = sources.sorted().map { source in
            let digits = String(source, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }
        figures.jitterMilliseconds = jitter.jitter * 1000
        figures.peakJitterMilliseconds = jitter.peak * 1000
        figures.latenessP50Milliseconds = timeline.lateness.percentile(0.5) * 1000
        figures.latenessP95Milliseconds = timeline.lateness.percentile(0.95) * 1000
        figures.latenessP99Milliseconds = timeline.lateness.percentile(0.99) * 1000
        figures.latenessMaxMilliseconds = timeline.lateness.maximum * 1000
    }

    private func addFrames(_ figures: inout StreamFigures) {
        figures.frames = timeline.frames
        figures.keyFrames = media.kind == "video" ? timeline.keyFrames : 0
        figures.frameRate = timeline.frameRate
        figures.arrivalFrameRate = timeline.arrivalFrameRate
        figures.describedFrameRate = media.frameRate
        if media.kind == "video", let mean = timeline.groups.mean {
            figures.groupLengthMean = mean
            figures.groupLengthMin = timeline.groups.shortest
            figures.groupLengthMax = timeline.groups.longest
            figures.groupSeconds = timeline.groups.longestSeconds
        }
        figures.bitRateKilobits = bitRate / 1000
        if rates.peakBytesPerSecond > 0 { figures.peakBitRateKilobits = Double(rates.peakBytesPerSecond) * 8 / 1000 }
        if let played {
            figures.firstFrameMilliseconds = timeline.firstArrival.map { ($0 - played).seconds * 1000 }
            if media.kind == "video" {
                figures.firstKeyFrameMilliseconds = timeline.firstKeyArrival.map { ($0 - played).seconds * 1000 }
            }
        }
        figures.clockDeviation = timeline.pace?.deviation
    }

    /// Bits of payload a second, over media time where that is longer: a stream may begin with a burst.
    var bitRate: Double {
        let seconds = max(
            firstPacket.flatMap { first in lastPacket.map { ($0 - first).seconds } } ?? 0, timeline.mediaSeconds)
        return seconds > 0 ? Double(rates.bytes) * 8 / seconds : 0
    }

    private func addCoding(_ figures: inout StreamFigures) {
        figures.width = decoding.width
        figures.height = decoding.height
        let profile = parameters.inBand ?? parameters.described
        figures.codecProfile = profile?.name
        figures.codecLevel = profile?.level
        figures.parameterSetsInBand = parameters.setsInBand
        figures.parameterSetsDescribed = parameters.described != nil
        figures.decoded = decoding.decoded
        figures.decodingErrors = decoding.errors
    }
}
