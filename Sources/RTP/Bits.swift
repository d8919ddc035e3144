/// Reads numbers of any number of bits, highest first.
struct BitReader {
    private let source: ArraySlice<UInt8>
    /// Bits read.
    private(set) var position = 0

    init(_ source: ArraySlice<UInt8>) {
        self.source = source
    }

    var remaining: Int { source.count * 8 - position }

    /// - Parameter count: 0 to 32.
    /// - Returns: nil where fewer bits are left.
    mutating func take(_ count: Int) -> Int? {
        guard count <= remaining else { return nil }
        var value = 0
        for _ in 0..<count {
            value = value << 1 | Int(source[source.startIndex + position / 8] >> (7 - UInt8(position % 8)) & 1)
            position += 1
        }
        return value
    }

    /// Whole bytes from the present place on, which need not be the border of one.
    mutating func takeBytes(_ count: Int) -> [UInt8]? {
        guard count <= remaining / 8 else { return nil }
        defer { position += count * 8 }
        return bytes(from: position, to: position + count * 8)
    }

    /// The bits between two places, with zero bits up to a whole byte. Both places lie within the source.
    func bytes(from start: Int, to end: Int) -> [UInt8] {
        let shift = UInt8(start % 8)
        return stride(from: start, to: end, by: 8).map { bit in
            let index = source.startIndex + bit / 8
            let next = index + 1 < source.endIndex ? source[index + 1] : 0
            let byte = shift == 0 ? source[index] : source[index] << shift | next >> (8 - shift)
            let left = end - bit
            return left >= 8 ? byte : byte & ~(0xFF >> UInt8(left))
        }
    }
}

/// Writes numbers of any number of bits, highest first.
struct BitWriter {
    /// The last one with zero bits at its end.
    private(set) var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ value: Int, count bits: Int) {
        for bit in (0..<bits).reversed() {
            if count % 8 == 0 { bytes += [0] }
            if value >> bit & 1 == 1 { bytes[count / 8] |= 0x80 >> UInt8(count % 8) }
            count += 1
        }
    }
}
