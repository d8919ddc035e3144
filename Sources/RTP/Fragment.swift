/// One RTP payload as a few bytes of head and a range of shared bytes, so that no payload is copied to plan it.
package struct Fragment: Hashable, Sendable {
    /// Payload bytes in front of `bytes`: FU indicator and header, STAP-A, or AU headers; often empty.
    package var head: [UInt8]
    /// How many bytes of `head` are an RTP header extension, which the X bit of the RTP header has to announce; mostly 0.
    package var extensionLength: Int
    /// Where the rest of the payload lies in the bytes that were packetised.
    package var bytes: Range<Int>
    /// RTP marker bit: the last packet of an access unit.
    package var marker: Bool

    package init(head: [UInt8] = [], extensionLength: Int = 0, bytes: Range<Int>, marker: Bool) {
        self.head = head
        self.extensionLength = extensionLength
        self.bytes = bytes
        self.marker = marker
    }

    /// Bytes behind the fixed RTP header.
    package var count: Int { head.count + bytes.count }
}

/// Largest RTP payload that our packets carry, bytes: an Ethernet MTU of 1500 less IPv6, UDP and RTP heads (40 + 8 + 12)
/// leaves 1440; 1400 leaves room for tunnels.
package let defaultPayloadLimit = 1400
