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

/// How the documents of a metadata stream are written.
///
/// Source: ONVIF Streaming 26.06 "RTSP session for a metadata stream".
package enum MetadataCompression: String, CaseIterable, Hashable, Sendable {
    case none = "vnd.onvif.metadata"
    case gzip = "vnd.onvif.metadata+gzip"
    case exi = "vnd.onvif.metadata.exi.ext"

    /// - Parameter encodingName: of `rtpmap`; names of earlier editions are known too.
    package init?(encodingName: String) {
        switch encodingName.lowercased() {
        case "vnd.onvif.metadata": self = .none
        case "vnd.onvif.metadata+gzip", "vnd.onvif.metadata.gzip": self = .gzip
        case "vnd.onvif.metadata.exi.ext", "vnd.onvif.metadata.exi.onvif": self = .exi
        default: return nil
        }
    }
}

extension PayloadFormat {
    package static let metadataPayloadType: UInt8 = 98

    package static func metadata(_ compression: MetadataCompression = .none) -> PayloadFormat {
        PayloadFormat(
            payloadType: metadataPayloadType, encodingName: compression.rawValue, clockRate: videoClockRate)
    }
}

/// Puts documents together again; each is one frame, as it was sent.
package typealias MetadataDepacketizer = FrameDepacketizer<MetadataAssembler>

extension FrameDepacketizer<MetadataAssembler> {
    package init() { self.init(MetadataAssembler()) }
}

package struct MetadataAssembler: FrameAssembler {
    /// Largest document that is put together, bytes. The specification knows no limit; scenes of one second are some kB.
    package static let documentLimit = 1 << 20

    package static let ignoresTime = true

    /// Whether the stream's first packet has been seen, which may be in the middle of a document.
    private var hasBegun = false

    package mutating func add(_ packet: RTPPacket, to frame: inout MediaFrame) throws(DepacketizerError) {
        defer { hasBegun = true }
        guard hasBegun || canStart(with: packet) else { throw .malformed(type: 0) }
        guard frame.bytes.count + packet.payload.count <= Self.documentLimit else {
            throw .tooLarge(limit: Self.documentLimit)
        }
        frame.bytes += packet.payload
        frame.isKey = true
    }

    /// A document begins with markup, a compressed one with the magic of gzip or EXI.
    package func canStart(with packet: RTPPacket) -> Bool {
        let starts: [[UInt8]] = [Array("<".utf8), [0xEF, 0xBB, 0xBF], [0x1F, 0x8B], Array("$EXI".utf8)]
        // The first two bits of EXI without its cookie are 10.
        return starts.contains { packet.payload.starts(with: $0) } || (packet.payload.first ?? 0) >> 6 == 2
    }
}
