internal import AV

/// Takes AAC frames out of MP4A-LATM packets, with the configuration in SDP or in band.
///
/// Source: RFC 6416 §6.1, §6.3; ISO/IEC 14496-3 §1.7.3.2.1 AudioMuxElement.
package typealias LATMDepacketizer = FrameDepacketizer<LATMAssembler>

extension FrameDepacketizer<LATMAssembler> {
    /// - Parameters:
    ///   - configuration: of SDP; nil where it comes in band.
    ///   - isInBand: `cpresent`.
    package init(configuration: LATMConfiguration?, isInBand: Bool) {
        self.init(LATMAssembler(configuration: configuration, isInBand: isInBand))
    }
}

package struct LATMAssembler: FrameAssembler {
    private var configuration: LATMConfiguration?
    private let isInBand: Bool

    init(configuration: LATMConfiguration?, isInBand: Bool) {
        self.configuration = configuration
        self.isInBand = isInBand
    }

    /// Collects the AudioMuxElement.
    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        guard !packet.payload.isEmpty else { throw .emptyPayload }
        frame.bytes += packet.payload
    }

    /// Leaves the frame of AAC that is in it.
    package mutating func finish(_ frame: inout MediaFrame) -> Bool {
        var reader = BitReader(frame.bytes[...])
        if isInBand {
            guard let isSame = reader.take(1) else { return false }
            if isSame == 0 {
                guard let read = LATMConfiguration(&reader) else { return false }
                configuration = read
            }
        }
        guard configuration != nil else { return false }
        var length = 0
        while let byte = reader.take(8) {
            length += byte
            guard length <= AACPacketizer.frameLimit else { return false }
            if byte < 255 { break }
        }
        guard length > 0, let bytes = reader.takeBytes(length) else { return false }
        frame.bytes = bytes
        frame.isKey = true
        return true
    }
}
