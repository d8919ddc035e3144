import Pictures

/// What coding as JPEG takes from a picture: rounding of its 8 × 8 cosine transforms, without the bytes.
///
/// Source: ITU-T T.81 §A.3.3 (transform), Annex K.1 (tables); the scale by quality is that of the Independent JPEG Group.
struct JPEGLoss {
    private let luma: [Float]
    private let chroma: [Float]

    /// `quality`: 1…100.
    init(quality: Int) {
        let scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
        func scaled(_ table: [Int]) -> [Float] { table.map { Float(min(max(($0 * scale + 50) / 100, 1), 255)) } }
        luma = scaled(Self.lumaTable)
        chroma = scaled(Self.chromaTable)
    }

    private static let lumaTable = [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ]
    private static let chromaTable = [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ]

    func apply(to picture: inout YUVPicture) {
        // JFIF codes full range: 255 steps for our 219 of luma and 224 of chroma.
        Self.apply(luma, to: &picture.luma, picture.width, picture.height, low: 16, range: 219)
        Self.apply(chroma, to: &picture.blue, picture.chromaWidth, picture.chromaHeight, low: 16, range: 224)
        Self.apply(chroma, to: &picture.red, picture.chromaWidth, picture.chromaHeight, low: 16, range: 224)
    }

    /// `cosines[frequency][place]`, scaled so that rows are of length 1.
    private static let cosines: [SIMD8<Float>] = (0..<8).map { frequency in
        var row = SIMD8<Float>.zero
        for place in 0..<8 {
            let half = Double((2 * place + 1) * frequency % 32)
            row[place] = Float(cosine(half) * (frequency == 0 ? 0.125 : 0.25).squareRoot())
        }
        return row
    }

    /// Of 1/16 of a half turn: exact enough sums of a series.
    private static func cosine(_ sixteenths: Double) -> Double {
        let folded = sixteenths > 16 ? 32 - sixteenths : sixteenths
        let x = (folded > 8 ? 16 - folded : folded) * .pi / 16
        let s = x * x
        let value = 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90 * (1 - s / 132)))))
        return folded > 8 ? -value : value
    }

    private static func apply(
        _ table: [Float], to plane: inout [UInt8], _ width: Int, _ height: Int, low: Float, range: Float
    ) {
        let stretch = 255 / range
        var rows = [SIMD8<Float>](repeating: .zero, count: 8)
        var half = rows
        for top in stride(from: 0, to: height, by: 8) {
            for left in stride(from: 0, to: width, by: 8) {
                for y in 0..<8 {
                    let row = min(top + y, height - 1) * width
                    for x in 0..<8 { rows[y][x] = (Float(plane[row + min(left + x, width - 1)]) - low) * stretch - 128 }
                }
                // Down the columns, then along the rows.
                for v in 0..<8 {
                    var sum = SIMD8<Float>.zero
                    for y in 0..<8 { sum += rows[y] * cosines[v][y] }
                    var coded = SIMD8<Float>.zero
                    for u in 0..<8 {
                        let step = table[v * 8 + u]
                        coded[u] = ((sum * cosines[u]).sum() / step).rounded() * step
                    }
                    half[v] = coded
                }
                for v in 0..<8 {
                    var row = SIMD8<Float>.zero
                    for u in 0..<8 { row += cosines[u] * half[v][u] }
                    half[v] = row
                }
                for y in 0..<min(8, height - top) {
                    var row = SIMD8<Float>.zero
                    for v in 0..<8 { row += half[v] * cosines[v][y] }
                    for x in 0..<min(8, width - left) {
                        let value = min(max(row[x] + 128, 0), 255) / stretch + low
                        plane[(top + y) * width + left + x] = UInt8(min(max(value.rounded(), 0), 255))
                    }
                }
            }
        }
    }
}
