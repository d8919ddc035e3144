import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

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
    }

    private let channel: any Channel
    fileprivate let inbox: Inbox

    /// What a Subscribe request names as consumer, reachable from the device at the given address of ours.
    public func address(host: String) -> String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(channel.localAddress?.port ?? 0)/notify"
    }

    private init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// Serves while the body runs; messages also go to the log of the device's case.
    ///
    /// - Throws: what the body throws; `CaseEnd.notTestable` when no port can be opened.
    public static func serving<Result>(
        for device: TestDevice, _ body: (NotificationListener) async throws -> Result
    ) async throws -> Result {
        let inbox = Inbox(log: device.log)
        let channel: any Channel
        do {
            channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(NotifyHandler(inbox: inbox))
                    }
                }
                .bind(host: "0.0.0.0", port: 0).get()
        } catch {
            throw CaseEnd.notTestable(reason: "no port to receive notifications on: \(error)")
        }
        do {
            let result = try await body(NotificationListener(channel: channel, inbox: inbox))
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
    private let state = Mutex(State())

    init(log: ExchangeLog) { self.log = log }

    var all: [NotificationListener.Notification] { state.withLock { $0.all } }

    func receive(_ head: String, _ body: [UInt8]) {
        let text = String(decoding: body, as: UTF8.self)
        let number = log.record(operation: "Notify", request: head + "\n\n" + text, status: 200, took: .zero)
        guard let document = try? SharedDocument(body),
            let node = document.nodes("/env:Envelope/env:Body/wsnt:Notify").first
        else { return }
        let notification = NotificationListener.Notification(
            answer: Answer(operation: "Notify", exchange: number, node: node), text: text)
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
    private var body: [UInt8] = []

    init(inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            head =
                "\(request.method) \(request.uri)\n"
                + request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            body = []
        case .body(let part):
            guard body.count + part.readableBytes <= NotificationListener.bodyLimitBytes else {
                context.close(promise: nil)
                return
            }
            body += part.readableBytesView
        case .end:
            inbox.receive(head, body)
            let headers = HTTPHeaders([("Content-Length", "0")])
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers))),
                promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
