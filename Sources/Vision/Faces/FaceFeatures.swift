package import Pictures

/// What tells one drawn face from another, as numbers that no training has touched yet.
package enum FaceFeatures {
    /// Kinds of numbers, in their order.
    package enum Group: CaseIterable, Sendable {
        /// Oriented gradients of the chart in cells of 4 × 4 pixels.
        case gradients
        /// Local binary patterns of the chart, histograms of 8 × 8 pixels.
        case patterns
        /// Lowest frequencies of the chart, mean and spread taken out.
        case cosines
        /// Chroma over brightness on the chart.
        case tints
        /// The head with its hair from outside, mean and spread taken out, at half of the size.
        case outline
        /// Chroma over brightness around the head.
        case outlineTints

        package var count: Int {
            switch self {
            case .gradients: FaceChart.width / 4 * (FaceChart.height / 4) * GradientCells.directions
            case .patterns: FaceChart.width / 8 * (FaceChart.height / 8) * FaceFeatures.patternKinds
            case .cosines: FaceFeatures.waves * FaceFeatures.waves
            case .tints: FaceChart.width / 4 * (FaceChart.height / 4) * 2
            case .outline: FaceChart.outlineSide / 2 * (FaceChart.outlineSide / 2)
            case .outlineTints: FaceChart.outlineSide / 4 * (FaceChart.outlineSide / 4) * 2
            }
        }

        /// Its places among all numbers.
        package var range: Range<Int> {
            var start = 0
            for group in Self.allCases {
                if group == self { break }
                start += group.count
            }
            return start..<start + count
        }
    }

    /// Numbers in all: 2,019.
    package static let count = Group.allCases.reduce(0) { $0 + $1.count }

    static let patternKinds = 10
    static let waves = 15

    /// - Returns: `count` numbers of about the same size each.
    package static func numbers(of picture: YUVPicture, pose: FacePose) -> [Float] {
        let chart = FaceChart(FacePatch(picture, around: pose, reach: FaceChart.outlineReach * 1.45), pose: pose)
        var numbers: [Float] = []
        numbers.reserveCapacity(count)
        numbers += GradientCells.histograms(
            of: chart.luma, width: FaceChart.width, height: FaceChart.height, cell: 4)
        numbers += patterns(chart.luma)
        numbers += cosines(standardised(chart.luma))
        numbers += chart.tints.map { $0 * 4 }
        let outline = standardised(chart.outline)
        let side = FaceChart.outlineSide
        for y in stride(from: 0, to: side, by: 2) {
            for x in stride(from: 0, to: side, by: 2) {
                let at = y * side + x
                numbers.append((outline[at] + outline[at + 1] + outline[at + side] + outline[at + side + 1]) / 4)
            }
        }
        numbers += chart.outlineTints.map { $0 * 4 }
        return numbers
    }

    /// Mean 0 and spread 1; where there is nothing to see, nearly 0.
    static func standardised(_ values: [Float]) -> [Float] {
        let count = Float(max(values.count, 1))
        var (sum, squares): (Float, Float) = (0, 0)
        for value in values {
            sum += value
            squares += value * value
        }
        let mean = sum / count
        let scale = 1 / (max(0, squares / count - mean * mean).squareRoot() + 2)
        return values.map { ($0 - mean) * scale }
    }

    /// Uniform local binary patterns by the number of brighter neighbours, and one kind for all others; roots of shares.
    private static func patterns(_ luma: [Float]) -> [Float] {
        let (width, height) = (FaceChart.width, FaceChart.height)
        let columns = width / 8
        var histogram = [Float](repeating: 0, count: columns * (height / 8) * patternKinds)
        luma.withUnsafeBufferPointer { luma in
            for y in 0..<height {
                let (above, below) = (max(y - 2, 0) * width, min(y + 2, height - 1) * width)
                for x in 0..<width {
                    let (before, after) = (max(x - 2, 0), min(x + 2, width - 1))
                    // Flat paint with a little noise is flat.
                    let bright = luma[y * width + x] + 4
                    var code = 0
                    if luma[above + before] > bright { code |= 1 }
                    if luma[above + x] > bright { code |= 2 }
                    if luma[above + after] > bright { code |= 4 }
                    if luma[y * width + after] > bright { code |= 8 }
                    if luma[below + after] > bright { code |= 16 }
                    if luma[below + x] > bright { code |= 32 }
                    if luma[below + before] > bright { code |= 64 }
                    if luma[y * width + before] > bright { code |= 128 }
                    let turned = (code >> 1) | (code & 1) << 7
                    let kind = (code ^ turned).nonzeroBitCount <= 2 ? code.nonzeroBitCount : 9
                    histogram[(y / 8 * columns + x / 8) * patternKinds + kind] += 1
                }
            }
        }
        return histogram.map { ($0 / 64).squareRoot() }
    }

    private static let waveTables = (across: waveTable(FaceChart.width), down: waveTable(FaceChart.height))

    /// `waves × count`.
    private static func waveTable(_ count: Int) -> [Float] {
        (0..<waves * count).map { index in
            let (wave, place) = (Float(index / count), Float(index % count) + 0.5)
            return cosine(.pi * wave * place / Float(count)) * (2 / Float(count)).squareRoot()
        }
    }

    /// The lowest 15 × 15 of the discrete cosine transform.
    private static func cosines(_ image: [Float]) -> [Float] {
        let (width, height) = (FaceChart.width, FaceChart.height)
        var rows = [Float](repeating: 0, count: waves * width)
        var result = [Float](repeating: 0, count: waves * waves)
        image.withUnsafeBufferPointer { image in
            waveTables.down.withUnsafeBufferPointer { down in
                rows.withUnsafeMutableBufferPointer { rows in
                    for wave in 0..<waves {
                        for y in 0..<height {
                            let factor = down[wave * height + y]
                            for x in 0..<width { rows[wave * width + x] += factor * image[y * width + x] }
                        }
                    }
                }
            }
        }
        for wave in 0..<waves {
            for other in 0..<waves {
                var sum: Float = 0
                for x in 0..<width { sum += rows[wave * width + x] * waveTables.across[other * width + x] }
                result[wave * waves + other] = sum * 0.25
            }
        }
        return result
    }
}
