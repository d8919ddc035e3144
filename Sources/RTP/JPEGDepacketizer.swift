internal import AV

/// Puts JPEG files together again, also those whose packets have the header extension of ONVIF.
///
/// Source: RFC 2435 §3.1, Appendices A and B; ONVIF Streaming 26.06 "JPEG over RTP", "Logical decoding specification".
package typealias JPEGDepacketizer = FrameDepacketizer<JPEGAssembler>

extension FrameDepacketizer<JPEGAssembler> {
    package init() { self.init(JPEGAssembler()) }
}

package struct JPEGAssembler: FrameAssembler {
    /// Bytes of the marker segments of a picture at most.
    static let segmentLimit = 64 << 10

    /// What the packets of a frame have said so far.
    private struct Header {
        var type: UInt8
        var quantiser: UInt8
        var width: Int
        var height: Int
        var restartInterval = 0
        var tables: [UInt8] = []
        /// Nil where the first packet had no extension.
        var segments: [UInt8]?
    }

    private var header: Header?
    /// Tables by Q that hold until others come (128 to 254), or were the last (0).
    private var tables: [UInt8: [UInt8]] = [:]
    /// The SOF and DHT segments of the frame before.
    private var frameSegment: [UInt8] = []
    private var huffmanSegments: [UInt8] = []

    package mutating func restart() { header = nil }

    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        let isExtended = try takeExtension(packet, isFirst: header == nil)
        var rest = packet.payload
        guard rest.count >= JPEGPacketizer.headLength else {
            // A packet with nothing but an extension.
            if isExtended, rest.isEmpty, header != nil { return }
            throw rest.isEmpty ? .emptyPayload : .cutShort(bytes: rest.count)
        }
        let type = rest[rest.startIndex + 4]
        let offset = Int(rest.uint32(at: 0) & 0xFF_FFFF)
        let isStart = header == nil || isExtended && frame.bytes.isEmpty
        guard isStart ? offset == 0 || isExtended : header?.type == type else { throw .malformed(type: type) }
        guard isExtended || header?.segments != nil || offset == frame.bytes.count else { throw .malformed(type: type) }
        try takeHeader(&rest, type: type, offset: offset)
        frame.bytes += rest
    }

    /// The headers of RFC 2435 in front of the coded data.
    private mutating func takeHeader(
        _ rest: inout ArraySlice<UInt8>, type: UInt8, offset: Int
    ) throws(DepacketizerError) {
        let start = rest.startIndex
        let quantiser = rest[start + 5]
        var current =
            header
            ?? Header(
                type: type, quantiser: quantiser, width: Int(rest[start + 6]) * 8, height: Int(rest[start + 7]) * 8)
        rest = rest.dropFirst(JPEGPacketizer.headLength)
        if (64...127).contains(type) {
            guard rest.count >= JPEGPacketizer.restartLength else { throw .malformed(type: type) }
            current.restartInterval = Int(rest.uint16(at: 0))
            rest = rest.dropFirst(JPEGPacketizer.restartLength)
        } else if type > 127 {
            throw .unsupportedType(type)
        }
        if quantiser >= 128, offset == 0 {
            guard rest.count >= JPEGPacketizer.tablesHead else { throw .malformed(type: type) }
            let length = Int(rest.uint16(at: 2))
            rest = rest.dropFirst(JPEGPacketizer.tablesHead)
            guard rest.count >= length, length <= 256 else { throw .malformed(type: type) }
            if length > 0 { current.tables = Array(rest.prefix(length)) }
            rest = rest.dropFirst(length)
        }
        header = current
    }

    /// - Returns: whether the packet has an extension of ours. In the first packet of a frame it begins one.
    private mutating func takeExtension(_ packet: RTPPacket, isFirst: Bool) throws(DepacketizerError) -> Bool {
        guard let found = packet.headerExtension,
            found.profile == (isFirst ? JPEGPacketizer.firstExtension : JPEGPacketizer.furtherExtension)
        else { return false }
        guard isFirst || header?.segments != nil else { return false }
        if isFirst {
            let payload = packet.payload
            guard payload.count >= JPEGPacketizer.headLength else { throw .cutShort(bytes: payload.count) }
            let start = payload.startIndex
            header = Header(
                type: payload[start + 4], quantiser: payload[start + 5], width: Int(payload[start + 6]) * 8,
                height: Int(payload[start + 7]) * 8, segments: [])
        }
        guard (header?.segments?.count ?? 0) + found.bytes.count <= Self.segmentLimit else {
            throw .tooLarge(limit: Self.segmentLimit)
        }
        header?.segments? += found.bytes
        return true
    }

    package func canStart(with packet: RTPPacket) -> Bool {
        guard packet.payload.count >= JPEGPacketizer.headLength, packet.payload.uint32(at: 0) & 0xFF_FFFF == 0 else {
            return false
        }
        return packet.headerExtension?.profile != JPEGPacketizer.furtherExtension
    }

    // MARK: The file

    package mutating func finish(_ frame: inout MediaFrame) -> Bool {
        guard let header, !frame.bytes.isEmpty, let tables = quantisers(header) else { return false }
        var file: [UInt8] = [0xFF, JPEGMarker.startOfImage]
        let segments = JPEGSegments(header.segments ?? [])
        for (number, table) in tables.enumerated() {
            file += [0xFF, JPEGMarker.quantisers, 0, 67, UInt8(number)] + table
        }
        file += segments.quantisers
        if !segments.huffman.isEmpty {
            huffmanSegments = segments.huffman
        } else if header.segments == nil || huffmanSegments.isEmpty {
            huffmanSegments = JPEGTables.huffmanSegments
        }
        file += huffmanSegments + segments.others
        if segments.restart.isEmpty, header.restartInterval > 0 {
            file += [0xFF, JPEGMarker.restartInterval, 0, 4]
            file.append(UInt16(truncatingIfNeeded: header.restartInterval))
        }
        file += segments.restart
        if !segments.frame.isEmpty {
            frameSegment = segments.frame
        } else if header.width > 0, header.height > 0 {
            frameSegment = Self.frame(header)
        }
        guard !frameSegment.isEmpty else { return false }
        file += frameSegment + (segments.scan.isEmpty ? Self.scan : segments.scan) + frame.bytes
        if !frame.bytes.suffix(2).elementsEqual([0xFF, JPEGMarker.endOfImage]) {
            file += [0xFF, JPEGMarker.endOfImage]
        }
        frame.bytes = file
        frame.isKey = true
        return true
    }

    /// Tables of 64 bytes: one for luma, one for chroma; none where an extension has to bring them. Nil where nobody does.
    private mutating func quantisers(_ header: Header) -> [[UInt8]]? {
        let bytes: [UInt8]
        switch header.quantiser {
        case 0:
            guard let known = tables[0] ?? (header.segments == nil ? nil : []) else { return nil }
            bytes = known
        case 1...99:
            bytes = JPEGQuantisers.tables(quality: Int(header.quantiser))
        case 128...255:
            guard let known = header.tables.isEmpty ? tables[header.quantiser] : header.tables else { return nil }
            if header.quantiser < 255 { tables[header.quantiser] = known }
            bytes = known
        default:
            return nil
        }
        guard bytes.count % 64 == 0 else { return nil }
        tables[0] = bytes
        // One table is for both.
        let luma = Array(bytes.prefix(64))
        return bytes.isEmpty ? [] : [luma, bytes.count >= 128 ? Array(bytes[64..<128]) : luma]
    }

    /// Appendix B: SOF with the sampling of the type, SOS.
    private static func frame(_ header: Header) -> [UInt8] {
        var segment: [UInt8] = [0xFF, JPEGMarker.baseline, 0, 17, 8]
        segment.append(UInt16(truncatingIfNeeded: header.height))
        segment.append(UInt16(truncatingIfNeeded: header.width))
        return segment + [3, 0, header.type & 0x3F == 0 ? 0x21 : 0x22, 0, 1, 0x11, 1, 2, 0x11, 1]
    }

    private static let scan: [UInt8] = [
        0xFF, JPEGMarker.startOfScan, 0, 12, 3, 0, 0, 1, 0x11, 2, 0x11, 0, 63, 0,
    ]
}

/// The marker segments of an extension by kind; padding is left out, and what ends before its length.
private struct JPEGSegments {
    private(set) var quantisers: [UInt8] = []
    private(set) var huffman: [UInt8] = []
    private(set) var restart: [UInt8] = []
    private(set) var frame: [UInt8] = []
    private(set) var scan: [UInt8] = []
    private(set) var others: [UInt8] = []

    init(_ bytes: [UInt8]) {
        var position = 0
        while position + 4 <= bytes.count {
            guard bytes[position] == 0xFF, bytes[position + 1] != 0xFF else {
                position += 1
                continue
            }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= bytes.count else { return }
            let segment = Array(bytes[position..<end])
            switch bytes[position + 1] {
            case JPEGMarker.quantisers: quantisers += segment
            case JPEGMarker.huffman: huffman += segment
            case JPEGMarker.restartInterval: restart = segment
            case 0xC0...0xCF: frame = segment
            case JPEGMarker.startOfScan: scan = segment
            default: others += segment
            }
            position = end
        }
    }
}

/// The quantisation tables of Q from 1 to 99.
///
/// Source: RFC 2435 §4.2 and Appendix A; ITU-T T.81 tables K.1 and K.2, in zigzag order.
enum JPEGQuantisers {
    private static let luma: [Int] = [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51,
        61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77,
        113, 121, 112, 100, 120, 92, 101, 103, 99,
    ]
    private static let chroma: [Int] = [
        17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ]

    /// 64 bytes for luma, 64 for chroma.
    static func tables(quality: Int) -> [UInt8] {
        let factor = quality < 50 ? 5000 / max(1, quality) : 200 - quality * 2
        return (luma + chroma).map { UInt8(clamping: max(1, ($0 * factor + 50) / 100)) }
    }
}
