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

/// Takes AAC frames out of MPEG4-GENERIC packets, AAC-hbr.
///
/// Source: RFC 3640 §3.2.1, §3.2.3 (fragments), §3.3.6.
package struct AACDepacketizer: Sendable {
    /// What was wrong with a packet.
    package enum PacketError: Error, Equatable {
        case cutShort(bytes: Int)
        /// AU headers are 16 bits each in AAC-hbr.
        case wrongHeaderLength(bits: Int)
        /// A first fragment never got its rest.
        case incompleteFrame(expected: Int, received: Int)
    }

    private var partial: [UInt8] = []
    private var expected = 0

    package init() {}

    /// - Returns: the frames that are whole now.
    package mutating func receive(_ packet: RTPPacket) throws(PacketError) -> [[UInt8]] {
        let payload = packet.payload
        guard payload.count > AACPacketizer.headLength else { throw .cutShort(bytes: payload.count) }
        let bits = Int(payload.uint16(at: 0))
        guard bits >= 16, bits % 16 == 0 else { throw .wrongHeaderLength(bits: bits) }
        let count = bits / 16
        guard payload.count > 2 + count * 2 else { throw .cutShort(bytes: payload.count) }
        let sizes = (0..<count).map { Int(payload.uint16(at: 2 + $0 * 2) >> 3) }
        var rest = payload.dropFirst(2 + count * 2)
        if count == 1, sizes[0] > rest.count || !partial.isEmpty {
            return try takeFragment(rest, size: sizes[0], isLast: packet.header.marker)
        }
        var frames: [[UInt8]] = []
        for size in sizes {
            guard size > 0, rest.count >= size else { throw .cutShort(bytes: payload.count) }
            frames.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return frames
    }

    private mutating func takeFragment(
        _ bytes: ArraySlice<UInt8>, size: Int, isLast: Bool
    ) throws(PacketError) -> [[UInt8]] {
        if partial.isEmpty || size != expected {
            partial = []
            expected = size
        }
        partial += bytes
        guard isLast || partial.count >= expected else { return [] }
        defer { partial = [] }
        guard partial.count == expected else {
            throw .incompleteFrame(expected: expected, received: partial.count)
        }
        return [partial]
    }
}
