import RTSP

/// One media of a session description, as a client uses it.
public struct StreamMedia: Sendable, Equatable {
    /// `video`, `audio` or `application`.
    public let kind: String
    /// Where SETUP goes, absolute.
    public let control: String
    public let payloadType: UInt8
    /// Name of the payload format, such as "H264", "PCMU" or "MPEG4-GENERIC"; in the letters of the SDP.
    public let encoding: String
    /// Hertz of the timestamps; 0 where the SDP does not say.
    public let clockRate: Int
    public let formatParameters: [String: String]
    /// `recvonly`, `sendonly` and the like; empty when the SDP has none.
    public let direction: String
    /// Of sound; 1 unless the SDP says more.
    public var channels = 1
    /// `a=framerate`, pictures each second.
    public var frameRate: Double?
    /// `b=AS`, kilobits each second.
    public var bandwidth: Int?
    /// Group or host of `c=`, without TTL.
    public var connectionHost: String?
    /// Port of `m=`; 0 leaves it to SETUP.
    public var port = 0
    /// `RTP/AVP`, `RTP/SAVP` and the like.
    public var proto = "RTP/AVP"

    public init(
        kind: String, control: String, payloadType: UInt8, encoding: String, clockRate: Int,
        formatParameters: [String: String], direction: String
    ) {
        self.kind = kind
        self.control = control
        self.payloadType = payloadType
        self.encoding = encoding
        self.clockRate = clockRate
        self.formatParameters = formatParameters
        self.direction = direction
    }

    /// Whether the server sends it: `sendonly` marks what goes to the server (ONVIF Streaming 26.06 §5.3.2).
    public var comesToUs: Bool { direction != "sendonly" && direction != "inactive" }
}

extension StreamMedia {
    /// Static types need no rtpmap (RFC 3551 §6).
    private static let staticTypes: [UInt8: (encoding: String, clockRate: Int)] = [
        0: ("PCMU", 8000), 8: ("PCMA", 8000), 9: ("G722", 8000), 14: ("MPA", 90_000), 26: ("JPEG", 90_000),
        32: ("MPV", 90_000), 33: ("MP2T", 90_000),
    ]

    /// `base`: what relative control URLs belong to (RFC 2326 §C.1.1); `session`: `c=` of the whole description.
    init(_ media: SessionDescription.Media, base: String, session: SessionDescription.Address?) {
        let format = media.formats.first ?? ""
        let map = media.rtpMap(format)
        let type = UInt8(format) ?? 0
        let known = Self.staticTypes[type] ?? ("", 0)
        let direction = ["recvonly", "sendonly", "sendrecv", "inactive"].first { media[attribute: $0] != nil }
        self.init(
            kind: media.kind, control: Self.resolved(media[attribute: "control"] ?? "", base), payloadType: type,
            encoding: map?.encoding ?? known.0, clockRate: max(0, map?.clockRate ?? known.1),
            formatParameters: media.formatParameters(format), direction: direction ?? "")
        channels = map?.channels ?? 1
        // "a=framerate:25" (RFC 8866 §6.13); some cameras write "a=framerate: 25".
        frameRate = media[attribute: "framerate"].flatMap { Double($0.trimmedOfSpace) }.flatMap {
            $0.isFinite && $0 > 0 ? $0 : nil
        }
        bandwidth = media.bandwidth
        connectionHost = (media.connection ?? session).map { String($0.host.prefix { $0 != "/" }) }
        port = media.port
        proto = media.proto
    }

    private static func resolved(_ control: String, _ base: String) -> String {
        if control.contains("://") { return control }
        if control.isEmpty || control == "*" { return base }
        return base.hasSuffix("/") ? base + control : base + "/" + control
    }
}
