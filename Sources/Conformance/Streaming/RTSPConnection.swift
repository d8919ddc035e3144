import NIOCore
import NIOPosix
import RTSP
import Synchronization

/// The TCP connection of an RTSP session: sends requests, gives each its response, hands interleaved data on.
final class RTSPConnection: Sendable {
    enum Failure: Error, Equatable {
        case closed
        case timedOut
        case notRTSP(String)
    }

    private struct State {
        var waiting: [String: CheckedContinuation<Result<Response, Failure>, Never>] = [:]
        /// Interleaved channel → place of the media, and whether it carries RTCP.
        var channels: [UInt8: (index: Int, isRTCP: Bool)] = [:]
        var failure: Failure?
    }

    private let channel: any Channel
    private let state: SharedState
    let remoteHost: String

    /// Shared by the connection and its handler.
    fileprivate final class SharedState: Sendable {
        private let state = Mutex(State())
        let receiver: StreamReceiver

        init(receiver: StreamReceiver) { self.receiver = receiver }

        func register(
            _ sequence: String, _ continuation: CheckedContinuation<Result<Response, Failure>, Never>
        ) -> Failure? {
            state.withLock { state in
                if let failure = state.failure { return failure }
                state.waiting[sequence] = continuation
                return nil
            }
        }

        func finish(_ sequence: String, _ result: Result<Response, Failure>) {
            state.withLock { $0.waiting.removeValue(forKey: sequence) }?.resume(returning: result)
        }

        func map(_ channel: UInt8, index: Int, isRTCP: Bool) {
            state.withLock { $0.channels[channel] = (index, isRTCP) }
        }

        func take(_ message: Message) {
            switch message {
            case .response(let response):
                finish((response.headers["CSeq"] ?? "").trimmingWhitespace, .success(response))
            case .interleaved(let channel, let data):
                guard let target = state.withLock({ $0.channels[channel] }) else { return }
                if target.isRTCP {
                    receiver.receiveRTCP(data, index: target.index)
                } else {
                    receiver.receiveRTP(data, index: target.index)
                }
            case .request: break
            }
        }

        func fail(_ failure: Failure) {
            let waiting = state.withLock { state in
                if state.failure == nil { state.failure = failure }
                defer { state.waiting = [:] }
                return state.waiting
            }
            for continuation in waiting.values { continuation.resume(returning: .failure(failure)) }
            receiver.end()
        }
    }

    private init(channel: any Channel, state: SharedState, remoteHost: String) {
        self.channel = channel
        self.state = state
        self.remoteHost = remoteHost
    }

    static func open(
        host: String, port: Int, timeout: Duration, receiver: StreamReceiver
    ) async throws -> RTSPConnection {
        let state = SharedState(receiver: receiver)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.nanoseconds(Int64(timeout / .nanoseconds(1))))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(state: state))
                }
            }
            .connect(host: host, port: port).get()
        return RTSPConnection(channel: channel, state: state, remoteHost: channel.remoteAddress?.ipAddress ?? host)
    }

    func map(_ interleaved: UInt8, index: Int, isRTCP: Bool) { state.map(interleaved, index: index, isRTCP: isRTCP) }

    /// Sends the request and waits for the response of the same CSeq; a cancelled task ends the wait.
    func send(_ request: Request, timeout: Duration) async -> Result<Response, Failure> {
        let sequence = request.headers["CSeq"] ?? ""
        let state = state
        let deadline = channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(timeout / .nanoseconds(1)))) {
            state.finish(sequence, .failure(.timedOut))
        }
        defer { deadline.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let failure = state.register(sequence, continuation) {
                    continuation.resume(returning: .failure(failure))
                    return
                }
                channel.writeAndFlush(ByteBuffer(bytes: request.bytes), promise: nil)
            }
        } onCancel: {
            state.finish(sequence, .failure(.timedOut))
        }
    }

    /// Sends bytes as they are, for cases that send what is no RTSP.
    func send(raw bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    func close() async { try? await channel.close() }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let state: RTSPConnection.SharedState
    private var parser = MessageParser()

    init(state: RTSPConnection.SharedState) { self.state = state }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        parser.append(unwrapInboundIn(data).readableBytesView)
        do throws(MessageParser.ParseError) {
            while let message = try parser.next() { state.take(message) }
        } catch {
            state.fail(.notRTSP("\(error)"))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { state.fail(.closed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
