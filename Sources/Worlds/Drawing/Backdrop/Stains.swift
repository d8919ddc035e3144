/// Large soft differences of brightness that keep textures from looking repeated.
enum Stains {
    private static let side = 64
    /// Metres.
    private static let cell = 2.7

    nonisolated(unsafe) private static let values: UnsafePointer<Float> = {
        // Unsafe: nothing changes after this.
        let tile = NoiseTile(size: side, seed: 21, cells: [16, 8, 4, 2, 1], fall: 0.85)
        let values = UnsafeMutablePointer<Float>.allocate(capacity: side * side)
        for (index, value) in tile.values.enumerated() { values[index] = 1 + 0.085 * value }
        return UnsafePointer(values)
    }()

    /// Around 1, at metres of a plane.
    static func factor(_ u: Double, _ v: Double) -> Float {
        let (x, y) = (Float(u / cell), Float(v / cell))
        let (column, row) = (Int(x + 65536) - 65536, Int(y + 65536) - 65536)
        let (partX, partY) = (x - Float(column), y - Float(row))
        let (x0, x1) = (column & (side - 1), (column + 1) & (side - 1))
        let (y0, y1) = ((row & (side - 1)) * side, ((row + 1) & (side - 1)) * side)
        let values = values
        let upper = values[y0 + x0] + (values[y0 + x1] - values[y0 + x0]) * partX
        let lower = values[y1 + x0] + (values[y1 + x1] - values[y1 + x0]) * partX
        return upper + (lower - upper) * partY
    }
}
