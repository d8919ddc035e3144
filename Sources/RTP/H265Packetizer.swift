/// Splits the NAL units of an H.265 access unit into RTP payloads, without decoding order numbers.
///
/// Source: RFC 7798 §4.4.1 (single NAL unit packet), §4.4.2 (aggregation packet), §4.4.3 (fragmentation unit).
package struct H265Packetizer: Sendable {
    /// Types of NAL unit that only RTP has.
    static let aggregation: UInt8 = 48
    static let fragmentation: UInt8 = 49
    /// Payload header and FU header, bytes.
    private static let headLength = 3

    /// Bytes of an RTP payload at most; at least 4.
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 4.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit > Self.headLength, "a fragment needs three bytes of head and one of payload")
        self.payloadLimit = payloadLimit
    }

    /// - Parameters:
    ///   - parameterSets: VPS, SPS and PPS to send in front (as one aggregation packet if they fit, else each by itself or
    ///     not at all when one alone exceeds the limit, since SDP carries them too).
    ///   - nalUnits: ranges of `bytes` with at least two bytes each, header first.
    ///   - bytes: what the ranges point into.
    /// - Returns: payloads in sending order, the last one with the marker.
    package func fragments(
        parameterSets: [[UInt8]] = [], nalUnits: some Sequence<Range<Int>>, in bytes: [UInt8]
    ) -> [Fragment] {
        var fragments = self.parameterSets(parameterSets)
        for unit in nalUnits { append(unit, in: bytes, to: &fragments) }
        if let last = fragments.indices.last { fragments[last].marker = true }
        return fragments
    }

    private func append(_ unit: Range<Int>, in bytes: [UInt8], to fragments: inout [Fragment]) {
        guard unit.count > payloadLimit else {
            fragments.append(Fragment(bytes: unit, marker: false))
            return
        }
        let (first, second) = (bytes[unit.lowerBound], bytes[unit.lowerBound + 1])
        // F and the highest bit of LayerId stay, the type is that of fragmentation units.
        let header = first & 0x81 | Self.fragmentation << 1
        let step = payloadLimit - Self.headLength
        for start in stride(from: unit.lowerBound + 2, to: unit.upperBound, by: step) {
            let part = start..<min(start + step, unit.upperBound)
            let isFirst: UInt8 = start == unit.lowerBound + 2 ? 0x80 : 0
            let isLast: UInt8 = part.upperBound == unit.upperBound ? 0x40 : 0
            fragments.append(
                Fragment(head: [header, second, isFirst | isLast | first >> 1 & 0x3F], bytes: part, marker: false))
        }
    }

    private func parameterSets(_ sets: [[UInt8]]) -> [Fragment] {
        let size = sets.reduce(2) { $0 + 2 + $1.count }
        guard sets.count > 1, size <= payloadLimit else {
            return sets.filter { $0.count <= payloadLimit }.map { Fragment(head: $0, bytes: 0..<0, marker: false) }
        }
        // Parameter sets have layer 0 and the lowest TemporalId, 0, which is written as 1.
        var head: [UInt8] = [Self.aggregation << 1, 1]
        for set in sets {
            head.append(UInt16(set.count))
            head += set
        }
        return [Fragment(head: head, bytes: 0..<0, marker: false)]
    }
}
