/// Histograms of oriented gradients over the cells of a small picture.
enum GradientCells {
    /// Directions of a gradient, without sign.
    static let directions = 8
    // Of the directions: multiples of 22.5°.
    private static let cosines = SIMD8<Float>(1, 0.9238795, 0.7071068, 0.3826834, 0, -0.3826834, -0.7071068, -0.9238795)
    private static let sines = SIMD8<Float>(0, 0.3826834, 0.7071068, 0.9238795, 1, 0.9238795, 0.7071068, 0.3826834)
    /// A gradient counts for a direction as far as it is longer along it than this part of its length.
    private static let aperture: Float = 0.72
    /// Steps of luma below which a gradient is noise.
    private static let floor: Float = 6
    private static let limit: Float = 0.5

    /// - Parameters:
    ///   - image: `height × width`, steps of luma.
    ///   - width: pixels.
    ///   - height: pixels.
    ///   - cell: pixels; divides both.
    /// - Returns: `cells × 8`, row-major, each normalised by the energy around it.
    static func histograms(of image: [Float], width: Int, height: Int, cell: Int) -> [Float] {
        let (columns, rows) = (width / cell, height / cell)
        // A ring of cells more, so that pixels of the edge need no test.
        let stride = columns + 2
        var cells = [SIMD8<Float>](repeating: .zero, count: stride * (rows + 2))
        image.withUnsafeBufferPointer { image in
            cells.withUnsafeMutableBufferPointer { cells in
                let share = 1 / Float(cell)
                for y in 0..<height {
                    let above = max(y - 1, 0) * width
                    let below = min(y + 1, height - 1) * width
                    let place = (Float(y) + 0.5) * share + 0.5
                    let row = Int(place)
                    let dy = place - Float(row)
                    for x in 0..<width {
                        let gx = image[y * width + min(x + 1, width - 1)] - image[y * width + max(x - 1, 0)]
                        let gy = image[below + x] - image[above + x]
                        let square = gx * gx + gy * gy
                        guard square > 1 else { continue }
                        let along = gx * cosines + gy * sines
                        let strength = pointwiseMax(along, -along) - aperture * square.squareRoot()
                        let vote = pointwiseMax(strength, .zero)
                        let across = (Float(x) + 0.5) * share + 0.5
                        let column = Int(across)
                        let dx = across - Float(column)
                        let at = row * stride + column
                        cells[at] += vote * ((1 - dx) * (1 - dy))
                        cells[at + 1] += vote * (dx * (1 - dy))
                        cells[at + stride] += vote * ((1 - dx) * dy)
                        cells[at + stride + 1] += vote * (dx * dy)
                    }
                }
            }
        }
        let energy = cells.map { ($0 * $0).sum() }
        var result = [Float]()
        result.reserveCapacity(columns * rows * directions)
        let base = floor * Float(cell * cell) * 0.1
        for row in 1...rows {
            for column in 1...columns {
                var around: Float = base * base
                for y in row - 1...row + 1 {
                    for x in column - 1...column + 1 { around += energy[y * stride + x] }
                }
                let normal = pointwiseMin(
                    cells[row * stride + column] * (3 / around.squareRoot()), SIMD8(repeating: 3 * limit))
                for index in 0..<directions { result.append(normal[index]) }
            }
        }
        return result
    }
}
