import NIOCore
import NIOWebSocket
import RTSP

/// RTSP with its interleaved packets in binary WebSocket messages. What the client sends is one stream of bytes, wherever its
/// messages and fragments are cut; what it gets has whole RTSP messages and whole packets in each WebSocket message.
///
/// Source: RFC 6455 §5 Data Framing; ONVIF Streaming 25.06 §5.1.1.5 RTP/RTSP/TCP/WebSocket and §7.1.4 Data Transfer.
final class WebSocketStream: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = WebSocketFrame

    /// Bytes of a client's frame at most: a request with the longest body, or some packets of sound.
    static let frameLimit = 128 << 10
    /// Bytes of a message to the client at most, unless a single packet is longer; clients bound what they take.
    static let messageLimit = 64 << 10
    /// Bytes before the data of an interleaved packet (RFC 2326 §10.12).
    private static let packetHead = 4

    private var isInMessage = false
    private var hasSentClose = false

    /// What frames are read and written by, next to the socket first.
    static func handlers(_ connection: RTSPConnection) -> [any ChannelHandler] {
        [
            ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: frameLimit)), WebSocketFrameEncoder(),
            WebSocketStream(), connection,
        ]
    }

    // MARK: From the client

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasSentClose else { return }
        let frame = unwrapInboundIn(data)
        // RFC 6455 §5.1: what a client sends is masked. §5.2: nobody has negotiated a meaning for the reserved bits.
        guard frame.maskKey != nil, frame.reservedBits.isEmpty else { return fail(.protocolError, context) }
        switch frame.opcode {
        case .binary where !isInMessage, .continuation where isInMessage:
            isInMessage = !frame.fin
            context.fireChannelRead(wrapInboundOut(frame.unmaskedData))
        case .text where !isInMessage: fail(.unacceptableData, context)
        case .ping:
            // Somebody who does not read gets no heap of answers.
            guard context.channel.isWritable else { return }
            let answer = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        case .pong: break
        case .connectionClose: fail(Self.code(in: frame.unmaskedData), context)
        default: fail(.protocolError, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? NIOWebSocketError {
        case .invalidFrameLength: fail(.messageTooLarge, context)
        case nil: context.close(promise: nil)
        default: fail(.protocolError, context)
        }
    }

    /// A close is answered with its own code (RFC 6455 §5.5.1).
    private static func code(in data: ByteBuffer) -> WebSocketErrorCode {
        data.getInteger(at: data.readerIndex, as: UInt16.self).map { WebSocketErrorCode(codeNumber: Int($0)) }
            ?? .normalClosure
    }

    private func fail(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
        sendClose(code, context)
        context.close(promise: nil)
    }

    // MARK: To the client

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var buffer = unwrapOutboundIn(data)
        while buffer.readableBytes > Self.messageLimit {
            let length = Self.messageLength(buffer)
            guard length < buffer.readableBytes, let message = buffer.readSlice(length: length) else { break }
            context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .binary, data: message)), promise: nil)
        }
        context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .binary, data: buffer)), promise: promise)
    }

    /// The bytes of the packets at the front that fit into one message, of one packet at least; all where it begins with none.
    private static func messageLength(_ buffer: ByteBuffer) -> Int {
        var length = 0
        while buffer.getInteger(at: buffer.readerIndex + length, as: UInt8.self) == UInt8(ascii: "$"),
            let size = buffer.getInteger(at: buffer.readerIndex + length + 2, as: UInt16.self)
        {
            let next = length + packetHead + Int(size)
            guard next <= messageLimit || length == 0, next <= buffer.readableBytes else { break }
            length = next
        }
        return length > 0 ? length : buffer.readableBytes
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // Behind what nobody reads a farewell would not be read either.
        if mode != .input, context.channel.isActive, context.channel.isWritable { sendClose(.normalClosure, context) }
        context.close(mode: mode, promise: promise)
    }

    private func sendClose(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
        guard !hasSentClose else { return }
        hasSentClose = true
        var data = context.channel.allocator.buffer(capacity: 2)
        data.write(webSocketErrorCode: code)
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
