package import StreamClient

/// What arrived of one media of a session.
public struct StreamReport: Sendable, Equatable {
    /// `video`, `audio` or `application`.
    public var kind: String
    /// Name in the SDP, such as "H264".
    public var encoding: String
    public var packets = 0
    /// Packets missing between those that came, by sequence number.
    public var lost = 0
    /// What is no RTP or RTCP, or breaks its payload format.
    public var malformed: [String] = []
    /// Packets of another payload type than the SDP says.
    public var strangePayloadTypes: Set<UInt8> = []
    public var sources: Set<UInt32> = []
    /// Whole frames: access units of video, frames of audio, documents of metadata.
    public var frames = 0
    public var keyFrames = 0
    /// Frames whose RTP timestamp is not after the one before.
    public var backwardTimestamps = 0
    public var firstTimestamp: UInt32?
    public var lastTimestamp: UInt32?
    /// Pictures that libavcodec made of H.264.
    public var pictures = 0
    public var decodingErrors = 0
    /// Width and height in pixels; `nil` before the first picture.
    public var pictureSize: [Int]?
    public var senderReports = 0
    public var hasGoodbye = false

    /// Malformed packets that are kept with their reason.
    public static let malformedLimit = StreamChecker.malformedLimit

    package init(_ track: TrackReport) {
        let figures = track.checker.figures
        kind = figures.kind
        encoding = figures.encoding
        packets = Int(figures.packets)
        lost = Int(figures.lost)
        malformed = track.checker.malformed
        strangePayloadTypes = track.checker.strangePayloadTypes
        sources = track.checker.sources
        frames = Int(figures.frames)
        keyFrames = Int(figures.keyFrames)
        backwardTimestamps = Int(track.checker.backwardTimestamps)
        firstTimestamp = track.checker.firstTimestamp
        lastTimestamp = track.checker.lastTimestamp
        pictures = Int(figures.decoded)
        decodingErrors = Int(figures.decodingErrors)
        pictureSize = figures.width.flatMap { width in figures.height.map { [width, $0] } }
        senderReports = figures.senderReports
        hasGoodbye = figures.hasGoodbye
    }
}
