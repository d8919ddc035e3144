import RTP
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
    /// `a=fmtp` without the payload type.
    var formatText: String?

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

    /// Whether its packets are SRTP, which takes a ``PacketProtection``.
    var isProtected: Bool { proto.uppercased().contains("SAVP") }
}

extension StreamMedia {
    /// `base`: what relative control URLs belong to (RFC 2326 §C.1.1); `session`: `c=` of the whole description.
    init(_ media: SessionDescription.Media, base: String, session: SessionDescription.Address?) {
        let format = media.formats.first ?? ""
        let map = media.rtpMap(format)
        let type = UInt8(format) ?? 0
        // Static types need no rtpmap.
        let known = PayloadFormat.ofStaticType(type)
        let direction = ["recvonly", "sendonly", "sendrecv", "inactive"].first { media[attribute: $0] != nil }
        self.init(
            kind: media.kind, control: Self.resolved(media[attribute: "control"] ?? "", base), payloadType: type,
            encoding: map?.encoding ?? known?.encodingName ?? "",
            clockRate: max(0, map?.clockRate ?? known.map { Int($0.clockRate) } ?? 0),
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
        let lines = media.attributes.lazy.filter { $0.name == "fmtp" }.compactMap(\.value)
        formatText = lines.first { $0.hasPrefix(format + " ") }.map { String($0.dropFirst(format.count + 1)) }
    }

    /// How the media goes over RTP.
    var format: PayloadFormat {
        PayloadFormat(
            payloadType: payloadType, encodingName: encoding, clockRate: Int64(clockRate), channels: channels,
            parameters: formatText)
    }

    private static func resolved(_ control: String, _ base: String) -> String {
        if control.contains("://") { return control }
        if control.isEmpty || control == "*" { return base }
        return base.hasSuffix("/") ? base + control : base + "/" + control
    }
}
