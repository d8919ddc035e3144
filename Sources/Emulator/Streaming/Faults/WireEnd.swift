internal import Glibc
internal import NIOCore

/// Whoever keeps something back that has to go out later; the send loop asks with every tick.
protocol Delayed: AnyObject {
    /// Lets go what is due.
    ///
    /// - Parameter now: nanoseconds of the stream clock.
    /// - Returns: whether something still waits.
    func sendDelayed(now: Int64) -> Bool
}

/// Stands next to the socket of a faulty camera: lets only so many bytes a second through, and breaks connections off.
///
/// Everything passes in order. What waits is bounded as what waits for the socket is: above the higher water mark nothing more
/// is offered to it until it is down at the lower.
final class WireEnd: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Seconds of bytes that may go at once after a pause of the loop.
    private static let longestBurst = 0.1

    private let faults: FaultSwitch
    private let sendLoop: SendLoop
    private var context: ChannelHandlerContext?
    private var queue = CircularBuffer<(buffer: ByteBuffer, promise: EventLoopPromise<Void>?)>()
    private var queuedBytes = 0
    /// Bytes, and parts of one, that may go now.
    private var allowance = 0.0
    private var latest: Int64 = 0
    private(set) var isWritable = true

    init(_ faults: FaultSwitch, sendLoop: SendLoop) {
        self.faults = faults
        self.sendLoop = sendLoop
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        while let next = queue.popFirst() { next.promise?.fail(ChannelError.ioOnClosedChannel) }
        queuedBytes = 0
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let now = sendLoop.clock.now
        guard !queue.isEmpty || faults.timeline?.bytesPerSecond(at: now) != nil else {
            context.write(data, promise: promise)
            return
        }
        if queue.isEmpty { (latest, allowance) = (now, 0) }
        let buffer = unwrapOutboundIn(data)
        queue.append((buffer, promise))
        queuedBytes += buffer.readableBytes
        if queuedBytes > RTSPServer.waterMark.high { isWritable = false }
        sendLoop.wait(for: self)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // What was said before is still said, as fast as it goes.
        if mode != .input { release(.max, context) }
        context.close(mode: mode, promise: promise)
    }

    private func release(_ limit: Int, _ context: ChannelHandlerContext) {
        var left = limit
        var hasWritten = false
        while left > 0, var first = queue.popFirst() {
            if first.buffer.readableBytes > left, let part = first.buffer.readSlice(length: left) {
                queue.prepend(first)
                context.write(wrapOutboundOut(part), promise: nil)
                queuedBytes -= left
                left = 0
            } else {
                left -= first.buffer.readableBytes
                queuedBytes -= first.buffer.readableBytes
                context.write(wrapOutboundOut(first.buffer), promise: first.promise)
            }
            hasWritten = true
        }
        if hasWritten { context.flush() }
    }

    /// Closes at once with RST: what neither the socket nor the peer has taken is lost.
    func reset() {
        guard let context else { return }
        while let next = queue.popFirst() { next.promise?.fail(ChannelError.ioOnClosedChannel) }
        queuedBytes = 0
        // Only a closed channel refuses it; there is nothing to break off then.
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        context.close(mode: .all, promise: nil)
    }
}

extension WireEnd: Delayed {
    func sendDelayed(now: Int64) -> Bool {
        guard let context, !queue.isEmpty else { return false }
        if let rate = faults.timeline?.bytesPerSecond(at: now).map(Double.init) {
            allowance += max(0, Double(now - latest)) / 1e9 * rate
            allowance = min(allowance, max(1, rate * Self.longestBurst))
            latest = now
            let whole = Int(allowance)
            allowance -= Double(whole)
            release(whole, context)
        } else {
            release(.max, context)
        }
        if !isWritable, queuedBytes <= RTSPServer.waterMark.low {
            isWritable = true
            context.fireChannelWritabilityChanged()
        }
        return !queue.isEmpty
    }
}
