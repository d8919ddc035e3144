/// Sound whose packets are frames: G.711, G.726, Opus.
///
/// Source: RFC 3551 §4.5; RFC 7587 §4.2.
package struct SampleDepacketizer: Depacketizer {
    private var order = PacketOrder()

    package init() {}

    package mutating func receive(_ packet: RTPPacket) throws(DepacketizerError) -> [MediaFrame] {
        let result: Result<[MediaFrame], DepacketizerError> =
            packet.payload.isEmpty
            ? .failure(.emptyPayload)
            : .success([
                MediaFrame(timestamp: packet.header.timestamp, bytes: Array(packet.payload), isKey: true)
            ])
        return try order.report(packet, result)
    }
}

/// Reports gaps, and hands what came with one over with the next packet.
struct PacketOrder: Sendable {
    private var next: UInt16?
    private var ready: [MediaFrame] = []

    /// Whether packets are missing in front of this one.
    func isGap(_ packet: RTPPacket) -> Bool { next.map { $0 != packet.header.sequenceNumber } ?? false }

    mutating func report(
        _ packet: RTPPacket, _ result: Result<[MediaFrame], DepacketizerError>
    ) throws(DepacketizerError) -> [MediaFrame] {
        let expected = next
        next = packet.header.sequenceNumber &+ 1
        if let expected, expected != packet.header.sequenceNumber {
            ready += (try? result.get()) ?? []
            throw .gap(expected: expected, received: packet.header.sequenceNumber)
        }
        defer { ready = [] }
        return ready + (try result.get())
    }
}
