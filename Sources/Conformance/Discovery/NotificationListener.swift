public import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import XML

/// Where a device sends its base notifications: an HTTP server of one case on a free port.
///
/// Source: OASIS WS-BaseNotification 1.3 §3.2 (Notify); ONVIF Core 26.06 §9.2.
public final class NotificationListener: Sendable {
    public static let bodyLimitBytes = 1 << 20
    public static let messageLimit = 10_000

    /// One Notify that came; its body asked by XPath from `wsnt:Notify`.
    public struct Notification: Sendable {
        public let answer: Answer
        public let text: String
        /// The request target that the device posted to.
        public let target: String
        /// Our clock when it came.
        public let arrived: Date
    }

    /// The request target that a device must use.
    public static let path = "/notify"

    private let channel: any Channel
    private let host: String
    fileprivate let inbox: Inbox

    /// What a Subscribe request names as consumer, reachable from the device.
    public var address: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(channel.localAddress?.port ?? 0)\(Self.path)"
    }

    private init(channel: any Channel, host: String, inbox: Inbox) {
        self.channel = channel
        self.host = host
        self.inbox = inbox
    }

    /// Serves at our address that faces the device while the body runs; messages also go to the log of the device's case.
    ///
    /// - Throws: what the body throws; `CaseEnd.notTestable` when no port can be opened.
    public static func serving<Result>(
        for device: TestDevice, _ body: (NotificationListener) async throws -> Result
    ) async throws -> Result {
        let inbox = Inbox(log: device.log, schema: device.link.schema)
        let channel: any Channel
        let host: String
        do {
            host = try await LocalAddress.facing(device.link.target.url)
            channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(NotifyHandler(inbox: inbox))
                    }
                }
                .bind(host: host, port: 0).get()
        } catch {
            throw CaseEnd.notTestable(reason: "no port to receive notifications on: \(error)")
        }
        do {
            let result = try await body(NotificationListener(channel: channel, host: host, inbox: inbox))
            try? await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// All notifications so far, once one that fits is there or the time is over.
    public func notifications(
        within limit: Duration, until fits: @escaping @Sendable (Notification) -> Bool
    ) async -> [Notification] {
        let inbox = inbox
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await inbox.wait(until: fits) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return inbox.all
    }
}

/// Keeps what came and wakes who waits for it.
private final class Inbox: Sendable {
    private struct State {
        var all: [NotificationListener.Notification] = []
        var waiter: (fits: @Sendable (NotificationListener.Notification) -> Bool, CheckedContinuation<Void, Never>)?
    }

    private let log: ExchangeLog
    private let schema: XMLSchema?
    private let state = Mutex(State())

    init(log: ExchangeLog, schema: XMLSchema?) {
        self.log = log
        self.schema = schema
    }

    var all: [NotificationListener.Notification] { state.withLock { $0.all } }

    func receive(_ head: String, target: String, _ body: [UInt8]) {
        let text = String(decoding: body, as: UTF8.self)
        let document = try? SharedDocument(body)
        let findings = schema.flatMap { schema in document?.findings(of: schema) } ?? []
        let number = log.record(
            operation: "Notify", request: head + "\n\n" + text, status: 200, took: .zero,
            schemaFindings: findings.map { .init(line: $0.line, message: $0.message) })
        guard let node = document?.nodes("/env:Envelope/env:Body/wsnt:Notify").first else { return }
        let notification = NotificationListener.Notification(
            answer: Answer(operation: "Notify", exchange: number, node: node), text: text, target: target,
            arrived: Date())
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.all.count < NotificationListener.messageLimit else { return nil }
            state.all.append(notification)
            guard let waiter = state.waiter, waiter.fits(notification) else { return nil }
            state.waiter = nil
            return waiter.1
        }
        waiter?.resume()
    }

    func wait(until fits: @escaping @Sendable (NotificationListener.Notification) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.all.contains(where: fits) { return true }
                    state.waiter = (fits, continuation)
                    return false
                }
                if isDone { continuation.resume() }
                // A cancellation before this line found nobody waiting.
                if Task.isCancelled { stopWaiting() }
            }
        } onCancel: {
            stopWaiting()
        }
    }

    private func stopWaiting() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.1.resume()
    }
}

private final class NotifyHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let inbox: Inbox
    private var head = ""
    private var target = ""
    private var body: [UInt8] = []

    init(inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            head =
                "\(request.method) \(request.uri)\n"
                + request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            target = request.uri
            body = []
        case .body(let part):
            guard body.count + part.readableBytes <= NotificationListener.bodyLimitBytes else {
                context.close(promise: nil)
                return
            }
            body += part.readableBytesView
        case .end:
            inbox.receive(head, target: target, body)
            let headers = HTTPHeaders([("Content-Length", "0")])
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers))),
                promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
