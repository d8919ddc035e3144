import NIOCore
import NIOHTTP1
import NIOPosix

/// The web server of one device: one listening socket whose connections all live on the device's event loop.
final class HTTPServer: Sendable {
    /// The largest request body, bytes.
    static let bodyLimit = 1 << 20
    /// The most connections to one device, unless told otherwise; further ones are closed at once.
    static let connectionLimit = 1024
    /// How long a connection may stay without a request, seconds.
    static let idleTimeout: Int64 = 90
    /// Connections that may wait for being accepted.
    private static let backlog: Int32 = 256

    private let channel: any Channel
    private let connections: NIOLoopBound<Connections>

    /// The port that is listened on.
    let port: Int

    private init(channel: any Channel, port: Int, connections: NIOLoopBound<Connections>) {
        self.channel = channel
        self.port = port
        self.connections = connections
    }

    /// Opens the port.
    ///
    /// - Parameters:
    ///   - address: where to listen.
    ///   - port: 0 for any free one.
    ///   - loop: where all connections live.
    ///   - connectionLimit: the most connections at a time.
    ///   - tls: for a server of HTTPS.
    ///   - bodyLimit: the largest body for a request target, bytes; called on `loop`.
    ///   - answer: called on `loop` for every request.
    /// - Returns: the server, listening.
    /// - Throws: what the system says, such as `EADDRINUSE`.
    static func start(
        address: String, port: Int, loop: any EventLoop, connectionLimit: Int = connectionLimit,
        tls: TLSServer? = nil,
        bodyLimit: @escaping @Sendable (String) -> Int = { _ in HTTPServer.bodyLimit },
        answer: @escaping @Sendable (HTTPRequest) -> HTTPAnswer
    ) async throws -> HTTPServer {
        let connections = try await loop.submit { NIOLoopBound(Connections(limit: connectionLimit), eventLoop: loop) }
            .get()
        let channel = try await ServerBootstrap(group: loop, childGroup: loop)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connections.value.add(channel) else { throw TooManyConnections() }
                    let pipeline = channel.pipeline.syncOperations
                    let peer = try tls.map { try $0.addHandler(to: channel) }
                    try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(idleTimeout)))
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(HTTPHandler(peer: peer, bodyLimit: bodyLimit, answer: answer))
                }
            }
            .bind(host: address, port: port).get()
        return HTTPServer(
            channel: channel, port: channel.localAddress?.port ?? port, connections: connections)
    }

    /// Closes the port and every connection.
    func shutDown() async {
        try? await channel.close()
        try? await channel.eventLoop.submit { self.connections.value.closeAll() }.get().get()
    }

    private struct TooManyConnections: Error {}

    /// The open connections of one server.
    private final class Connections {
        private var open: [ObjectIdentifier: any Channel] = [:]
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
        }

        func add(_ channel: any Channel) -> Bool {
            guard open.count < limit else { return false }
            let id = ObjectIdentifier(channel)
            open[id] = channel
            let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
            channel.closeFuture.whenComplete { _ in bound.value.open[id] = nil }
            return true
        }

        /// - Returns: done when all are closed.
        func closeAll() -> EventLoopFuture<Void> {
            guard let loop = open.values.first?.eventLoop else {
                return MultiThreadedEventLoopGroup.singleton.any().makeSucceededVoidFuture()
            }
            let closing = open.values.map { channel in
                channel.close(mode: .all, promise: nil)
                return channel.closeFuture
            }
            return EventLoopFuture.andAllComplete(closing, on: loop)
        }
    }
}

/// Gathers a request, has it answered, writes the reply.
private final class HTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let bodyLimit: @Sendable (String) -> Int
    private let answer: @Sendable (HTTPRequest) -> HTTPAnswer
    /// The other end of a connection over TLS.
    private let peer: TLSPeer?
    private var limit = HTTPServer.bodyLimit
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var isAnswering = false

    init(
        peer: TLSPeer?, bodyLimit: @escaping @Sendable (String) -> Int,
        answer: @escaping @Sendable (HTTPRequest) -> HTTPAnswer
    ) {
        self.peer = peer
        self.bodyLimit = bodyLimit
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            limit = bodyLimit(head.uri)
            isTooLarge = announced > limit
            body.reserveCapacity(min(max(announced, 0), HTTPServer.bodyLimit))
            if !isTooLarge, head.headers.first(name: "expect")?.lowercased() == "100-continue" {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
        case .body(let buffer):
            guard !isTooLarge, body.count + buffer.readableBytes <= limit else {
                isTooLarge = true
                body = []
                return
            }
            body.append(contentsOf: buffer.readableBytesView)
        case .end:
            guard let head else { return }
            self.head = nil
            respond(to: head, context: context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            if !isAnswering { context.close(promise: nil) }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Whatever a client does to its connection ends that connection and nothing else.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func respond(to head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard !isTooLarge else {
            let reply = HTTPReply.text(status: 413, "a request body has at most \(limit) bytes")
            return write(reply, keepAlive: false, version: head.version, context: context)
        }
        let request = HTTPRequest(
            method: head.method.rawValue, target: head.uri, host: head.headers.first(name: "host") ?? "",
            authorization: head.headers.first(name: "authorization"),
            contentType: head.headers.first(name: "content-type").map(HTTPRequest.mediaType),
            remoteAddress: context.channel.remoteAddress?.ipAddress, body: body,
            tls: peer.map { TLSConnection(clientName: $0.commonName) })
        body = []
        switch answer(request) {
        case .now(let reply):
            write(reply, keepAlive: head.isKeepAlive, version: head.version, context: context)
        case .none:
            context.close(promise: nil)
        case .later(let future):
            isAnswering = true
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            future.hop(to: context.eventLoop).whenComplete { result in
                let (handler, context) = bound.value
                handler.isAnswering = false
                switch result {
                case .success(let reply):
                    handler.write(reply, keepAlive: head.isKeepAlive, version: head.version, context: context)
                case .failure:
                    context.close(promise: nil)
                }
            }
        }
    }

    private func write(
        _ reply: HTTPReply, keepAlive: Bool, version: HTTPVersion, context: ChannelHandlerContext
    ) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(4 + reply.challenges.count)
        headers.add(name: "Server", value: "Glasseye")
        headers.add(name: "Content-Type", value: reply.contentType)
        headers.add(name: "Content-Length", value: String(reply.body.count))
        for challenge in reply.challenges { headers.add(name: "WWW-Authenticate", value: challenge) }
        headers.add(name: "Connection", value: keepAlive ? "keep-alive" : "close")
        let head = HTTPResponseHead(
            version: version, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        let done = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !keepAlive {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            done.whenComplete { _ in bound.value.close(promise: nil) }
        }
    }
}
