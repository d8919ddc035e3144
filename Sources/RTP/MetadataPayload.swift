/// Documents of a metadata stream in RTP payloads; the last packet of a document has the marker.
///
/// Source: ONVIF Streaming 26.06 "RTP for Metadata stream".
package struct MetadataPacketizer: Sendable {
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 1.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit >= 1, "a packet needs a byte of payload")
        self.payloadLimit = payloadLimit
    }

    /// - Parameter document: where it lies; compressed whole, where it is compressed. At least one byte.
    /// - Returns: payloads in sending order.
    package func fragments(of document: Range<Int>) -> [Fragment] {
        stride(from: document.lowerBound, to: document.upperBound, by: payloadLimit).map { start in
            let end = min(start + payloadLimit, document.upperBound)
            return Fragment(bytes: start..<end, marker: end == document.upperBound)
        }
    }
}
