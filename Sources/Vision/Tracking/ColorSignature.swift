/// The colours of somebody from top to bottom: a histogram for each of three bands.
struct ColorSignature: Hashable {
    /// Head, trunk, legs: where each ends as a part of the height.
    static let bands = [0.17, 0.5, 1.0]
    /// Of a histogram: eight steps of luma, blue and red each.
    static let bins = 512

    /// Parts of each band's pixels, band after band; sums to 1 in each that was seen.
    private(set) var parts = [Float](repeating: 0, count: bins * bands.count)
    /// Pictures that it was learnt from.
    private(set) var sightings = 0

    static func band(at part: Double) -> Int { part < bands[0] ? 0 : part < bands[1] ? 1 : 2 }

    @inline(__always)
    static func bin(_ y: UInt8, _ u: UInt8, _ v: UInt8) -> Int {
        // Chroma beyond ±32 is as rare as it is telling: one step for all of it.
        let (blue, red) = (min(max(Int(u) - 96, 0), 63) >> 3, min(max(Int(v) - 96, 0), 63) >> 3)
        return Int(y >> 5) << 6 | blue << 3 | red
    }

    init() {}

    /// - Parameter counts: pixels of each bin, band after band.
    init(counts: [Int32]) {
        for band in Self.bands.indices {
            let range = band * Self.bins..<(band + 1) * Self.bins
            let total = counts[range].reduce(0, +)
            guard total > 0 else { continue }
            for index in range { parts[index] = Float(counts[index]) / Float(total) }
        }
        sightings = 1
    }

    /// Learns another sighting, with the weight that it has among those so far but at least a part.
    mutating func learn(_ other: ColorSignature, least: Float) {
        sightings += 1
        let weight = max(1 / Float(sightings), least)
        for index in parts.indices { parts[index] += (other.parts[index] - parts[index]) * weight }
    }

    /// How likely a pixel of a bin is in a band, with some for colours that were not seen yet.
    @inline(__always)
    func likelihood(band: Int, bin: Int) -> Float { parts[band * Self.bins + bin] + 0.004 }

    /// 0 for different, 1 for same colours: the coefficient of Bhattacharyya, mean of trunk and legs, with less of the
    /// head.
    func similarity(_ other: ColorSignature) -> Double {
        guard sightings > 0, other.sightings > 0 else { return 0.5 }
        var sums = SIMD3<Float>.zero
        for band in Self.bands.indices {
            var sum: Float = 0
            for index in band * Self.bins..<(band + 1) * Self.bins {
                sum += (parts[index] * other.parts[index]).squareRoot()
            }
            sums[band] = sum
        }
        return Double(sums[0] * 0.2 + sums[1] * 0.4 + sums[2] * 0.4)
    }
}
