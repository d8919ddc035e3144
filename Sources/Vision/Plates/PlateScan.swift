/// Slides windows of several sizes over a part of a picture and tells those that may show a plate.
struct PlateScan {
    /// Cells of a window; a plate fills all but a rim of one cell.
    static let columns = 12
    static let rows = 5
    static let count = columns * rows * 4
    /// A plate's height over its width as windows have it, and so the shape of cells.
    static let shape: Float = 0.24
    /// Steps of luma that a cell's luma changes from pixel to pixel at least, on the mean of a window's middle.
    static let leastChange: Float = 2.2

    /// Sums over all that is above and to the left, of luma, changes across and down; and of blue.
    private let width: Int
    private let height: Int
    private let sums: [[Int32]]
    private let blueWidth: Int
    private let blueSums: [Int32]
    /// Of a pixel here in pixels of the picture, and where the corner is.
    let scale: Float
    let left: Float
    let top: Float

    init(_ scene: PlateScene, half: Bool) {
        let plane = half ? scene.half : scene.full
        (width, height) = (plane.width, plane.height)
        scale = half ? 2 : 1
        (left, top) = (Float(plane.left) * scale, Float(plane.top) * scale)
        blueWidth = scene.blue.width
        blueSums = Self.sums(scene.blue)
        sums = [Self.sums(plane), Self.changes(plane, down: false), Self.changes(plane, down: true)]
    }

    private static func sums(_ plane: PlateScene.Plane) -> [Int32] {
        let (width, height, stride) = (plane.width, plane.height, plane.width + 1)
        return [Int32](unsafeUninitializedCapacity: stride * (height + 1)) { out, count in
            plane.values.withUnsafeBufferPointer { source in
                for x in 0..<stride { out[x] = 0 }
                for row in 0..<height {
                    let (from, to) = (row * width, (row + 1) * stride)
                    var line: Int32 = 0
                    out[to] = 0
                    for x in 0..<width {
                        line &+= Int32(source[from + x])
                        out[to + x + 1] = out[to - stride + x + 1] &+ line
                    }
                }
            }
            count = stride * (height + 1)
        }
    }

    /// Sums of what luma changes to the next pixel.
    private static func changes(_ plane: PlateScene.Plane, down: Bool) -> [Int32] {
        let (width, height, stride) = (plane.width, plane.height, plane.width + 1)
        let next = down ? width : 1
        return [Int32](unsafeUninitializedCapacity: stride * (height + 1)) { out, count in
            plane.values.withUnsafeBufferPointer { source in
                for x in 0..<stride { out[x] = 0 }
                for row in 0..<height {
                    let (from, to) = (row * width, (row + 1) * stride)
                    // At the last row and column nothing changes.
                    let end = down ? (row + 1 < height ? width : 0) : width - 1
                    var line: Int32 = 0
                    out[to] = 0
                    for x in 0..<end {
                        line &+= abs(Int32(source[from + x + next]) &- Int32(source[from + x]))
                        out[to + x + 1] = out[to - stride + x + 1] &+ line
                    }
                    for x in end..<width { out[to + x + 1] = out[to - stride + x + 1] &+ line }
                }
            }
            count = stride * (height + 1)
        }
    }

    /// Means of cells over a part of the picture, in four layers.
    struct Grid {
        var columns: Int
        var rows: Int
        /// `4 × rows × columns`.
        var cells: [Float]
    }

    /// Cells from a place of the picture; those that reach beyond what was cut out are as its rim is.
    func grid(x: Float, y: Float, plateWidth: Float, columns: Int, rows: Int) -> Grid {
        let cell = SIMD2<Float>(
            plateWidth / Float(Self.columns - 2), plateWidth * Self.shape / Float(Self.rows - 2))
        func edges(_ from: Float, _ step: Float, _ count: Int, _ limit: Int, _ scale: Float) -> [Int] {
            (0...count).map { min(max(Int(((from + step * Float($0)) / scale).rounded()), 0), limit) }
        }
        var cells = [Float](repeating: 0, count: 4 * columns * rows)
        func fill(_ sums: [Int32], _ stride: Int, _ xs: [Int], _ ys: [Int], _ layer: Int) {
            let limitX = stride - 1
            let limitY = sums.count / stride - 1
            sums.withUnsafeBufferPointer { sums in
                for row in 0..<rows {
                    let (y0, y1) = Self.span(ys[row], ys[row + 1], limitY)
                    for column in 0..<columns {
                        let (x0, x1) = Self.span(xs[column], xs[column + 1], limitX)
                        let sum =
                            sums[y1 * stride + x1] - sums[y0 * stride + x1] - sums[y1 * stride + x0]
                            + sums[y0 * stride + x0]
                        cells[layer * rows * columns + row * columns + column] =
                            Float(sum) / Float((y1 - y0) * (x1 - x0))
                    }
                }
            }
        }
        let xs = edges(x - left, cell.x, columns, width, scale)
        let ys = edges(y - top, cell.y, rows, height, scale)
        for layer in 0..<3 { fill(sums[layer], width + 1, xs, ys, layer) }
        let blueHeight = blueSums.count / (blueWidth + 1) - 1
        fill(
            blueSums, blueWidth + 1, edges(x - left, cell.x, columns, blueWidth, 2),
            edges(y - top, cell.y, rows, blueHeight, 2), 3)
        return Grid(columns: columns, rows: rows, cells: cells)
    }

    /// At least a pixel.
    @inline(__always) private static func span(_ a: Int, _ b: Int, _ limit: Int) -> (Int, Int) {
        b > a ? (a, b) : a < limit ? (a, a + 1) : (limit - 1, limit)
    }

    /// The numbers of a window, in even light.
    static func look(_ grid: Grid, column: Int, row: Int, into out: UnsafeMutablePointer<Float>) {
        let size = columns * rows
        let layer = grid.columns * grid.rows
        grid.cells.withUnsafeBufferPointer { cells in
            for part in 0..<4 {
                for y in 0..<rows {
                    let from = part * layer + (row + y) * grid.columns + column
                    for x in 0..<columns { out[part * size + y * columns + x] = cells[from + x] }
                }
            }
        }
        var (sum, squares, change) = (Float(0), Float(0), Float(0))
        for index in 0..<size {
            sum += out[index]
            squares += out[index] * out[index]
            change += out[size + index] + out[2 * size + index]
        }
        let mean = sum / Float(size)
        let spread = 1 / max(max(squares / Float(size) - mean * mean, 0).squareRoot(), 3)
        let changes = Float(size) / max(change, Float(size))
        for index in 0..<size {
            out[index] = (out[index] - mean) * spread
            out[size + index] *= changes
            out[2 * size + index] *= changes
            out[3 * size + index] = (out[3 * size + index] - 128) / 16
        }
    }

    /// Whether there is enough in the middle of a window to be signs.
    static func isLively(_ grid: Grid, column: Int, row: Int) -> Bool {
        let layer = grid.columns * grid.rows
        var sum: Float = 0
        let from = layer + (row + rows / 2) * grid.columns + column
        for x in 2..<columns - 2 { sum += grid.cells[from + x] }
        return sum > leastChange * Float(columns - 4)
    }
}
