/// Where the NAL units of an access unit lie, without copying them.
package enum NALUnits {
    /// NAL units behind start codes of three or four bytes; trailing zero bytes belong to none of them.
    ///
    /// Linear in the bytes. - Returns: ranges of at least one byte.
    ///
    /// Source: ITU-T H.264 Annex B §B.1 Byte stream NAL unit syntax.
    package static func annexB(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start: Int?
        var zeros = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 1, zeros >= 2 {
                if let start, start < index - zeros { ranges.append(start..<index - zeros) }
                start = index + 1
            }
            zeros = byte == 0 ? zeros + 1 : 0
        }
        if let start, start < bytes.count - zeros { ranges.append(start..<bytes.count - zeros) }
        return ranges
    }

    /// NAL units behind lengths of `lengthSize` bytes.
    ///
    /// - Returns: nil when a length leads past the end.
    ///
    /// Source: ISO/IEC 14496-15 §5.3.2 Sample format.
    static func lengthPrefixed(in bytes: [UInt8], lengthSize: Int) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var position = 0
        while position < bytes.count {
            guard position + lengthSize <= bytes.count else { return nil }
            var length = 0
            for offset in 0..<lengthSize { length = length << 8 | Int(bytes[position + offset]) }
            position += lengthSize
            guard position + length <= bytes.count else { return nil }
            if length > 0 { ranges.append(position..<position + length) }
            position += length
        }
        return ranges
    }

    /// In front of each NAL unit in Annex B bytes.
    package static let startCode: [UInt8] = [0, 0, 0, 1]

    /// The first bytes of a NAL unit without `emulation_prevention_three_byte`.
    ///
    /// Source: ITU-T H.264 §7.3.1; H.265 §7.3.1.1.
    static func withoutEmulationPrevention(_ unit: some Sequence<UInt8>, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var zeros = 0
        for byte in unit {
            if bytes.count == limit { break }
            if byte == 3, zeros >= 2 {
                zeros = 0
                continue
            }
            bytes.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return bytes
    }
}
