/// Splits the NAL units of an access unit into RTP payloads, packetization-mode 1.
///
/// Source: RFC 6184 §5.6 (single NAL unit packet), §5.7.1 (STAP-A), §5.8 (FU-A).
package struct H264Packetizer: Sendable {
    /// Bytes of an RTP payload at most; at least 3, for an FU-A with one byte.
    package let payloadLimit: Int

    /// - Precondition: `payloadLimit` is at least 3.
    package init(payloadLimit: Int = defaultPayloadLimit) {
        precondition(payloadLimit >= 3, "an FU-A packet needs two bytes of head and one of payload")
        self.payloadLimit = payloadLimit
    }

    /// - Parameters:
    ///   - parameterSets: SPS and PPS to send in front (as one STAP-A if they fit, else each by itself or not at all
    ///     when one alone exceeds the limit, since SDP carries them too).
    ///   - nalUnits: ranges of `bytes`, header byte first; empty ones are an error of the caller.
    ///   - bytes: what the ranges point into.
    /// - Returns: payloads in sending order, the last one with the marker.
    package func fragments(
        parameterSets: [[UInt8]] = [], nalUnits: some Sequence<Range<Int>>, in bytes: [UInt8]
    ) -> [Fragment] {
        var fragments = self.parameterSets(parameterSets)
        for unit in nalUnits {
            append(unit, header: bytes[unit.lowerBound], to: &fragments)
        }
        if let last = fragments.indices.last { fragments[last].marker = true }
        return fragments
    }

    private func append(_ unit: Range<Int>, header: UInt8, to fragments: inout [Fragment]) {
        guard unit.count > payloadLimit else {
            fragments.append(Fragment(bytes: unit, marker: false))
            return
        }
        let indicator = header & 0xE0 | 28
        for start in stride(from: unit.lowerBound + 1, to: unit.upperBound, by: payloadLimit - 2) {
            let part = start..<min(start + payloadLimit - 2, unit.upperBound)
            let isFirst: UInt8 = start == unit.lowerBound + 1 ? 0x80 : 0
            let isLast: UInt8 = part.upperBound == unit.upperBound ? 0x40 : 0
            fragments.append(Fragment(head: [indicator, isFirst | isLast | header & 0x1F], bytes: part, marker: false))
        }
    }

    private func parameterSets(_ sets: [[UInt8]]) -> [Fragment] {
        let size = sets.reduce(1) { $0 + 2 + $1.count }
        guard sets.count > 1, size <= payloadLimit else {
            return sets.filter { $0.count <= payloadLimit }.map { Fragment(head: $0, bytes: 0..<0, marker: false) }
        }
        // F and NRI of the aggregate: the highest NRI within.
        var head: [UInt8] = [(sets.map { $0[0] & 0x60 }.max() ?? 0) | 24]
        for set in sets {
            head.append(UInt16(set.count))
            head += set
        }
        return [Fragment(head: head, bytes: 0..<0, marker: false)]
    }
}
