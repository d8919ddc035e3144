/// What stands in front of the scan of a baseline JPEG picture, and where.
///
/// Source: ITU-T T.81 Annex B.
package struct JPEGHeader: Equatable, Sendable {
    /// One component of the frame.
    package struct Component: Equatable, Sendable {
        package let identifier: UInt8
        /// Horizontal factor in the upper half, vertical one in the lower.
        package let sampling: UInt8
        package let quantiser: UInt8
        /// DC table in the upper half, AC table in the lower; as the scan says.
        package var huffman: UInt8 = 0
    }

    /// Pixels.
    package private(set) var width = 0
    /// Pixels.
    package private(set) var height = 0
    package private(set) var components: [Component] = []
    /// Quantisation tables by number: 64 bytes in zigzag order, or 128 where they have 16 bits.
    package private(set) var quantisers: [UInt8: [UInt8]] = [:]
    /// Huffman tables by class and number, as in DHT: 16 counts, then the values.
    package private(set) var huffman: [UInt8: [UInt8]] = [:]
    /// MCUs from restart marker to restart marker; 0 is without.
    package private(set) var restartInterval = 0
    /// The coded data behind SOS, without EOI.
    package private(set) var scan = 0..<0
    /// The segments that a decoder needs with their markers, in order; SOS, the last one, apart.
    package private(set) var segments: [UInt8] = []
    package private(set) var startOfScan: [UInt8] = []

    /// Why bytes are no picture that can be streamed.
    package enum ParseError: Error, Equatable {
        case noStartOfImage
        case cutShort
        /// Lossless, progressive or arithmetic coding; the marker of the frame.
        case notBaseline(marker: UInt8)
        /// One of two fields in a sample.
        case field
        case malformed(marker: UInt8)
    }

    /// - Parameter bytes: a whole picture from SOI on; what is missing at its end is not noticed.
    /// - Throws: why the bytes are no picture that can be streamed.
    package init(_ bytes: ArraySlice<UInt8>) throws(ParseError) {
        guard bytes.starts(with: [0xFF, JPEGMarker.startOfImage]) else { throw .noStartOfImage }
        var position = bytes.startIndex + 2
        while true {
            // Fill bytes may stand in front of a marker (§B.1.1.2).
            while position + 1 < bytes.endIndex, bytes[position] == 0xFF, bytes[position + 1] == 0xFF { position += 1 }
            guard position + 4 <= bytes.endIndex else { throw .cutShort }
            let marker = bytes[position + 1]
            guard bytes[position] == 0xFF else { throw .malformed(marker: marker) }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= bytes.endIndex else { throw .cutShort }
            try take(marker, Array(bytes[(position + 4)..<end]), whole: bytes[position..<end])
            position = end
            if marker == JPEGMarker.startOfScan { break }
        }
        guard !components.isEmpty else { throw .malformed(marker: JPEGMarker.startOfScan) }
        scan = position..<Self.endOfScan(bytes, from: position)
    }

    /// From behind, since it is the last marker of almost all pictures.
    private static func endOfScan(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var end = bytes.endIndex
        while end - 2 >= start {
            if bytes[end - 2] == 0xFF, bytes[end - 1] == JPEGMarker.endOfImage { return end - 2 }
            end -= 1
        }
        return bytes.endIndex
    }

    private mutating func take(_ marker: UInt8, _ body: [UInt8], whole: ArraySlice<UInt8>) throws(ParseError) {
        switch marker {
        case JPEGMarker.quantisers:
            try takeQuantisers(body)
        case JPEGMarker.huffman:
            try takeHuffman(body)
        case JPEGMarker.restartInterval:
            guard body.count >= 2 else { throw .malformed(marker: marker) }
            restartInterval = Int(body[0]) << 8 | Int(body[1])
        case JPEGMarker.baseline:
            try takeFrame(body)
        case 0xC1...0xC3, 0xC5...0xCF:
            throw .notBaseline(marker: marker)
        case JPEGMarker.startOfScan:
            try takeScan(body)
            startOfScan = Array(whole)
            return
        case 0xE0 where body.starts(with: Array("AVI1".utf8)) && body.count > 4 && body[4] != 0:
            throw .field
        default:
            // Application data and comments.
            return
        }
        segments += whole
    }

    private mutating func takeQuantisers(_ body: [UInt8]) throws(ParseError) {
        var rest = body[...]
        while let head = rest.first {
            let length = head >> 4 == 0 ? 64 : 128
            guard head >> 4 <= 1, rest.count > length else { throw .malformed(marker: JPEGMarker.quantisers) }
            quantisers[head & 0x0F] = Array(rest.dropFirst().prefix(length))
            rest = rest.dropFirst(1 + length)
        }
    }

    private mutating func takeHuffman(_ body: [UInt8]) throws(ParseError) {
        var rest = body[...]
        while let head = rest.first {
            let values = rest.dropFirst().prefix(16).reduce(0) { $0 + Int($1) }
            guard rest.count >= 17 + values else { throw .malformed(marker: JPEGMarker.huffman) }
            huffman[head] = Array(rest.dropFirst().prefix(16 + values))
            rest = rest.dropFirst(17 + values)
        }
    }

    private mutating func takeFrame(_ body: [UInt8]) throws(ParseError) {
        guard body.count >= 6, body[0] == 8, body.count >= 6 + Int(body[5]) * 3 else {
            throw .malformed(marker: JPEGMarker.baseline)
        }
        height = Int(body[1]) << 8 | Int(body[2])
        width = Int(body[3]) << 8 | Int(body[4])
        components = (0..<Int(body[5])).map { index in
            let at = 6 + index * 3
            return Component(identifier: body[at], sampling: body[at + 1], quantiser: body[at + 2])
        }
        guard width > 0, height > 0 else { throw .malformed(marker: JPEGMarker.baseline) }
    }

    private mutating func takeScan(_ body: [UInt8]) throws(ParseError) {
        guard let count = body.first, body.count >= 4 + Int(count) * 2 else {
            throw .malformed(marker: JPEGMarker.startOfScan)
        }
        for number in 0..<Int(count) {
            for index in components.indices where components[index].identifier == body[1 + number * 2] {
                components[index].huffman = body[2 + number * 2]
            }
        }
    }
}

extension JPEGHeader {
    /// Largest width and height that the header of RFC 2435 can say, pixels.
    package static let plainLimit = 2040

    /// Whether the header of RFC 2435, which counts in blocks of 8 pixels, can say the size.
    package static func isPlain(width: Int, height: Int) -> Bool {
        width <= plainLimit && height <= plainLimit && width % 8 == 0 && height % 8 == 0
    }

    /// Type 0 (4:2:2) or 1 (4:2:0) of RFC 2435 §4.1; nil for other ways to sample.
    package var sampling: UInt8? {
        guard components.count == 3, components[1].sampling == 0x11, components[2].sampling == 0x11 else { return nil }
        switch components[0].sampling {
        case 0x21: return 0
        case 0x22: return 1
        default: return nil
        }
    }

    /// The tables of luma and chroma, 64 bytes each; nil where RFC 2435 cannot say them.
    package var plainQuantisers: [UInt8]? {
        guard components.count == 3, components[1].quantiser == components[2].quantiser,
            let luma = quantisers[components[0].quantiser], let chroma = quantisers[components[1].quantiser],
            luma.count == 64, chroma.count == 64
        else { return nil }
        return luma + chroma
    }

    /// True when the picture needs no more than RFC 2435: its size, sampling, tables.
    package var isPlain: Bool {
        guard sampling != nil, plainQuantisers != nil, restartInterval <= 0xFFFF,
            Self.isPlain(width: width, height: height)
        else { return false }
        // Motion JPEG may leave the typical tables out.
        let isTypical = huffman.allSatisfy { JPEGTables.huffman[$0.key] == $0.value }
        return isTypical && components.map(\.huffman) == [0x00, 0x11, 0x11]
    }
}

/// Second bytes of JPEG markers.
///
/// Source: ITU-T T.81 table B.1.
package enum JPEGMarker {
    package static let baseline: UInt8 = 0xC0
    package static let huffman: UInt8 = 0xC4
    package static let startOfImage: UInt8 = 0xD8
    package static let endOfImage: UInt8 = 0xD9
    package static let startOfScan: UInt8 = 0xDA
    package static let quantisers: UInt8 = 0xDB
    package static let restartInterval: UInt8 = 0xDD
}
