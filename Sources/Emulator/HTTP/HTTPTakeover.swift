import NIOCore

/// The header fields by which a client asks for another protocol on its connection.
struct HTTPUpgrade: Equatable, Sendable {
    /// `x-sessioncookie`: one half of an RTSP tunnel.
    var cookie: String?
    /// `Upgrade`
    var protocols: String?
    /// `Connection` names `upgrade`.
    var isWanted = false
    /// `Sec-WebSocket-Key`
    var webSocketKey: String?
    /// `Sec-WebSocket-Version`
    var webSocketVersion: String?
    /// `Sec-WebSocket-Protocol`, several fields joined.
    var webSocketProtocols: String?
}

extension HTTPHead {
    /// How the client wants to go on; nil for plain HTTP.
    var takeoverKind: HTTPTakeoverKind? {
        guard let upgrade else { return nil }
        if let cookie = upgrade.cookie {
            if method == "GET" { return .tunnelDownload(cookie: cookie) }
            let mediaType = contentType?.prefix { $0 != ";" }.lowercased()
            if method == "POST", mediaType == HTTPTakeoverKind.tunnelType { return .tunnelUpload(cookie: cookie) }
        }
        if method == "GET", upgrade.isWanted, upgrade.protocols?.lowercased().contains("websocket") == true {
            return .webSocket(upgrade)
        }
        return nil
    }
}

/// What a connection is asked to become.
enum HTTPTakeoverKind: Equatable, Sendable {
    /// Server to client: the answer's body never ends.
    case tunnelDownload(cookie: String)
    /// Client to server: the request's body never ends.
    case tunnelUpload(cookie: String)
    case webSocket(HTTPUpgrade)

    /// The media type of both bodies.
    static let tunnelType = "application/x-rtsp-tunnelled"
}

/// A connection that asks for another protocol, with the head that did.
struct HTTPTakeoverRequest {
    var kind: HTTPTakeoverKind
    var head: HTTPHead
    /// On whose loop all of it is.
    var channel: any Channel
    /// The other end of a connection over TLS.
    var peer: TLSPeer?
}

/// What becomes of it.
enum HTTPTakeover {
    /// HTTP goes on (or ends) with this answer.
    case refused(HTTPReply)
    /// The connection ends without an answer.
    case none
    /// What comes from now on is for `handlers`, the first of which is the one next to the socket; `answer` goes out first.
    case granted(answer: ByteBuffer?, handlers: [any ChannelHandler])
}
