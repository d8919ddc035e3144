import Crypto
import Foundation
import NIOCore
import NIOWebSocket

/// Asks a server to speak MQTT in WebSocket frames, and makes room for the frames when it agrees.
///
/// Source: RFC 6455 §4.1 Client Requirements; OASIS MQTT Version 3.1.1 §6 Using WebSocket as a network transport.
final class WebSocketHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    static let subprotocol = "mqtt"
    /// Bytes of the head of the server's answer.
    static let headLimit = 8 << 10
    /// Bytes of a frame from the server; what a broker says to who only publishes is short.
    static let frameLimit = 64 << 10
    /// Source: RFC 6455 §1.3.
    private static let acceptKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    private let authority: String
    private let target: String
    private let key = Data((0..<16).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
    private let isReady: EventLoopPromise<Void>
    private var answer = ByteBuffer()

    /// - Parameters:
    ///   - authority: host and port, as the request names them.
    ///   - target: of the request.
    ///   - isReady: fulfilled when frames may be sent, or fails with `MQTTError`.
    init(authority: String, target: String, isReady: EventLoopPromise<Void>) {
        self.authority = authority
        self.target = target
        self.isReady = isReady
    }

    func channelActive(context: ChannelHandlerContext) {
        let request = """
            GET \(target) HTTP/1.1\r
            Host: \(authority)\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: \(key)\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Protocol: \(Self.subprotocol)\r
            \r\n
            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        answer.writeBuffer(&part)
        guard let end = answer.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) else {
            if answer.readableBytes > Self.headLimit { fail("the head of its answer has no end", context) }
            return
        }
        let head = String(decoding: answer.readableBytesView[..<end.lowerBound], as: UTF8.self)
        if let objection = Self.objection(to: head, key: key) { return fail(objection, context) }
        answer.moveReaderIndex(to: end.upperBound)
        do {
            let position = ChannelPipeline.SynchronousOperations.Position.after(self)
            try context.pipeline.syncOperations.addHandlers(
                [
                    ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: Self.frameLimit)), WebSocketFrameEncoder(),
                    WebSocketBridge(),
                ], position: position)
        } catch {
            return fail("\(error)", context)
        }
        if answer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(answer)) }
        context.pipeline.syncOperations.removeHandler(context: context, promise: isReady)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isReady.fail(MQTTError.unreachable("the WebSocket handshake was cut short"))
        context.fireChannelInactive()
    }

    private func fail(_ reason: String, _ context: ChannelHandlerContext) {
        isReady.fail(MQTTError.unreachable("WebSocket \(target): \(reason)"))
        context.close(promise: nil)
    }

    /// Why the handshake failed; nil when it did not.
    static func objection(to head: String, key: String) -> String? {
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let status = lines.first?.split(separator: " ").dropFirst().first ?? ""
        guard status == "101" else { return "its answer is \(String((lines.first ?? "").prefix(80)).debugDescription)" }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        guard fields["upgrade"]?.lowercased() == "websocket" else { return "no \"Upgrade: websocket\"" }
        let accept = Data(Insecure.SHA1.hash(data: Data((key + acceptKey).utf8))).base64EncodedString()
        guard fields["sec-websocket-accept"] == accept else { return "Sec-WebSocket-Accept is wrong" }
        guard fields["sec-websocket-protocol"] == subprotocol else {
            return "the server does not speak the subprotocol \(subprotocol)"
        }
        return nil
    }
}

/// Bytes to masked binary frames and back; pings are answered.
///
/// Source: RFC 6455 §5 Data Framing.
final class WebSocketBridge: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .binary, .continuation: context.fireChannelRead(wrapInboundOut(frame.unmaskedData))
        case .ping: write(.pong, frame.unmaskedData, context, promise: nil)
        case .connectionClose:
            write(.connectionClose, frame.unmaskedData, context, promise: nil)
            context.close(promise: nil)
        case .text: context.close(promise: nil)
        default: break
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let frame = WebSocketFrame(
            fin: true, opcode: .binary, maskKey: .random(), data: unwrapOutboundIn(data))
        context.write(wrapOutboundOut(frame), promise: promise)
    }

    private func write(
        _ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>?
    ) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
    }
}
