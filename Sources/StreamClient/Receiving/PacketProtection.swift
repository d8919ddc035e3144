/// Takes the protection off received packets and puts it on what we send; SRTP implements it.
///
/// Each media has its own, called with packets as they came over the wire, in the order of arrival.
/// Source: RFC 3711 §3.3, §3.4.
package protocol PacketProtection: Sendable {
    /// - Returns: the RTP packet in the clear.
    /// - Throws: what is wrong with it; the packet is counted as malformed with these words.
    mutating func unprotectRTP(_ packet: ArraySlice<UInt8>) throws -> ArraySlice<UInt8>
    /// - Returns: the compound RTCP packet in the clear.
    mutating func unprotectRTCP(_ packet: ArraySlice<UInt8>) throws -> ArraySlice<UInt8>
    /// - Returns: the compound packet as it is to be sent.
    mutating func protectRTCP(_ packet: [UInt8]) throws -> [UInt8]
}
