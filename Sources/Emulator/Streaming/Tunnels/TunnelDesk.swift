import NIOCore
import NIOHTTP1

/// Joins the halves of RTSP tunnels over HTTP: the GET, whose answer carries what the server says, and the POST, whose body
/// carries what the client says. Bound to the server's event loop.
///
/// Either half may come first, and a POST may end and be followed by another. There is no authentication on this level.
///
/// Source: ONVIF Streaming 25.06 §5.1.1.4 RTP/RTSP/HTTP/TCP; ONVIF Core 26.06 §5.12.1 Authentication ("the device shall not
/// authenticate on the HTTP level"); Apple, Tunnelling RTSP and RTP through HTTP (QuickTime Dispatch 28).
final class TunnelDesk {
    /// Tunnels that wait for their other half at most; further halves are refused with 503.
    static let halfOpenLimit = 256
    /// How long a half waits for the other one, nanoseconds.
    static let halfOpenTime: Int64 = 10_000_000_000
    /// Bytes of a cookie at most.
    static let cookieLimit = 128

    /// A cookie that was told in the clear must not lead into a tunnel over TLS.
    struct Key: Hashable {
        let cookie: String
        let isSecure: Bool
    }

    private unowned let server: RTSPServer
    private var tunnels: [Key: Tunnel] = [:]
    private var halfOpenCount = 0

    init(_ server: RTSPServer) {
        self.server = server
    }

    /// Tunnels with both halves or one.
    var count: Int { tunnels.count }

    /// A GET.
    func download(_ cookie: String, _ request: HTTPTakeoverRequest) -> HTTPTakeover {
        let tunnel: Tunnel
        switch find(cookie, request) {
        case .success(let found): tunnel = found
        case .failure(let refusal): return .refused(refusal.reply)
        }
        guard tunnel.download == nil else {
            return .refused(.text(status: 409, "this x-sessioncookie has its tunnel; take another for a further one"))
        }
        let half = TunnelDownload(tunnel, channel: request.channel)
        tunnel.download = half
        noteJoined(tunnel)
        let connection = RTSPConnection(server: server, peer: request.peer, isTunnelled: true)
        return .granted(answer: Self.answer(request), handlers: [half, connection])
    }

    /// A POST; it takes the place of an earlier one with the same cookie.
    func upload(_ cookie: String, _ request: HTTPTakeoverRequest) -> HTTPTakeover {
        let tunnel: Tunnel
        switch find(cookie, request) {
        case .success(let found): tunnel = found
        case .failure(let refusal): return .refused(refusal.reply)
        }
        let earlier = tunnel.upload
        let half = TunnelUpload(tunnel, channel: request.channel, isChunked: request.head.isChunked)
        tunnel.upload = half
        earlier?.close()
        noteJoined(tunnel)
        return .granted(answer: nil, handlers: [half])
    }

    private struct Refusal: Error {
        let reply: HTTPReply
    }

    private func find(_ cookie: String, _ request: HTTPTakeoverRequest) -> Result<Tunnel, Refusal> {
        guard (1...Self.cookieLimit).contains(cookie.utf8.count) else {
            return .failure(
                Refusal(reply: .text(status: 400, "an x-sessioncookie has 1 to \(Self.cookieLimit) characters")))
        }
        let key = Key(cookie: cookie, isSecure: request.peer != nil)
        if let known = tunnels[key] {
            guard known.clientName == request.peer?.commonName else {
                return .failure(Refusal(reply: .text(status: 403, "the other half has another client certificate")))
            }
            return .success(known)
        }
        guard halfOpenCount < Self.halfOpenLimit else {
            return .failure(Refusal(reply: .text(status: 503, "too many tunnels wait for their other half")))
        }
        let tunnel = Tunnel(
            key: key, clientName: request.peer?.commonName, since: server.sendLoop.clock.now, desk: self)
        tunnels[key] = tunnel
        halfOpenCount += 1
        return .success(tunnel)
    }

    private func noteJoined(_ tunnel: Tunnel) {
        guard !tunnel.wasJoined, tunnel.download != nil, tunnel.upload != nil else { return }
        tunnel.wasJoined = true
        halfOpenCount -= 1
    }

    /// The answer's body lasts as long as the tunnel.
    private static func answer(_ request: HTTPTakeoverRequest) -> ByteBuffer {
        ByteBuffer(
            string: """
                HTTP/1.\(request.head.minorVersion) 200 OK\r
                Server: Glasseye\r
                Connection: close\r
                Cache-Control: no-store\r
                Pragma: no-cache\r
                Content-Type: \(HTTPTakeoverKind.tunnelType)\r
                \r\n
                """)
    }

    /// Closes both halves and forgets the tunnel.
    func close(_ tunnel: Tunnel) {
        guard tunnels[tunnel.key] === tunnel else { return }
        tunnels[tunnel.key] = nil
        if !tunnel.wasJoined { halfOpenCount -= 1 }
        let (download, upload) = (tunnel.download, tunnel.upload)
        (tunnel.download, tunnel.upload) = (nil, nil)
        upload?.close()
        download?.close()
    }

    /// Ends what has waited too long for its other half.
    func sweep(now: Int64) {
        for tunnel in tunnels.values where !tunnel.wasJoined && now - tunnel.since > Self.halfOpenTime { close(tunnel) }
    }

    /// - Returns: when each of the channels is closed.
    func closeAll() -> [EventLoopFuture<Void>] {
        let closed = tunnels.values.flatMap { [$0.download?.closed, $0.upload?.closed].compactMap(\.self) }
        for tunnel in Array(tunnels.values) { close(tunnel) }
        return closed
    }
}

/// One tunnel; both halves hold it, and it holds them until it is closed.
final class Tunnel {
    let key: TunnelDesk.Key
    /// Of the client's certificate, over TLS.
    let clientName: String?
    /// When its first half came, nanoseconds of the stream clock.
    let since: Int64
    private unowned let desk: TunnelDesk
    var download: TunnelDownload?
    var upload: TunnelUpload?
    /// Both halves have been there; from then on the RTSP connection's own time-outs hold.
    var wasJoined = false

    init(key: TunnelDesk.Key, clientName: String?, since: Int64, desk: TunnelDesk) {
        self.key = key
        self.clientName = clientName
        self.since = since
        self.desk = desk
    }

    func close() {
        desk.close(self)
    }
}
