/// What corners are judged and moved by: a plate's plane and a little around it, in even light.
package struct PlateFeatures {
    /// Of the plane that is looked at.
    private static let u: ClosedRange<Float> = -0.15...1.15
    private static let v: ClosedRange<Float> = -0.6...1.6
    private static let columns = 64
    private static let rows = 24
    /// Numbers: luma of 32 × 12, then how much it changes across and down in 16 × 6 each.
    package static let count = 32 * 12 + 2 * 16 * 6

    private var samples = [Float](repeating: 0, count: columns * rows)
    private(set) var values = [Float](repeating: 0, count: count)

    init() {}

    /// Looks at a quad; the numbers are then in `values`.
    mutating func look(at quad: PlateQuad, in scene: PlateScene) {
        let (columns, rows) = (Self.columns, Self.rows)
        samples.withUnsafeMutableBufferPointer { samples in
            guard let base = samples.baseAddress else { return }
            scene.sample(quad, u: Self.u, v: Self.v, columns: columns, rows: rows, fine: false, into: base)
            var (sum, squares) = (Float(0), Float(0))
            for index in 0..<columns * rows {
                sum += base[index]
                squares += base[index] * base[index]
            }
            let mean = sum / Float(columns * rows)
            let spread = max(squares / Float(columns * rows) - mean * mean, 0).squareRoot()
            let scale = 1 / max(spread, 4)
            values.withUnsafeMutableBufferPointer { values in
                for index in 0..<values.count { values[index] = 0 }
                let (across, down) = (32 * 12, 32 * 12 + 16 * 6)
                for row in 0..<rows {
                    for column in 0..<columns {
                        let at = row * columns + column
                        let here = (base[at] - mean) * scale
                        values[row / 2 * 32 + column / 2] += here * 0.25
                        let cell = row / 4 * 16 + column / 4
                        if column + 1 < columns { values[across + cell] += abs(base[at + 1] - base[at]) * scale / 16 }
                        if row + 1 < rows { values[down + cell] += abs(base[at + columns] - base[at]) * scale / 16 }
                    }
                }
            }
        }
    }
}
