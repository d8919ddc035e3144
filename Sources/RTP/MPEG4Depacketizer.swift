internal import AV

/// Puts MPEG-4 part 2 pictures together again from MP4V-ES packets.
///
/// Source: RFC 6416 §5.1 (marker), §5.2.
package typealias MPEG4Depacketizer = FrameDepacketizer<MPEG4Assembler>

extension FrameDepacketizer<MPEG4Assembler> {
    package init() { self.init(MPEG4Assembler()) }
}

package struct MPEG4Assembler: FrameAssembler {
    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        guard !packet.payload.isEmpty else { throw .emptyPayload }
        if frame.bytes.isEmpty, !canStart(with: packet) { throw .malformed(type: 0) }
        frame.bytes += packet.payload
    }

    package mutating func finish(_ frame: inout MediaFrame) -> Bool {
        frame.isKey = MPEG4StartCode.startsWithKey(frame.bytes)
        return !frame.bytes.isEmpty
    }

    package func canStart(with packet: RTPPacket) -> Bool { packet.payload.starts(with: [0, 0, 1]) }
}
