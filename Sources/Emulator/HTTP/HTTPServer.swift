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
    ///   - takeover: called on `loop` for every request for another protocol; without it they are refused.
    ///   - answer: called on `loop` for every request.
    /// - Returns: the server, listening.
    /// - Throws: what the system says, such as `EADDRINUSE`.
    static func start(
        address: String, port: Int, loop: any EventLoop, connectionLimit: Int = connectionLimit,
        tls: TLSServer? = nil,
        bodyLimit: @escaping @Sendable (String) -> Int = { _ in HTTPServer.bodyLimit },
        takeover: @escaping Takeover = { _ in .refused(.text(status: 404, "only HTTP is spoken here")) },
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
                    let idle = IdleStateHandler(allTimeout: .seconds(idleTimeout))
                    try pipeline.addHandler(idle)
                    let handler = HTTPHandler(
                        peer: peer, idle: idle, bodyLimit: bodyLimit, takeover: takeover, answer: answer
                    ) { connections.value.release(channel) }
                    try pipeline.addHandler(handler)
                }
            }
            .bind(host: address, port: port).get()
        return HTTPServer(
            channel: channel, port: channel.localAddress?.port ?? port, connections: connections)
    }

    /// Decides on a request for another protocol.
    typealias Takeover = @Sendable (HTTPTakeoverRequest) -> HTTPTakeover

    /// Closes the port and every connection that speaks HTTP.
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

        /// The connection speaks another protocol from now on; whoever took it over counts and closes it.
        func release(_ channel: any Channel) {
            open[ObjectIdentifier(channel)] = nil
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

/// Gathers a request, has it answered, writes the reply; one request of a connection at a time.
private final class HTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: @Sendable (HTTPRequest) -> HTTPAnswer
    /// The other end of a connection over TLS.
    private let peer: TLSPeer?
    private let idle: IdleStateHandler
    private let takeover: HTTPServer.Takeover
    /// Tells the server that the connection is another's.
    private let release: () -> Void
    private var parser: HTTPRequestParser
    /// The client's numeric address.
    private var remoteAddress: String?
    /// What came and is not read yet.
    private var received = ByteBuffer()
    private var isAnswering = false
    /// The last answer is on its way; whatever else comes is not read.
    private var isClosing = false

    init(
        peer: TLSPeer?, idle: IdleStateHandler, bodyLimit: @escaping @Sendable (String) -> Int,
        takeover: @escaping HTTPServer.Takeover, answer: @escaping @Sendable (HTTPRequest) -> HTTPAnswer,
        release: @escaping () -> Void
    ) {
        self.peer = peer
        self.idle = idle
        self.takeover = takeover
        self.release = release
        parser = HTTPRequestParser(bodyLimit: bodyLimit)
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        remoteAddress = context.channel.remoteAddress?.plainHost
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard !isClosing else { return }
        if received.readableBytes == 0 {
            received = bytes
        } else {
            received.writeBuffer(&bytes)
        }
        guard !isAnswering || received.readableBytes <= HTTPServer.bodyLimit + HTTPRequestParser.headLimit else {
            // Requests by the heap while one is being answered.
            return context.close(promise: nil)
        }
        readRequests(context)
    }

    private func readRequests(_ context: ChannelHandlerContext) {
        do throws(HTTPRequestError) {
            while !isAnswering, !isClosing, let part = try parser.next(&received) {
                switch part {
                case .expectation: send(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"), context)
                case .request(let head, let body): respond(to: head, body, context)
                case .takeover(let head, let kind): handOver(kind, head, context)
                }
            }
        } catch {
            write(.text(status: error.status, error.reason), to: nil, context)
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

    private func respond(to head: HTTPHead, _ body: [UInt8], _ context: ChannelHandlerContext) {
        let request = HTTPRequest(
            method: head.method, target: head.target, host: head.host, authorization: head.authorization,
            contentType: head.contentType, remoteAddress: remoteAddress, body: body,
            tls: peer.map { TLSConnection(clientName: $0.commonName) })
        switch answer(request) {
        case .now(let reply):
            write(reply, to: head, context)
        case .none:
            isClosing = true
            context.close(promise: nil)
        case .later(let future):
            isAnswering = true
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            future.hop(to: context.eventLoop).whenComplete { result in
                let (handler, context) = bound.value
                handler.isAnswering = false
                switch result {
                case .success(let reply):
                    handler.write(reply, to: head, context)
                    handler.readRequests(context)
                case .failure:
                    handler.isClosing = true
                    context.close(promise: nil)
                }
            }
        }
    }

    /// Leaves the connection to another protocol; what has come behind the head goes along.
    private func handOver(_ kind: HTTPTakeoverKind, _ head: HTTPHead, _ context: ChannelHandlerContext) {
        let request = HTTPTakeoverRequest(kind: kind, head: head, channel: context.channel, peer: peer)
        switch takeover(request) {
        case .refused(let reply):
            // Where the body of a refused request would end nobody can tell.
            var head = head
            head.isKeptAlive = false
            write(reply, to: head, context)
        case .none:
            isClosing = true
            context.close(promise: nil)
        case .granted(let answer, let handlers):
            isClosing = true
            release()
            let pipeline = context.pipeline.syncOperations
            do {
                // First, so that they learn of everything that happens from now on.
                try pipeline.addHandlers(handlers, position: .after(self))
            } catch {
                return context.close(promise: nil)
            }
            if head.expectsContinue { send(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"), context) }
            if let answer { send(answer, context) }
            guard context.channel.isActive else { return }
            // The new ones were not there when the channel became active.
            context.fireChannelActive()
            if received.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(received)) }
            received.clear()
            pipeline.removeHandler(idle, promise: nil)
            pipeline.removeHandler(context: context, promise: nil)
        }
    }

    /// Writes head and body at once, and ends the connection where it is not kept alive or was no request (nil).
    private func write(_ reply: HTTPReply, to head: HTTPHead?, _ context: ChannelHandlerContext) {
        let isKeptAlive = head?.isKeptAlive ?? false
        var bytes = context.channel.allocator.buffer(capacity: Self.headCapacity + reply.body.count)
        if reply.status == 200 {
            bytes.writeStaticString("HTTP/1.1 200 OK\r\nServer: Glasseye\r\nContent-Type: ")
        } else {
            let phrase = HTTPResponseStatus(statusCode: reply.status).reasonPhrase
            bytes.writeString("HTTP/1.1 \(reply.status) \(phrase)\r\nServer: Glasseye\r\nContent-Type: ")
        }
        bytes.writeString(reply.contentType)
        bytes.writeStaticString("\r\nContent-Length: ")
        bytes.writeString(String(reply.body.count))
        for challenge in reply.challenges {
            bytes.writeStaticString("\r\nWWW-Authenticate: ")
            bytes.writeString(challenge)
        }
        for field in reply.fields {
            bytes.writeString("\r\n\(field.name): \(field.value)")
        }
        if isKeptAlive {
            bytes.writeStaticString("\r\nConnection: keep-alive\r\n\r\n")
        } else {
            bytes.writeStaticString("\r\nConnection: close\r\n\r\n")
        }
        if head?.method != "HEAD" { bytes.writeBytes(reply.body) }
        guard !isKeptAlive else { return send(bytes, context) }
        isClosing = true
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in bound.value.close(promise: nil) }
    }

    /// Room for a status line with its headers, bytes; challenges grow it.
    private static let headCapacity = 256

    private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
}
