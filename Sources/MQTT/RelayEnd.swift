import NIOCore

/// One end of two connections that are tied together: what one reads the other writes.
///
/// It reads no further while the other end does not get rid of its bytes.
final class RelayEnd: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Called when bytes have been handed over to the other end.
    var onProgress: (() -> Void)?
    var onEnd: ((MQTTError) -> Void)?
    /// What went wrong first.
    private(set) var failure: MQTTError?
    private var partner: (any Channel)?
    private weak var partnerEnd: RelayEnd?
    private var context: ChannelHandlerContext?
    private var wantsRead = false
    /// It does not read until it is tied.
    private var isHeld: Bool

    init(isHeld: Bool = false) { self.isHeld = isHeld }

    static func tie(_ first: RelayEnd, _ second: RelayEnd) {
        (first.partner, first.partnerEnd) = (second.context?.channel, second)
        (second.partner, second.partnerEnd) = (first.context?.channel, first)
        first.release()
        second.release()
    }

    private func release() {
        isHeld = false
        guard wantsRead else { return }
        wantsRead = false
        context?.read()
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        partner?.write(unwrapInboundIn(data), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        partner?.flush()
        onProgress?()
    }

    func read(context: ChannelHandlerContext) {
        if !isHeld, partner?.isWritable ?? true {
            context.read()
        } else {
            wantsRead = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partnerEnd?.release() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // What was read before the end still goes out.
        let partner = partner
        partner?.writeAndFlush(ByteBuffer()).whenComplete { _ in partner?.close(promise: nil) }
        onEnd?(failure ?? .lost)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = .unreachable("\(error)") }
        context.close(promise: nil)
    }
}
