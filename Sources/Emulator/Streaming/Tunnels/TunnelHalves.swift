import NIOCore
import RTSP

/// The GET of a tunnel: hands on what the POST brought, as if it had come here; what is written passes untouched.
final class TunnelDownload: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let tunnel: Tunnel
    private let channel: any Channel
    private var context: ChannelHandlerContext?

    init(_ tunnel: Tunnel, channel: any Channel) {
        self.tunnel = tunnel
        self.channel = channel
    }

    var closed: EventLoopFuture<Void> { channel.closeFuture }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        context.fireChannelActive()
        tunnel.upload?.release()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Nothing is said on this half.
    }

    func channelInactive(context: ChannelHandlerContext) {
        tunnel.close()
        context.fireChannelInactive()
    }

    /// - Returns: false where nobody takes it yet.
    func receive(_ bytes: [UInt8]) -> Bool {
        guard let context else { return false }
        context.fireChannelRead(wrapInboundOut(context.channel.allocator.buffer(bytes: bytes)))
        return true
    }

    func close() {
        channel.close(promise: nil)
    }
}

/// The POST of a tunnel: its body is decoded as it comes, whatever length the head told, and is never answered.
final class TunnelUpload: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Bytes that may wait for the GET.
    static let heldLimit = MessageParser.headLimit

    private let tunnel: Tunnel
    private let channel: any Channel
    private var text = TunnelText()
    private var chunks: ChunkedStream?
    private var held: [UInt8] = []
    /// The connection broke, rather than ended.
    private var isBroken = false

    init(_ tunnel: Tunnel, channel: any Channel, isChunked: Bool) {
        self.tunnel = tunnel
        self.channel = channel
        if isChunked { chunks = ChunkedStream() }
    }

    var closed: EventLoopFuture<Void> { channel.closeFuture }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard tunnel.upload === self else { return }
        let buffer = unwrapInboundIn(data)
        do {
            let body = try chunks?.decode(buffer.readableBytesView) ?? Array(buffer.readableBytesView)
            try pass(text.decode(body))
        } catch {
            // Where one message ends wrong, the next cannot be found.
            return tunnel.close()
        }
        if chunks?.isFinished == true { close() }
    }

    private struct TooMuch: Error {}

    private func pass(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty, tunnel.download?.receive(bytes) != true else { return }
        guard held.count + bytes.count <= Self.heldLimit else { throw TooMuch() }
        held += bytes
    }

    /// The GET is there.
    func release() {
        guard !held.isEmpty else { return }
        let bytes = held
        held = []
        _ = tunnel.download?.receive(bytes)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isBroken = true
        context.close(promise: nil)
    }

    /// A POST that ends may be followed by another; one that breaks takes the tunnel with it.
    func channelInactive(context: ChannelHandlerContext) {
        guard tunnel.upload === self else { return }
        // Before the GET has come, what was sent still counts.
        if isBroken {
            tunnel.close()
        } else if tunnel.wasJoined {
            tunnel.upload = nil
        }
    }

    func close() {
        channel.close(promise: nil)
    }
}
