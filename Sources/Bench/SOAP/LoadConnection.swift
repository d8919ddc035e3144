import Dispatch
import Foundation
import NIOCore

/// One connection that asks, waits for the answer and asks again; lives on one event loop.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The most bytes of a head or an answer that are kept.
    private static let answerLimit = 4 << 20
    /// Of the first text of an error, characters.
    private static let shownText = 400

    private let load: Load
    private var received = ByteBuffer()
    private var sent: UInt64 = 0
    private var hasAsked = false
    private var isWaiting = false
    /// The whole length of the answer that is coming, once its head is there.
    private var expected: (status: Int, length: Int)?

    init(_ load: Load) {
        self.load = load
    }

    func channelActive(context: ChannelHandlerContext) {
        ask(context)
    }

    private func ask(_ context: ChannelHandlerContext) {
        sent = DispatchTime.now().uptimeNanoseconds
        // Once in any case, however long connecting took.
        guard !hasAsked || sent < load.end else { return context.close(promise: nil) }
        hasAsked = true
        var buffer = context.channel.allocator.buffer(capacity: 2048)
        load.request.write(to: &buffer, seconds: load.seconds(at: sent))
        isWaiting = true
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if received.readableBytes == 0 { received = bytes } else { received.writeBuffer(&bytes) }
        guard received.readableBytes <= Self.answerLimit else { return fail("an answer of more than 4 MiB", context) }
        if expected == nil { expected = AnswerHead.read(received.readableBytesUInt8Span) }
        guard let (status, length) = expected else { return }
        guard status > 0 else { return fail("this is no HTTP answer with a Content-Length", context) }
        guard received.readableBytes >= length else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        isWaiting = false
        expected = nil
        if status == 200 {
            load.answered(after: now - sent, bytes: length, at: now)
            received.clear()
        } else {
            let text = received.readString(length: length) ?? ""
            received.clear()
            if status == 401, load.renew(text) { return ask(context) }
            load.failed("HTTP \(status): \(Self.words(text))")
        }
        ask(context)
    }

    /// The reason in a fault, or the beginning of the body.
    private static func words(_ text: String) -> String {
        let body = text.range(of: "\r\n\r\n").map { text[$0.upperBound...] } ?? text[...]
        let reason = body.range(of: "Reason>").map { body[$0.upperBound...] } ?? body
        let plain = reason.replacing(#/<[^>]*>/#, with: " ").split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
        return String(plain.prefix(shownText))
    }

    private func fail(_ reason: String, _ context: ChannelHandlerContext) {
        load.failed(reason)
        isWaiting = false
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isWaiting {
            load.failed("the connection was closed without an answer")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isWaiting { load.failed("\(error)") }
        isWaiting = false
        context.close(promise: nil)
    }
}

/// The status and the whole length of an answer.
enum AnswerHead {
    private static let lengthField = Array("content-length:".utf8)

    /// - Returns: nil while the head is incomplete; the status 0 for what cannot be measured.
    static func read(_ bytes: Span<UInt8>) -> (status: Int, length: Int)? {
        guard let end = end(of: bytes) else { return nil }
        // HTTP/1.1 200 …
        guard end > 12, bytes[0] == UInt8(ascii: "H"), bytes[8] == 0x20, let status = number(bytes, from: 9) else {
            return (0, 0)
        }
        var line = 0
        while line < end {
            if begins(bytes, at: line, with: lengthField) {
                var digits = line + lengthField.count
                while bytes[digits] == 0x20 { digits += 1 }
                return number(bytes, from: digits).map { (status, end + $0) } ?? (0, 0)
            }
            while line < end, bytes[line] != 0x0A { line += 1 }
            line += 1
        }
        return (0, 0)
    }

    private static func begins(_ bytes: Span<UInt8>, at start: Int, with word: [UInt8]) -> Bool {
        guard start + word.count < bytes.count else { return false }
        // Letters of either case; the colon and the hyphen have the bit already.
        for offset in word.indices where bytes[start + offset] | 0x20 != word[offset] { return false }
        return true
    }

    private static func number(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var (index, value) = (start, 0)
        while index < bytes.count, index < start + digitLimit, (0x30...0x39).contains(bytes[index]) {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        return index > start ? value : nil
    }

    /// Digits of a length that is read.
    private static let digitLimit = 12

    private static func end(of bytes: Span<UInt8>) -> Int? {
        var index = 3
        while index < bytes.count {
            if bytes[index] == 0x0A, bytes[index - 1] == 0x0D, bytes[index - 2] == 0x0A { return index + 1 }
            index += 1
        }
        return nil
    }
}
