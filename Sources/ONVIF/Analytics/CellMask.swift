import Foundation

/// The cells of a grid that are looked at, a bit each: the first cell is the upper left one, and rows follow each other.
///
/// Source: ONVIF Analytics 26.06 §8.1 Cell motion detector (ActiveCells); TIFF 6.0 §9 PackBits Compression.
package struct CellMask: Equatable, Sendable {
    /// The most bytes of an unpacked mask.
    static let byteLimit = 4096

    /// The last one is filled up with zeros.
    package private(set) var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Every cell of the grid.
    package init(activeIn model: AnalyticsModel) {
        bytes = [UInt8](repeating: 0xFF, count: model.maskLength)
        let rest = model.columns * model.rows % 8
        if rest > 0 { bytes[bytes.count - 1] = ~(0xFF >> UInt8(rest)) }
    }

    /// - Parameter base64: packed bytes in base64; nil where they are not.
    package init?(base64: String) {
        guard let packed = Data(base64Encoded: base64) else { return nil }
        var rest = ArraySlice(packed)
        bytes = []
        while let header = rest.popFirst().map({ Int8(bitPattern: $0) }) {
            if header >= 0 {
                let count = Int(header) + 1
                guard rest.count >= count else { return nil }
                bytes += rest.prefix(count)
                rest = rest.dropFirst(count)
            } else if header != -128 {
                guard let byte = rest.popFirst() else { return nil }
                bytes += repeatElement(byte, count: 1 - Int(header))
            }
            guard bytes.count <= Self.byteLimit else { return nil }
        }
    }

    /// Packed, runs of at least two equal bytes as such.
    package var base64: String {
        var packed: [UInt8] = []
        var rest = bytes[...]
        var literal: [UInt8] = []
        func flush() {
            if !literal.isEmpty { packed += [UInt8(literal.count - 1)] + literal }
            literal = []
        }
        while let first = rest.first {
            let run = min(rest.prefix { $0 == first }.count, 128)
            if run > 1 {
                flush()
                packed += [UInt8(bitPattern: Int8(1 - run)), first]
            } else {
                literal.append(first)
                if literal.count == 128 { flush() }
            }
            rest = rest.dropFirst(run)
        }
        flush()
        return Data(packed).base64EncodedString()
    }

    var activeCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }
}
