internal import AV

/// A StreamMuxConfig for one program with one layer of AAC.
///
/// Source: ISO/IEC 14496-3 §1.7.3.1 StreamMuxConfig; RFC 6416 §6.
package struct LATMConfiguration: Hashable, Sendable {
    /// Of the AAC that is carried.
    package let audioSpecificConfig: [UInt8]

    package init(audioSpecificConfig: [UInt8]) {
        self.audioSpecificConfig = audioSpecificConfig
    }

    /// The configuration with zero bits up to a whole byte.
    package var bytes: [UInt8] {
        var writer = BitWriter()
        // Version 0, all streams in one time frame, one sub-frame, one program, one layer.
        writer.append(0, count: 1)
        writer.append(1, count: 1)
        writer.append(0, count: 6 + 4 + 3)
        for byte in audioSpecificConfig { writer.append(Int(byte), count: 8) }
        // Frame length type 0, no statement on the buffer, no other data, no checksum.
        writer.append(0, count: 3)
        writer.append(0xFF, count: 8)
        writer.append(0, count: 2)
        return writer.bytes
    }

    /// Reads a configuration.
    ///
    /// - Returns: nil for what this type does not have: several programs, layers or sub-frames, other lengths than those
    ///   of frames, bytes that are cut short. Bits behind the configuration are not looked at.
    init?(_ reader: inout BitReader) {
        guard let version = reader.take(1), version == 0, let sameTime = reader.take(1), sameTime == 1,
            let counts = reader.take(13), counts == 0
        else { return nil }
        let start = reader.position
        guard AudioSpecificConfig.skip(&reader) else { return nil }
        let end = reader.position
        guard let frameLengthType = reader.take(3), frameLengthType == 0, reader.take(8) != nil,
            let otherData = reader.take(1), otherData == 0, let checksum = reader.take(1),
            checksum == 0 || reader.take(8) != nil
        else { return nil }
        audioSpecificConfig = reader.bytes(from: start, to: end)
    }

    package init?(_ bytes: [UInt8]) {
        var reader = BitReader(bytes[...])
        self.init(&reader)
    }
}

extension AudioSpecificConfig {
    /// Moves behind the configuration of plain AAC (GASpecificConfig without program config element).
    ///
    /// - Returns: false for anything else.
    fileprivate static func skip(_ reader: inout BitReader) -> Bool {
        guard let type = reader.take(5), (1...4).contains(type), let rate = reader.take(4) else { return false }
        if rate == 15, reader.take(24) == nil { return false }
        guard let channels = reader.take(4), channels > 0, reader.take(1) != nil, let coreCoder = reader.take(1) else {
            return false
        }
        if coreCoder == 1, reader.take(14) == nil { return false }
        return reader.take(1) == 0
    }
}

/// AAC frames as MP4A-LATM: one AudioMuxElement without configuration, or a part of one, in each packet.
///
/// Source: RFC 6416 §6.1 (RTP packet format), §6.3 (fragmentation); ISO/IEC 14496-3 §1.7.3.2.3 PayloadLengthInfo.
package struct LATMPacketizer: Sendable {
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 64, so that the length of any frame fits into the first packet.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit >= 64, "the length of a frame has to fit into a packet")
        self.payloadLimit = payloadLimit
    }

    private static func lengthInfo(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 255, count: count / 255) + [UInt8(count % 255)]
    }

    /// Packets that a frame of `count` bytes needs at least.
    package func packets(forFrameOf count: Int) -> Int {
        (count + Self.lengthInfo(count).count + payloadLimit - 1) / payloadLimit
    }

    /// Splits a frame into exactly `packets` payloads, the last one with the marker.
    ///
    /// - Precondition: the frame has at most `AACPacketizer.frameLimit` bytes and `packets` of them suffice.
    package func fragments(of frame: Range<Int>, packets: Int) -> [Fragment] {
        precondition(frame.count <= AACPacketizer.frameLimit && packets >= self.packets(forFrameOf: frame.count))
        let head = Self.lengthInfo(frame.count)
        let total = head.count + frame.count
        return (0..<packets).map { index in
            let start = max(0, total * index / packets - (index == 0 ? 0 : head.count))
            let end = max(start, total * (index + 1) / packets - head.count)
            let bytes = frame.lowerBound + start..<(index == packets - 1 ? frame.upperBound : frame.lowerBound + end)
            return Fragment(head: index == 0 ? head : [], bytes: bytes, marker: index == packets - 1)
        }
    }
}
