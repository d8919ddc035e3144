/// Pixels that hang together, eight neighbours each.
struct Component: Hashable {
    /// Work pixels, exclusive at the end.
    var columns: Range<Int>
    var rows: Range<Int>
    /// Pixels.
    var area: Int

    var box: VisionBox {
        VisionBox(
            x: Double(columns.lowerBound), y: Double(rows.lowerBound), width: Double(columns.count),
            height: Double(rows.count))
    }
}

/// Finds components of a plane by its runs.
final class ComponentFinder {
    private struct Run {
        var row: Int
        var columns: Range<Int>
        var root: Int
    }

    private var runs: [Run] = []
    /// Components of more are not asked for, fewer pixels are noise.
    private static let runLimit = 60_000

    /// - Parameters:
    ///   - plane: where pixels count that the condition accepts.
    ///   - least: pixels of a component.
    func components(of plane: Plane<UInt8>, least: Int, where counts: (UInt8, Int) -> Bool) -> [Component] {
        runs.removeAll(keepingCapacity: true)
        var above = 0..<0
        for y in 0..<plane.height {
            let first = runs.count
            var x = 0
            let row = y * plane.width
            while x < plane.width {
                if x + 16 <= plane.width, plane.samples.vector(row + x, as: SIMD16<UInt8>.self) == .zero {
                    x += 16
                    continue
                }
                guard counts(plane.samples[row + x], row + x) else {
                    x += 1
                    continue
                }
                let start = x
                while x < plane.width, counts(plane.samples[row + x], row + x) { x += 1 }
                if runs.count < Self.runLimit { runs.append(Run(row: y, columns: start..<x, root: runs.count)) }
            }
            join(first..<runs.count, to: above)
            above = first..<runs.count
        }
        return collect(least)
    }

    private func join(_ lower: Range<Int>, to upper: Range<Int>) {
        var next = upper.lowerBound
        for index in lower {
            let columns = runs[index].columns
            while next < upper.upperBound, runs[next].columns.upperBound < columns.lowerBound { next += 1 }
            var other = next
            while other < upper.upperBound, runs[other].columns.lowerBound <= columns.upperBound {
                let (a, b) = (root(index), root(other))
                if a != b { runs[max(a, b)].root = min(a, b) }
                other += 1
            }
        }
    }

    private func root(_ index: Int) -> Int {
        var index = index
        while runs[index].root != index {
            runs[index].root = runs[runs[index].root].root
            index = runs[index].root
        }
        return index
    }

    private func collect(_ least: Int) -> [Component] {
        var places: [Int: Int] = [:]
        var found: [Component] = []
        for index in runs.indices {
            let run = runs[index]
            let top = root(index)
            if let place = places[top] {
                let old = found[place]
                found[place] = Component(
                    columns: min(old.columns.lowerBound, run.columns.lowerBound)..<max(
                        old.columns.upperBound, run.columns.upperBound),
                    rows: old.rows.lowerBound..<run.row + 1, area: old.area + run.columns.count)
            } else {
                places[top] = found.count
                found.append(Component(columns: run.columns, rows: run.row..<run.row + 1, area: run.columns.count))
            }
        }
        return found.filter { $0.area >= least }
    }
}
