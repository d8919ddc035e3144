/// Large soft differences of brightness that keep textures from looking repeated.
struct Stains: @unchecked Sendable {
    // Unchecked: what the pointer shows never changes after `init`, and is never freed.
    private let values: UnsafePointer<Float>

    private static let side = 64
    /// To a metre.
    private static let cells: Float = 0.37

    static let shared = Stains()

    private init() {
        let tile = NoiseTile(size: Self.side, seed: 21, cells: [16, 8, 4, 2, 1], fall: 0.85)
        let values = UnsafeMutablePointer<Float>.allocate(capacity: Self.side * Self.side)
        for (index, value) in tile.values.enumerated() { values[index] = 1 + 0.085 * value }
        self.values = UnsafePointer(values)
    }

    /// Around 1, at metres of a plane.
    @inline(__always)
    func factor(_ u: Double, _ v: Double) -> Float {
        let (x, y) = (Float(u) * Self.cells, Float(v) * Self.cells)
        let (column, row) = (
            Int(truncatingIfNeeded: Int32(x + 65536) &- 65536), Int(truncatingIfNeeded: Int32(y + 65536) &- 65536)
        )
        let (partX, partY) = (x - Float(column), y - Float(row))
        let last = Self.side - 1
        let (x0, x1) = (column & last, (column &+ 1) & last)
        let (y0, y1) = ((row & last) &* Self.side, ((row &+ 1) & last) &* Self.side)
        let upper = values[y0 &+ x0] + (values[y0 &+ x1] - values[y0 &+ x0]) * partX
        let lower = values[y1 &+ x0] + (values[y1 &+ x1] - values[y1 &+ x0]) * partX
        return upper + (lower - upper) * partY
    }
}
