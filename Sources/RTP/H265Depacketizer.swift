internal import AV

/// Puts H.265 access units together again from RTP packets in sequence, without decoding order numbers.
///
/// Source: RFC 7798 §4.4.1, §4.4.2, §4.4.3; sprop-max-don-diff is 0 where SDP does not say it (§7.1).
package typealias H265Depacketizer = FrameDepacketizer<H265Assembler>

extension FrameDepacketizer<H265Assembler> {
    package init() { self.init(H265Assembler()) }
}

/// Takes NAL units out of packets. PACI packets carry nothing that a receiver needs to know and are refused.
package struct H265Assembler: FrameAssembler {
    /// Types that only RTP has.
    private static let rtpTypes: ClosedRange<UInt8> = 48...63

    package static let goesOnAfterErrors = true

    private var isInFragment = false

    package mutating func restart() { isInFragment = false }

    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        let payload = packet.payload
        guard let header = payload.first else { throw .emptyPayload }
        let type = H265NALUnitType.type(ofHeader: header)
        guard payload.count >= 3 else { throw .malformed(type: type) }
        switch type {
        case H265Packetizer.aggregation:
            isInFragment = false
            try addAggregate(payload.dropFirst(2), to: &frame)
        case H265Packetizer.fragmentation:
            try addFragment(payload, to: &frame)
        case Self.rtpTypes:
            throw .unsupportedType(type)
        default:
            isInFragment = false
            frame.start(type)
            frame.bytes += payload
        }
    }

    /// The first bit behind the header of a slice tells the first one of a picture.
    package func canStart(with packet: RTPPacket) -> Bool {
        let payload = packet.payload
        guard payload.count >= 6 else { return false }
        func starts(_ type: UInt8, _ slice: UInt8) -> Bool { type > 31 || slice & 0x80 != 0 }
        let start = payload.startIndex
        let type = H265NALUnitType.type(ofHeader: payload[start])
        switch type {
        case H265Packetizer.aggregation:
            guard payload.count >= 7 else { return false }
            return starts(H265NALUnitType.type(ofHeader: payload[start + 4]), payload[start + 6])
        case H265Packetizer.fragmentation:
            return payload[start + 2] & 0x80 != 0 && starts(payload[start + 2] & 0x3F, payload[start + 3])
        default:
            return starts(type, payload[start + 2])
        }
    }

    private func addAggregate(_ payload: ArraySlice<UInt8>, to frame: inout MediaFrame) throws(DepacketizerError) {
        var rest = payload
        while !rest.isEmpty {
            guard rest.count >= 2 else { throw .malformed(type: H265Packetizer.aggregation) }
            let length = Int(rest.uint16(at: 0))
            rest = rest.dropFirst(2)
            guard length >= 2, let header = rest.first, rest.count >= length else {
                throw .malformed(type: H265Packetizer.aggregation)
            }
            frame.start(H265NALUnitType.type(ofHeader: header))
            frame.bytes += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
    }

    private mutating func addFragment(
        _ payload: ArraySlice<UInt8>, to frame: inout MediaFrame
    ) throws(DepacketizerError) {
        guard payload.count >= 4 else { throw .malformed(type: H265Packetizer.fragmentation) }
        let start = payload.startIndex
        let header = payload[start + 2]
        let isFirst = header & 0x80 != 0
        let isLast = header & 0x40 != 0
        // A fragment alone may not be both first and last (§4.4.3).
        guard isFirst != isInFragment, !(isFirst && isLast) else {
            isInFragment = false
            throw .malformed(type: H265Packetizer.fragmentation)
        }
        if isFirst {
            frame.start(header & 0x3F)
            frame.bytes += [payload[start] & 0x81 | (header & 0x3F) << 1, payload[start + 1]]
        }
        frame.bytes += payload.dropFirst(3)
        isInFragment = !isLast
    }
}

extension MediaFrame {
    /// The start code and the facts of an H.265 NAL unit.
    fileprivate mutating func start(_ type: UInt8) {
        bytes += [0, 0, 0, 1]
        types.append(type)
        if H265NALUnitType.randomAccess.contains(type) { isKey = true }
    }
}
