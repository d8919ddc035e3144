/// Puts access units together again from RTP packets in sequence.
///
/// Source: RFC 6184 §5.6, §5.7.1, §5.8; the end of an access unit by §5.1 marker bit or a new timestamp.
package struct H264Depacketizer: Sendable {
    /// Bytes of an access unit at most; a larger one is given up.
    package static let accessUnitLimit = 16 << 20

    /// A whole access unit.
    package struct AccessUnit: Hashable, Sendable {
        package var timestamp: UInt32
        /// NAL units with four-byte start codes.
        package var bytes: [UInt8]
        /// True when a slice of an IDR picture is in it.
        package var isKey: Bool
        /// Types of the NAL units in order.
        package var types: [UInt8]
    }

    /// What was wrong with a packet; the access unit in hand goes on without it.
    package enum PacketError: Error, Equatable {
        case emptyPayload
        /// Packets are missing in front of this one. It has been taken all the same; the access unit that lost some is
        /// given up.
        case gap(expected: UInt16, received: UInt16)
        /// FU-A, STAP-A or a single NAL unit that is cut short, or a continuation without a start.
        case malformed(type: UInt8)
        /// STAP-B, MTAP and FU-B are not of packetization-mode 1.
        case unsupportedType(UInt8)
        case tooLarge(limit: Int)
    }

    private var unit: AccessUnit?
    private var isInFragment = false
    private var nextSequenceNumber: UInt16?
    /// Timestamp of an access unit that has lost packets.
    private var damaged: UInt32?
    /// Finished by a packet that had a gap to report.
    private var ready: [AccessUnit] = []

    package init() {}

    /// Takes the next packet.
    ///
    /// - Returns: the access units that ended with it: at most two, when the marker of the one before was missing.
    /// - Throws: what is wrong with the packet; the state stays usable.
    package mutating func receive(_ packet: RTPPacket) throws(PacketError) -> [AccessUnit] {
        let timestamp = packet.header.timestamp
        let expected = nextSequenceNumber
        nextSequenceNumber = packet.header.sequenceNumber &+ 1
        if let expected, expected != packet.header.sequenceNumber {
            damaged = unit?.timestamp == timestamp ? timestamp : nil
            unit = nil
            isInFragment = false
            // A fragment whose start was lost is part of the gap.
            if let finished = try? takeWhole(packet) { ready += finished } else { damaged = timestamp }
            throw .gap(expected: expected, received: packet.header.sequenceNumber)
        }
        defer { ready = [] }
        return ready + (try takeWhole(packet))
    }

    private mutating func takeWhole(_ packet: RTPPacket) throws(PacketError) -> [AccessUnit] {
        let timestamp = packet.header.timestamp
        var finished: [AccessUnit] = []
        if let current = unit, current.timestamp != timestamp { finished += take() }
        guard timestamp != damaged else { return finished }
        damaged = nil
        if unit == nil { unit = AccessUnit(timestamp: timestamp, bytes: [], isKey: false, types: []) }
        try take(packet.payload)
        if packet.header.marker { finished += take() }
        return finished
    }

    private mutating func take() -> [AccessUnit] {
        defer {
            unit = nil
            isInFragment = false
        }
        guard let unit, !unit.bytes.isEmpty else { return [] }
        return [unit]
    }

    private mutating func take(_ payload: ArraySlice<UInt8>) throws(PacketError) {
        guard let header = payload.first else { throw .emptyPayload }
        guard (unit?.bytes.count ?? 0) + payload.count <= Self.accessUnitLimit else {
            unit = nil
            throw .tooLarge(limit: Self.accessUnitLimit)
        }
        switch header & 0x1F {
        case 1...23:
            isInFragment = false
            start(header)
            unit?.bytes += payload
        case 24:
            isInFragment = false
            try takeAggregate(payload.dropFirst())
        case 28:
            try takeFragment(payload)
        case let type:
            throw .unsupportedType(type)
        }
    }

    private mutating func start(_ header: UInt8) {
        unit?.bytes += [0, 0, 0, 1]
        unit?.types.append(header & 0x1F)
        if header & 0x1F == 5 { unit?.isKey = true }
    }

    private mutating func takeAggregate(_ payload: ArraySlice<UInt8>) throws(PacketError) {
        var rest = payload
        guard !rest.isEmpty else { throw .malformed(type: 24) }
        while !rest.isEmpty {
            guard rest.count >= 2 else { throw .malformed(type: 24) }
            let length = Int(rest.uint16(at: 0))
            rest = rest.dropFirst(2)
            guard length >= 1, let header = rest.first, rest.count >= length else { throw .malformed(type: 24) }
            start(header)
            unit?.bytes += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
    }

    private mutating func takeFragment(_ payload: ArraySlice<UInt8>) throws(PacketError) {
        guard payload.count >= 3 else { throw .malformed(type: 28) }
        let indicator = payload[payload.startIndex]
        let header = payload[payload.startIndex + 1]
        let isFirst = header & 0x80 != 0
        let isLast = header & 0x40 != 0
        // A fragment alone may not be both first and last (§5.8).
        guard isFirst != isInFragment, !(isFirst && isLast) else {
            isInFragment = false
            throw .malformed(type: 28)
        }
        if isFirst {
            let original = indicator & 0xE0 | header & 0x1F
            start(original)
            unit?.bytes.append(original)
        }
        unit?.bytes += payload.dropFirst(2)
        isInFragment = !isLast
    }
}
