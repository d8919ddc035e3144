/// Puts access units together again from RTP packets in sequence, packetization-mode 1.
///
/// Source: RFC 6184 §5.6, §5.7.1, §5.8; the end of an access unit by §5.1 marker bit or a new timestamp.
package typealias H264Depacketizer = FrameDepacketizer<H264Assembler>

extension FrameDepacketizer<H264Assembler> {
    /// Bytes of an access unit at most; a larger one is given up.
    package static var accessUnitLimit: Int { frameByteLimit }

    package init() { self.init(H264Assembler()) }
}

/// Takes NAL units out of packets. STAP-B, MTAP and FU-B are not of packetization-mode 1.
package struct H264Assembler: FrameAssembler {
    private static let aggregate: UInt8 = 24
    private static let fragment: UInt8 = 28

    package static let goesOnAfterErrors = true

    private var isInFragment = false

    package mutating func restart() { isInFragment = false }

    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        let payload = packet.payload
        guard let header = payload.first else { throw .emptyPayload }
        switch header & 0x1F {
        case 1...23:
            isInFragment = false
            frame.start(header)
            frame.bytes += payload
        case Self.aggregate:
            isInFragment = false
            try addAggregate(payload.dropFirst(), to: &frame)
        case Self.fragment:
            try addFragment(payload, to: &frame)
        case let type:
            throw .unsupportedType(type)
        }
    }

    /// A first slice begins with macroblock 0, written as a single set bit; parameter sets and the like come before it.
    package func canStart(with packet: RTPPacket) -> Bool {
        let payload = packet.payload
        guard let header = payload.first else { return false }
        func starts(_ type: UInt8, _ slice: UInt8?) -> Bool {
            (1...5).contains(type) ? (slice ?? 0) & 0x80 != 0 : true
        }
        switch header & 0x1F {
        case Self.aggregate where payload.count >= 4:
            return starts(payload[payload.startIndex + 3] & 0x1F, payload.dropFirst(4).first)
        case Self.fragment where payload.count >= 3:
            let fragment = payload[payload.startIndex + 1]
            return fragment & 0x80 != 0 && starts(fragment & 0x1F, payload[payload.startIndex + 2])
        case let type: return starts(type, payload.dropFirst().first)
        }
    }

    private func addAggregate(_ payload: ArraySlice<UInt8>, to frame: inout MediaFrame) throws(DepacketizerError) {
        var rest = payload
        guard !rest.isEmpty else { throw .malformed(type: Self.aggregate) }
        while !rest.isEmpty {
            guard rest.count >= 2 else { throw .malformed(type: Self.aggregate) }
            let length = Int(rest.uint16(at: 0))
            rest = rest.dropFirst(2)
            guard length >= 1, let header = rest.first, rest.count >= length else {
                throw .malformed(type: Self.aggregate)
            }
            frame.start(header)
            frame.bytes += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
    }

    private mutating func addFragment(
        _ payload: ArraySlice<UInt8>, to frame: inout MediaFrame
    ) throws(DepacketizerError) {
        guard payload.count >= 3 else { throw .malformed(type: Self.fragment) }
        let indicator = payload[payload.startIndex]
        let header = payload[payload.startIndex + 1]
        let isFirst = header & 0x80 != 0
        let isLast = header & 0x40 != 0
        // A fragment alone may not be both first and last (§5.8).
        guard isFirst != isInFragment, !(isFirst && isLast) else {
            isInFragment = false
            throw .malformed(type: Self.fragment)
        }
        if isFirst {
            let original = indicator & 0xE0 | header & 0x1F
            frame.start(original)
            frame.bytes.append(original)
        }
        frame.bytes += payload.dropFirst(2)
        isInFragment = !isLast
    }
}

extension MediaFrame {
    /// The start code and the facts of an H.264 NAL unit.
    fileprivate mutating func start(_ header: UInt8) {
        bytes += [0, 0, 0, 1]
        types.append(header & 0x1F)
        if header & 0x1F == 5 { isKey = true }
    }
}
