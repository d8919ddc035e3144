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
    /// Whole access units of H.264; of other formats packets with the marker, or all packets of audio.
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
    public static let malformedLimit = 20

    init(_ media: RTSPMedia) {
        kind = media.kind
        encoding = media.encoding
    }
}

/// One media of a session description, as a case uses it.
public struct RTSPMedia: Sendable, Equatable {
    /// `video`, `audio` or `application`.
    public let kind: String
    /// Where SETUP goes, absolute.
    public let control: String
    public let payloadType: UInt8
    /// Name of the payload format, such as "H264", "PCMU" or "MPEG4-GENERIC"; in the letters of the SDP.
    public let encoding: String
    public let clockRate: Int
    public let formatParameters: [String: String]
    /// `recvonly`, `sendonly` and the like; empty when the SDP has none.
    public let direction: String
}

/// A response to an RTSP request.
public struct RTSPReply: Sendable, Equatable {
    public let status: Int
    public let headers: [String: String]
    public let body: [UInt8]
    /// Number in the log of the case.
    public let exchange: Int

    /// The value of the header, whatever its letter case.
    public func header(_ name: String) -> String? { headers[name.lowercased()] }
}
