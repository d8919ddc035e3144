/// Measures outlines: their boxes, their pixels, and how many of these are seen.
final class OutlineGauge {
    private static let side = 1024

    private let raster = PartRaster(width: OutlineGauge.side, height: OutlineGauge.side)
    private let mask: UnsafeMutableBufferPointer<UInt8>
    private var shifted: [SIMD2<Float>] = []

    init() {
        mask = .allocate(capacity: Self.side * Self.side)
        mask.initialize(repeating: 0)
    }

    deinit { mask.deallocate() }

    struct Result {
        var low: SIMD2<Float>
        var high: SIMD2<Float>
        /// Pixels of the whole outline, inside and outside of the picture.
        var whole: Double
        /// Those that carry the mark, and the rectangle of them.
        var seen: Int
        var columns: ClosedRange<Int>?
        var rows: ClosedRange<Int>?
    }

    /// Of convex polygons together (pixels); where they own the mark, every pixel with it is of them, else only those
    /// within the polygons. Nil for nothing.
    func measure(
        _ polygons: [[SIMD2<Float>]], mark: UInt16, on canvas: Canvas, ownsMark: Bool
    ) -> Result? {
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        for polygon in polygons {
            for point in polygon {
                low = pointwiseMin(low, point)
                high = pointwiseMax(high, point)
            }
        }
        guard low.x < high.x, low.y < high.y else { return nil }
        var result = Result(low: low, high: high, whole: 0, seen: 0)
        let origin = SIMD2(low.x.rounded(.down), low.y.rounded(.down))
        let extent = high - origin
        // Where it is too large for the mask, a pixel of the mask stands for several.
        var step: Float = 1
        while max(extent.x, extent.y) / step > Float(Self.side - 2) { step *= 2 }
        let (width, height) = (Int(extent.x / step) + 1, Int(extent.y / step) + 1)
        for polygon in polygons {
            shifted.removeAll(keepingCapacity: true)
            for point in polygon { shifted.append((point - origin) / step) }
            raster.mark(shifted, into: mask, stride: Self.side)
        }
        let (left, top) = (Int(origin.x), Int(origin.y))
        guard let marks = canvas.marks else { return nil }
        var total = 0
        for row in 0..<height {
            for column in 0..<width where mask[row * Self.side + column] != 0 {
                total += 1
                mask[row * Self.side + column] = 0
                guard !ownsMark else { continue }
                let (x, y) = (left + Int((Float(column) + 0.5) * step), top + Int((Float(row) + 0.5) * step))
                if x >= 0, y >= 0, x < canvas.width, y < canvas.height, marks[y * canvas.width + x] == mark {
                    result.add(x, y)
                }
            }
        }
        result.whole = Double(total) * Double(step * step)
        guard ownsMark else {
            result.seen *= Int(step * step)
            return result
        }
        // All pixels of the mark around its box are of it.
        let (firstRow, lastRow) = (max(top - 2, 0), min(Int(high.y) + 2, canvas.height - 1))
        let (first, last) = (max(left - 2, 0), min(Int(high.x) + 2, canvas.width - 1))
        guard firstRow <= lastRow, first <= last else { return result }
        for y in firstRow...lastRow {
            for x in first...last where marks[y * canvas.width + x] == mark { result.add(x, y) }
        }
        return result
    }
}

extension OutlineGauge.Result {
    mutating func add(_ x: Int, _ y: Int) {
        seen += 1
        columns = columns.map { min($0.lowerBound, x)...max($0.upperBound, x) } ?? x...x
        rows = rows.map { min($0.lowerBound, y)...max($0.upperBound, y) } ?? y...y
    }
}
