/// How RTSP and RTP travel.
public enum StreamTransport: String, Sendable, CaseIterable, Codable {
    /// RTP/AVP over UDP, unicast (ONVIF Streaming 26.06 §5.1.1.1).
    case udp
    /// RTP/AVP/TCP, interleaved in the RTSP connection (§5.1.1.3).
    case tcp
    /// RTP/AVP over UDP to a group that the session description names (§5.2.2.5).
    case multicast
    /// Interleaved, in a GET and a POST on the port of the web service (§5.1.1.5).
    case http
    /// As `http`, within TLS.
    case https
    /// Interleaved within TLS (§5.2.4).
    case rtsps
    /// Interleaved in the frames of a WebSocket (§5.1.1.6, §7).
    case ws
    /// As `ws`, within TLS.
    case wss

    /// Whether RTP comes in the RTSP connection.
    public var isInterleaved: Bool { self != .udp && self != .multicast }

    var usesTLS: Bool { [.https, .rtsps, .wss].contains(self) }
}

/// A user of a stream and the password, which is never printed.
public struct StreamCredentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public var user: String
    public var password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    public var description: String { "user \(user)" }
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

/// How a client connects and how patient it is.
public struct StreamOptions: Sendable {
    public static let defaultConnectTimeout = Duration.seconds(5)
    public static let defaultRequestTimeout = Duration.seconds(10)

    public var transport: StreamTransport
    public var credentials: StreamCredentials?
    /// Sends the password in the clear where the server asks for it; otherwise only Digest is answered.
    public var allowsBasic = false
    /// Refuses a TLS certificate that no authority of this system vouches for. Cameras rarely have one, so that it is off
    /// unless asked for: whoever sits on the way can then read along.
    public var verifiesCertificate = false
    public var connectTimeout = Self.defaultConnectTimeout
    /// For one response.
    public var requestTimeout = Self.defaultRequestTimeout
    /// Address of this machine whose network multicast groups are joined on; nil leaves the choice to the system.
    public var interface: String?
    /// Where the WebSocket is, when that is another address than the stream's: a `ws:` URI with or without host (ONVIF
    /// Media2 26.06 §5.11 RTSPWebSocketUri).
    public var webSocketURI: String?

    public init(transport: StreamTransport = .tcp, credentials: StreamCredentials? = nil) {
        self.transport = transport
        self.credentials = credentials
    }
}
