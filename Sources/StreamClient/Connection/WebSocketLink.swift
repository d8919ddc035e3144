import Crypto
import NIOCore
import NIOWebSocket
import RTSP

/// RTSP in the binary frames of a WebSocket.
///
/// Source: ONVIF Streaming 26.06 §5.1.1.6 and §7; RFC 6455 §4.1 (handshake), §5 (frames).
enum WebSocketLink {
    static let subprotocol = "rtsp.onvif.org"
    /// Bytes of a frame at most: an interleaved packet or a response with its description.
    static let frameLimit = 128 << 10
    /// Source: RFC 6455 §1.3.
    private static let acceptKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    static func open(_ dialler: Dialler, inbox: RTSPInbox) async throws -> ByteLink {
        let key = Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255) })
        let fields = [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: \(subprotocol)",
        ]
        let (channel, head) = try await dialler.open("GET", fields: fields, status: 101) { channel in
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: frameLimit)), WebSocketFrameEncoder(),
                WebSocketBridge(), RTSPHandler(inbox: inbox),
            ])
        }
        if let reason = objection(to: head, key: key) {
            try? await channel.close()
            throw dialler.failure("WebSocket \(dialler.address.tunnelPath): \(reason)")
        }
        return ByteLink(channel, host: dialler.address.host)
    }

    /// The value of Sec-WebSocket-Accept for a key (RFC 6455 §4.2.2).
    static func accept(_ key: String) -> String {
        Base64.encode(Array(Insecure.SHA1.hash(data: Array((key + acceptKey).utf8))))
    }

    /// Why the handshake failed; nil when it did not.
    static func objection(to head: HTTPResponseHead, key: String) -> String? {
        guard head.values("upgrade").first?.lowercased() == "websocket" else { return "no \"Upgrade: websocket\"" }
        guard head.values("sec-websocket-accept") == [accept(key)] else { return "Sec-WebSocket-Accept is wrong" }
        guard head.values("sec-websocket-protocol") == [subprotocol] else {
            return "the server does not speak the subprotocol \(subprotocol)"
        }
        return nil
    }
}

/// Bytes to masked binary frames and back; pings are answered.
private final class WebSocketBridge: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        // A text frame is not allowed here (ONVIF Streaming 26.06 §7.4); the parser will say what is wrong with it.
        case .binary, .continuation, .text: context.fireChannelRead(wrapInboundOut(frame.unmaskedData))
        case .ping: write(.pong, frame.unmaskedData, context, promise: nil)
        case .connectionClose:
            write(.connectionClose, frame.unmaskedData, context, promise: nil)
            context.close(promise: nil)
        default: break
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        write(.binary, unwrapOutboundIn(data), context, promise: promise)
    }

    private func write(
        _ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>?
    ) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
    }
}
