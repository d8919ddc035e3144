/// Numbers and protects the packets of one source under a key that may change.
///
/// Source: RFC 3711 §3.3 SRTP Packet Processing, §3.4 Secure RTCP.
package struct SRTPSender: Sendable {
    package private(set) var keys: SRTPSessionKeys
    private var index: PacketIndex
    /// Number of the next RTCP packet.
    private var controlIndex: UInt32 = 1

    /// - Parameters:
    ///   - keys: of the first packets.
    ///   - rolloverCounter: that of the first packet.
    package init(_ keys: SRTPSessionKeys, rolloverCounter: UInt32 = 0) {
        self.keys = keys
        index = PacketIndex(rolloverCounter: rolloverCounter)
    }

    /// That of the next packet, as long as its sequence number does not wrap.
    package var rolloverCounter: UInt32 { index.rolloverCounter }

    /// Goes on with another key; the numbers go on, too (ONVIF Streaming 25.12 §Client Re-Keying with MIKEY).
    package mutating func rekey(_ keys: SRTPSessionKeys) { self.keys = keys }

    /// - Throws: `tooShort` or `wrongVersion`; the numbers stay.
    package mutating func protect(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> [UInt8] {
        guard packet.count >= 12 else { throw .tooShort(bytes: packet.count) }
        let sequenceNumber = packet.number16(at: 2)
        let counter = index.rolloverCounter(of: sequenceNumber)
        let bytes = try keys.protect(packet, rolloverCounter: counter)
        index.take(sequenceNumber, rolloverCounter: counter)
        return bytes
    }

    /// - Throws: `tooShort`, `wrongVersion` or `keyExhausted`; the number stays.
    package mutating func protectControl(_ packet: ArraySlice<UInt8>) throws(SRTPError) -> [UInt8] {
        let bytes = try keys.protectControl(packet, index: controlIndex)
        controlIndex += 1
        return bytes
    }
}
