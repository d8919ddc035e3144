package import AV

/// JPEG pictures: the RTP/JPEG header of RFC 2435, and where that is not enough the header extension of ONVIF.
///
/// Quantisation tables travel with each picture (Q = 255), so that a viewer can begin with any.
///
/// Source: RFC 2435 §3.1; ONVIF Streaming 26.06 "JPEG over RTP", "Overall packet structure".
package struct JPEGPacketizer: Sendable {
    /// Value of the extension's first 16 bits in the first packet of a picture, and in further ones.
    static let firstExtension: UInt16 = 0xFFD8
    static let furtherExtension: UInt16 = 0xFFFF
    /// "Tables may change with each picture and come with it" (§4.2).
    static let tablesInBand: UInt8 = 255
    /// Bytes of the main header, the restart header, and the head of the tables.
    static let headLength = 8
    static let restartLength = 4
    static let tablesHead = 4
    /// Bytes of an extension's head.
    static let extensionHead = 4
    /// Types from here on have a restart header (§3.1.3).
    static let restartTypes: UInt8 = 64

    /// Coded data that the last part of an extension leaves room for, bytes.
    static let leastData = 40

    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 200, since two quantisation tables have to fit.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit >= 200, "two quantisation tables have to fit into a packet")
        self.payloadLimit = payloadLimit
    }

    /// - Parameters:
    ///   - picture: a JPEG file of baseline coding, from SOI on.
    ///   - bytes: what the range points into.
    /// - Returns: payloads in sending order, the last one with the marker. The first may consist of head only.
    /// - Throws: what keeps the bytes from being a picture that can be sent.
    package func fragments(of picture: Range<Int>, in bytes: [UInt8]) throws(JPEGHeader.ParseError) -> [Fragment] {
        let header = try JPEGHeader(bytes[picture])
        var fragments: [Fragment] = []
        var start = header.scan.lowerBound
        var parts = header.isPlain ? [] : extensionParts(header)
        // The last part goes with the first coded data, so that there is one packet with offset 0 in most pictures.
        let last = parts.popLast().map { Self.extensionBytes($0, isFirst: parts.isEmpty) } ?? []
        for (index, part) in parts.enumerated() {
            let bytes = Self.extensionBytes(part, isFirst: index == 0)
            fragments.append(
                Fragment(
                    head: bytes + mainHeader(header, offset: 0), extensionLength: bytes.count, bytes: start..<start,
                    marker: false))
        }
        repeat {
            let bytes = start == header.scan.lowerBound ? last : []
            let head = bytes + mainHeader(header, offset: start - header.scan.lowerBound)
            let end = min(header.scan.upperBound, start + payloadLimit - head.count)
            fragments.append(
                Fragment(
                    head: head, extensionLength: bytes.count, bytes: start..<end, marker: end == header.scan.upperBound)
            )
            start = end
        } while start < header.scan.upperBound
        return fragments
    }

    private static func extensionBytes(_ part: [UInt8], isFirst: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(isFirst ? firstExtension : furtherExtension)
        bytes.append(UInt16(part.count / 4))
        return bytes + part
    }

    /// §3.1.1 to §3.1.8; tables only in packets with offset 0.
    private func mainHeader(_ header: JPEGHeader, offset: Int) -> [UInt8] {
        let tables = header.plainQuantisers
        let type = (header.sampling ?? 1) + (header.restartInterval > 0 ? Self.restartTypes : 0)
        let fits = max(header.width, header.height) <= JPEGHeader.plainLimit
        var head: [UInt8] = [
            0, UInt8(truncatingIfNeeded: offset >> 16), UInt8(truncatingIfNeeded: offset >> 8),
            UInt8(truncatingIfNeeded: offset), type, tables == nil ? 0 : Self.tablesInBand,
            fits ? UInt8((header.width + 7) / 8) : 0, fits ? UInt8((header.height + 7) / 8) : 0,
        ]
        if header.restartInterval > 0 {
            head.append(UInt16(truncatingIfNeeded: header.restartInterval))
            // Packets do not begin with restart intervals: F, L and a count of all ones.
            head.append(0xFFFF as UInt16)
        }
        if offset == 0, let tables {
            head += [0, 0]
            head.append(UInt16(tables.count))
            head += tables
        }
        return head
    }

    /// The segments in front of the scan in parts of whole words that fit into packets; SOS last, padding before it.
    private func extensionParts(_ header: JPEGHeader) -> [[UInt8]] {
        let room =
            (payloadLimit - Self.extensionHead - Self.headLength - Self.restartLength - Self.tablesHead - 128
                - Self.leastData) & ~3
        var words = header.segments
        while (words.count + header.startOfScan.count) % 4 != 0 { words += [0xFF] }
        words += header.startOfScan
        return stride(from: 0, to: words.count, by: max(4, room)).map {
            Array(words[$0..<min($0 + max(4, room), words.count)])
        }
    }
}
