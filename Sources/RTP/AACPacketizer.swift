/// AAC frames as MPEG4-GENERIC in mode AAC-hbr: one access unit, or a part of one, in each packet.
///
/// Source: RFC 3640 §3.2.1 AU Header Section, §3.3.6 High Bit-rate AAC (sizelength=13; indexlength=3; indexdeltalength=3).
package struct AACPacketizer: Sendable {
    /// An AU-size has 13 bits.
    package static let frameLimit = 8191
    /// AU-headers-length and one AU header, bytes.
    static let headLength = 4

    /// Bytes of an RTP payload at most; at least 5.
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 5.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit > Self.headLength, "a packet needs four bytes of head and one of payload")
        self.payloadLimit = payloadLimit
    }

    /// Packets that a frame of `count` bytes needs at least.
    package func packets(forFrameOf count: Int) -> Int {
        let room = payloadLimit - Self.headLength
        return max(1, (count + room - 1) / room)
    }

    /// Splits a frame into exactly `packets` payloads (as many as its bytes allow), the last one with the marker.
    ///
    /// - Precondition: the frame has at most `frameLimit` bytes and `packets` of them suffice.
    package func fragments(of frame: Range<Int>, packets: Int) -> [Fragment] {
        precondition(frame.count <= Self.frameLimit && packets >= self.packets(forFrameOf: frame.count))
        let size = UInt16(frame.count) << 3
        let head: [UInt8] = [0, 16, UInt8(size >> 8), UInt8(truncatingIfNeeded: size)]
        return (0..<packets).map { index in
            let start = frame.lowerBound + frame.count * index / packets
            let end = frame.lowerBound + frame.count * (index + 1) / packets
            return Fragment(head: head, bytes: start..<end, marker: index == packets - 1)
        }
    }
}
