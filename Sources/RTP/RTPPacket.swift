/// The fixed head of an RTP packet.
///
/// Source: RFC 3550 §5.1 RTP Fixed Header Fields.
package struct RTPHeader: Hashable, Sendable {
    /// Bytes of a head without CSRC and extension.
    package static let length = 12

    /// 0 to 127.
    package var payloadType: UInt8
    package var marker: Bool
    package var sequenceNumber: UInt16
    package var timestamp: UInt32
    package var ssrc: UInt32

    package init(payloadType: UInt8, marker: Bool, sequenceNumber: UInt16, timestamp: UInt32, ssrc: UInt32) {
        self.payloadType = payloadType & 0x7F
        self.marker = marker
        self.sequenceNumber = sequenceNumber
        self.timestamp = timestamp
        self.ssrc = ssrc
    }

    /// The twelve bytes in network order.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [0x80, marker ? payloadType | 0x80 : payloadType]
        bytes.append(sequenceNumber)
        bytes.append(timestamp)
        bytes.append(ssrc)
        return bytes
    }
}

/// A received RTP packet.
package struct RTPPacket: Hashable, Sendable {
    package var header: RTPHeader
    /// Contributing sources, 0 to 15.
    package var contributingSources: [UInt32]
    /// The header extension with its profile word, if there is one.
    package var headerExtension: HeaderExtension?
    /// Without head, extension and padding.
    package var payload: ArraySlice<UInt8>

    /// Source: RFC 3550 §5.3.1 RTP Header Extension.
    package struct HeaderExtension: Hashable, Sendable {
        package var profile: UInt16
        /// Multiple of 4 bytes.
        package var bytes: [UInt8]

        package init(profile: UInt16, bytes: [UInt8]) {
            self.profile = profile
            self.bytes = bytes
        }
    }

    /// Why bytes are no RTP packet.
    package enum ParseError: Error, Equatable {
        case tooShort(bytes: Int)
        case wrongVersion(UInt8)
        case wrongPadding
    }

    package init(header: RTPHeader, payload: ArraySlice<UInt8>) {
        self.header = header
        self.payload = payload
        contributingSources = []
        headerExtension = nil
    }

    /// Reads a whole datagram or interleaved frame.
    package init(parsing bytes: ArraySlice<UInt8>) throws(ParseError) {
        guard bytes.count >= RTPHeader.length else { throw .tooShort(bytes: bytes.count) }
        let start = bytes.startIndex
        guard bytes[start] >> 6 == 2 else { throw .wrongVersion(bytes[start] >> 6) }
        header = RTPHeader(
            payloadType: bytes[start + 1], marker: bytes[start + 1] & 0x80 != 0, sequenceNumber: bytes.uint16(at: 2),
            timestamp: bytes.uint32(at: 4), ssrc: bytes.uint32(at: 8))
        var position = RTPHeader.length
        let sources = Int(bytes[start] & 0x0F)
        guard bytes.count >= position + sources * 4 else { throw .tooShort(bytes: bytes.count) }
        contributingSources = (0..<sources).map { bytes.uint32(at: RTPHeader.length + $0 * 4) }
        position += sources * 4
        if bytes[start] & 0x10 != 0 {
            guard bytes.count >= position + 4 else { throw .tooShort(bytes: bytes.count) }
            let length = Int(bytes.uint16(at: position + 2)) * 4
            guard bytes.count >= position + 4 + length else { throw .tooShort(bytes: bytes.count) }
            let from = start + position + 4
            headerExtension = HeaderExtension(
                profile: bytes.uint16(at: position), bytes: Array(bytes[from..<from + length]))
            position += 4 + length
        }
        var end = bytes.endIndex
        if bytes[start] & 0x20 != 0 {
            let padding = Int(bytes[end - 1])
            guard padding >= 1, start + position + padding <= end else { throw .wrongPadding }
            end -= padding
        }
        payload = bytes[(start + position)..<end]
    }

    /// The packet as it is sent, without padding.
    package var bytes: [UInt8] {
        var bytes = header.bytes
        bytes[0] |= UInt8(min(contributingSources.count, 15))
        for source in contributingSources.prefix(15) { bytes.append(source) }
        if let headerExtension {
            bytes[0] |= 0x10
            bytes.append(headerExtension.profile)
            bytes.append(UInt16(truncatingIfNeeded: headerExtension.bytes.count / 4))
            bytes += headerExtension.bytes.prefix(headerExtension.bytes.count / 4 * 4)
        }
        return bytes + payload
    }
}

extension [UInt8] {
    mutating func append(_ value: UInt16) {
        append(UInt8(value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append(_ value: UInt32) {
        append(UInt16(value >> 16))
        append(UInt16(truncatingIfNeeded: value))
    }
}

extension ArraySlice<UInt8> {
    /// Big-endian number `offset` bytes from the start of the slice, which must hold it.
    func uint16(at offset: Int) -> UInt16 {
        UInt16(self[startIndex + offset]) << 8 | UInt16(self[startIndex + offset + 1])
    }

    func uint32(at offset: Int) -> UInt32 {
        UInt32(uint16(at: offset)) << 16 | UInt32(uint16(at: offset + 2))
    }
}
