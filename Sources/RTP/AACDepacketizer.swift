/// Takes AAC frames out of MPEG4-GENERIC packets, AAC-hbr.
///
/// Source: RFC 3640 §3.2.1, §3.2.3 (fragments), §3.3.6.
package struct AACDepacketizer: Depacketizer {
    package typealias PacketError = DepacketizerError

    private var order = PacketOrder()
    private var partial: [UInt8] = []
    private var expected = 0
    /// Samples of a frame, by which the frames of one packet are apart.
    private let samplesPerFrame: UInt32

    package init(samplesPerFrame: Int = 1024) {
        self.samplesPerFrame = UInt32(clamping: samplesPerFrame)
    }

    package mutating func receive(_ packet: RTPPacket) throws(DepacketizerError) -> [MediaFrame] {
        let isGap = order.isGap(packet)
        if isGap { partial = [] }
        let result = Result { () throws(DepacketizerError) in try take(packet, isAfterGap: isGap) }
        return try order.report(packet, result)
    }

    private mutating func take(_ packet: RTPPacket, isAfterGap: Bool) throws(DepacketizerError) -> [MediaFrame] {
        let payload = packet.payload
        guard payload.count > AACPacketizer.headLength else { throw .cutShort(bytes: payload.count) }
        let bits = Int(payload.uint16(at: 0))
        guard bits >= 16, bits % 16 == 0 else { throw .wrongHeaderLength(bits: bits) }
        let count = bits / 16
        guard payload.count > 2 + count * 2 else { throw .cutShort(bytes: payload.count) }
        let sizes = (0..<count).map { Int(payload.uint16(at: 2 + $0 * 2) >> 3) }
        var rest = payload.dropFirst(2 + count * 2)
        if count == 1, sizes[0] > rest.count || !partial.isEmpty {
            return try takeFragment(rest, size: sizes[0], packet.header)
        }
        var frames: [MediaFrame] = []
        for size in sizes {
            guard size > 0, rest.count >= size else { throw .cutShort(bytes: payload.count) }
            frames.append(
                MediaFrame(
                    timestamp: packet.header.timestamp &+ UInt32(frames.count) &* samplesPerFrame,
                    bytes: Array(rest.prefix(size)), isKey: true))
            rest = rest.dropFirst(size)
        }
        return frames
    }

    private mutating func takeFragment(
        _ bytes: ArraySlice<UInt8>, size: Int, _ header: RTPHeader
    ) throws(DepacketizerError) -> [MediaFrame] {
        if partial.isEmpty || size != expected {
            partial = []
            expected = size
        }
        partial += bytes
        guard header.marker || partial.count >= expected else { return [] }
        defer { partial = [] }
        guard partial.count == expected else {
            throw .incompleteFrame(expected: expected, received: partial.count)
        }
        return [MediaFrame(timestamp: header.timestamp, bytes: partial, isKey: true)]
    }
}
