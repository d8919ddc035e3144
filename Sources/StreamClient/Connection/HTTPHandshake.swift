import Authentication
import NIOCore
import Synchronization

/// Sends an HTTP request once the connection is up, waits for the head of the response, and passes on what follows.
///
/// Outbound bytes of later handlers are not for it: it writes the request alone.
final class HTTPHandshake: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: String
    private let status: Int
    private let head: EventLoopPromise<HTTPResponseHead>
    private var received: [UInt8] = []
    private var isDone = false
    /// What follows a refusal, and its end, is not for the later handlers.
    private var isOpen = false

    init(request: String, status: Int, head: EventLoopPromise<HTTPResponseHead>) {
        self.request = request
        self.status = status
        self.head = head
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else {
            if isOpen { context.fireChannelRead(data) }
            return
        }
        received += unwrapInboundIn(data).readableBytesView
        do throws(HTTPResponseHead.ParseError) {
            guard let (head, count) = try HTTPResponseHead.parse(received) else { return }
            isDone = true
            isOpen = head.status == status
            self.head.succeed(head)
            let rest = received.dropFirst(count)
            received = []
            if isOpen, !rest.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: rest))) }
        } catch {
            fail(error, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isDone { head.fail(ChannelError.eof) }
        isDone = true
        if isOpen { context.fireChannelInactive() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isOpen { context.fireErrorCaught(error) }
        fail(error, context)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        if !isDone { head.fail(error) }
        isDone = true
        context.close(promise: nil)
    }
}

extension Dialler {
    /// Opens a connection that begins with an HTTP exchange; a 401 is answered once, on a new connection.
    ///
    /// `fields`: lines of the head besides Host and Authorization; `status`: that means success; `handlers`: of the bytes
    /// after the head. Any other outcome is a ``StreamError``.
    func open(
        _ method: String, fields: [String], status: Int,
        _ handlers: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> (channel: any Channel, head: HTTPResponseHead) {
        var authorization: String?
        while true {
            let (channel, head) = try await exchange(method, fields, status, authorization, handlers)
            if head.status == status { return (channel, head) }
            try? await channel.close()
            guard head.status == 401, authorization == nil else {
                throw failure("\(method) \(address.tunnelPath): HTTP status \(head.status)")
            }
            guard let credentials,
                let answer = RTSPClient.authorization(
                    for: head.values("www-authenticate"), credentials, allowsBasic: options.allowsBasic,
                    method: method, uri: address.tunnelPath, count: 1)
            else {
                throw StreamError.unauthorized(
                    method: method, reason: "the server wants credentials for the tunnel (HTTP status 401)")
            }
            authorization = answer
        }
    }

    func failure(_ reason: String) -> StreamError {
        .noConnection(host: address.host, port: address.port, reason: reason)
    }

    private func exchange(
        _ method: String, _ fields: [String], _ status: Int, _ authorization: String?,
        _ handlers: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> (any Channel, HTTPResponseHead) {
        let request = head(method, fields + (authorization.map { ["Authorization: \($0)"] } ?? []))
        let promised = LatestFuture()
        let channel = try await connect { channel in
            let promise = channel.eventLoop.makePromise(of: HTTPResponseHead.self)
            promised.set(promise.futureResult)
            try channel.pipeline.syncOperations.addHandler(
                HTTPHandshake(request: request, status: status, head: promise))
            try handlers(channel)
        }
        let deadline = channel.eventLoop.scheduleTask(in: options.requestTimeout.timeAmount) {
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        do {
            guard let future = promised.future else { throw ChannelError.eof }
            return (channel, try await future.get())
        } catch {
            try? await channel.close()
            throw failure("\(method) \(address.tunnelPath): no HTTP response (\(error))")
        }
    }

    /// A request up to and with the empty line.
    func head(_ method: String, _ fields: [String]) -> String {
        let lines = ["\(method) \(address.tunnelPath) HTTP/1.1", "Host: \(address.authority)", "User-Agent: glasseye"]
        return (lines + fields + ["", ""]).joined(separator: "\r\n")
    }
}

/// Carries the future out of a channel initialiser, which runs once for each address of a name that is tried.
private final class LatestFuture: Sendable {
    private let latest = Mutex<EventLoopFuture<HTTPResponseHead>?>(nil)

    func set(_ future: EventLoopFuture<HTTPResponseHead>) { latest.withLock { $0 = future } }
    var future: EventLoopFuture<HTTPResponseHead>? { latest.withLock { $0 } }
}
