/// A square of smooth chance that fits itself on all sides; the stuff of which textures are made.
struct NoiseTile: Sendable {
    /// Texels.
    let size: Int
    /// `size × size`, about -1…1.
    let values: [Float]

    /// - Parameters:
    ///   - size: a power of two, texels.
    ///   - seed: fixes it.
    ///   - cells: texels between the chances of each octave, from coarse to fine; powers of two.
    ///   - fall: how much less each finer octave counts.
    init(size: Int, seed: UInt64, cells: [Int], fall: Float) {
        self.size = size
        var sums = [Float](repeating: 0, count: size * size)
        var (weight, total): (Float, Float) = (1, 0)
        for (octave, cell) in cells.enumerated() {
            Self.add(&sums, size, cell, weight, seed &+ UInt64(octave) &* 0x9E37)
            total += weight
            weight *= fall
        }
        let scale = 1.5 / total
        sums.withUnsafeMutableBufferPointer { sums in
            var i = 0
            while i < sums.count {
                sums[i] *= scale
                i += 1
            }
        }
        values = sums
    }

    private static func add(_ sums: inout [Float], _ size: Int, _ cell: Int, _ weight: Float, _ seed: UInt64) {
        let count = size / cell
        var random = SeededRandom(seed: seed)
        let lattice = (0..<count * count).map { _ in Float(random.number(in: -1...1)) * weight }
        let curve = (0..<cell).map { step in
            let t = Float(step) / Float(cell)
            return t * t * (3 - 2 * t)
        }
        sums.withUnsafeMutableBufferPointer { sums in
            lattice.withUnsafeBufferPointer { lattice in
                curve.withUnsafeBufferPointer { curve in
                    var y = 0
                    while y < size {
                        let upper = y / cell * count
                        let lower = (y / cell + 1) % count * count
                        let down = curve[y % cell]
                        var (x, column) = (y * size, 0)
                        while column < count {
                            let next = column + 1 == count ? 0 : column + 1
                            let left =
                                lattice[upper + column] + (lattice[lower + column] - lattice[upper + column]) * down
                            let right = lattice[upper + next] + (lattice[lower + next] - lattice[upper + next]) * down
                            var i = 0
                            while i < cell {
                                sums[x] += left + (right - left) * curve[i]
                                x += 1
                                i += 1
                            }
                            column += 1
                        }
                        y += 1
                    }
                }
            }
        }
    }

    /// At a texel, wrapped.
    func callAsFunction(_ x: Int, _ y: Int) -> Float { values[(y & (size - 1)) * size + (x & (size - 1))] }
}
