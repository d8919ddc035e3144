import NIOCore
import RTSP
import Synchronization

/// What comes over an RTSP connection: responses for those who wait, interleaved data for the receiver.
final class RTSPInbox: Sendable {
    private struct State {
        var waiting: [String: CheckedContinuation<Result<Response, RTSPConnection.Failure>, Never>] = [:]
        /// Interleaved channel → place of the media, and whether it carries RTCP.
        var channels: [UInt8: (index: Int, isRTCP: Bool)] = [:]
        var failure: RTSPConnection.Failure?
        var strayFrames = 0
    }

    private let state = Mutex(State())
    let receiver: StreamReceiver

    init(receiver: StreamReceiver) { self.receiver = receiver }

    func register(
        _ sequence: String, _ continuation: CheckedContinuation<Result<Response, RTSPConnection.Failure>, Never>
    ) -> RTSPConnection.Failure? {
        state.withLock { state in
            if let failure = state.failure { return failure }
            state.waiting[sequence] = continuation
            return nil
        }
    }

    func finish(_ sequence: String, _ result: Result<Response, RTSPConnection.Failure>) {
        state.withLock { $0.waiting.removeValue(forKey: sequence) }?.resume(returning: result)
    }

    func map(_ channel: UInt8, index: Int, isRTCP: Bool) {
        state.withLock { $0.channels[channel] = (index, isRTCP) }
    }

    /// Interleaved frames of channels that no SETUP named.
    var strayFrames: Int { state.withLock { $0.strayFrames } }

    func take(_ message: Message) {
        switch message {
        case .response(let response):
            finish((response.headers["CSeq"] ?? "").trimmedOfSpace, .success(response))
        case .interleaved(let channel, let data):
            let target = state.withLock { state in
                if state.channels[channel] == nil { state.strayFrames += 1 }
                return state.channels[channel]
            }
            guard let target else { return }
            if target.isRTCP {
                receiver.receiveRTCP(data, index: target.index)
            } else {
                receiver.receiveRTP(data, index: target.index)
            }
        case .request: break
        }
    }

    func fail(_ failure: RTSPConnection.Failure) {
        let waiting = state.withLock { state in
            if state.failure == nil { state.failure = failure }
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(returning: .failure(failure)) }
        receiver.end()
    }

    /// Why the connection is of no use any more; nil while it is.
    var failure: RTSPConnection.Failure? { state.withLock { $0.failure } }
}

/// An RTSP connection: sends requests, gives each its response, hands interleaved data on.
struct RTSPConnection: Sendable {
    enum Failure: Error, Equatable {
        case closed
        case timedOut
        case notRTSP(String)
        /// TLS or the frames of a tunnel are wrong.
        case broken(String)
    }

    private let link: ByteLink
    private let inbox: RTSPInbox

    var remoteHost: String { link.remoteHost }

    static func open(
        _ address: RTSPAddress, _ options: StreamOptions, receiver: StreamReceiver
    ) async throws -> RTSPConnection {
        let inbox = RTSPInbox(receiver: receiver)
        return RTSPConnection(link: try await ByteLink.open(address, options, inbox: inbox), inbox: inbox)
    }

    private init(link: ByteLink, inbox: RTSPInbox) {
        self.link = link
        self.inbox = inbox
    }

    func map(_ interleaved: UInt8, index: Int, isRTCP: Bool) { inbox.map(interleaved, index: index, isRTCP: isRTCP) }

    var failure: Failure? { inbox.failure }
    var strayFrames: Int { inbox.strayFrames }

    /// Sends the request and waits for the response of the same CSeq; a cancelled task ends the wait.
    func send(_ request: Request, timeout: Duration) async -> Result<Response, Failure> {
        let sequence = request.headers["CSeq"] ?? ""
        let inbox = inbox
        let deadline = link.eventLoop.scheduleTask(in: timeout.timeAmount) {
            inbox.finish(sequence, .failure(.timedOut))
        }
        defer { deadline.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let failure = inbox.register(sequence, continuation) {
                    continuation.resume(returning: .failure(failure))
                    return
                }
                link.send(request.bytes)
            }
        } onCancel: {
            inbox.finish(sequence, .failure(.timedOut))
        }
    }

    /// Sends bytes as they are.
    func send(raw bytes: [UInt8]) { link.send(bytes) }

    func close() async { await link.close() }
}

/// Cuts bytes into messages; the last handler of a pipeline.
final class RTSPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: RTSPInbox
    private var parser = MessageParser()

    init(inbox: RTSPInbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        parser.append(unwrapInboundIn(data).readableBytesView)
        do throws(MessageParser.ParseError) {
            while let message = try parser.next() { inbox.take(message) }
        } catch {
            inbox.fail(.notRTSP("\(error)"))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { inbox.fail(.closed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.fail(.broken("\(error)"))
        context.close(promise: nil)
    }
}

extension String {
    /// Without white space at both ends.
    var trimmedOfSpace: String {
        var rest = self[...].drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
