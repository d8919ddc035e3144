/// The choice of pairs with the largest sum of weights, at most one pair for each row and column.
///
/// Rows take part one after the other along shortest augmenting paths (Jonker and Volgenant 1987) over the pairs that
/// exist, with prices on rows and columns; a row may also stay alone, at weight 0. Nothing is stored or looked at for pairs
/// that are not given, so that what falls into pieces costs no more than its pieces. Buffers are used again.
struct SparseAssignment {
    /// Of each row: its column, or −1.
    private(set) var columnOfRow: [Int32] = []

    private var rowOfColumn: [Int32] = []
    /// Pairs of row r: `starts[r]..<starts[r + 1]`.
    private var starts: [Int32] = []
    private var columns: [Int32] = []
    private var weights: [Double] = []
    /// u and v: u[r] + v[c] is nowhere below the weight, and equal to it for what is chosen.
    private var rowPrices: [Double] = []
    private var columnPrices: [Double] = []
    /// Of the search that `round` counts.
    private var distances: [Double] = []
    private var parents: [Int32] = []
    private var rounds: [Int32] = []
    private var round: Int32 = 0
    private var scanned: [Int32] = []
    private var heap: [Reach] = []

    private struct Reach {
        var distance: Double
        var column: Int32
    }

    /// Forgets the last problem.
    mutating func begin(rows: Int, columns count: Int) {
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
        columns.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        Self.reset(&columnOfRow, rows, -1)
        Self.reset(&rowOfColumn, count, -1)
        Self.reset(&rowPrices, rows, 0)
        Self.reset(&columnPrices, count, 0)
        Self.reset(&rounds, count, 0)
        round = 0
        while distances.count < count {
            distances.append(0)
            parents.append(-1)
        }
    }

    private static func reset<Value>(_ values: inout [Value], _ count: Int, _ value: Value) {
        values.removeAll(keepingCapacity: true)
        values.append(contentsOf: repeatElement(value, count: count))
    }

    /// Adds a pair; rows come in order, weights are above 0.
    mutating func add(row: Int, column: Int32, weight: Double) {
        while starts.count <= row { starts.append(Int32(columns.count)) }
        columns.append(column)
        weights.append(weight)
    }

    /// Chooses; the answer is in `columnOfRow`.
    mutating func solve() {
        while starts.count <= columnOfRow.count { starts.append(Int32(columns.count)) }
        for row in columnOfRow.indices { place(row) }
    }

    private mutating func place(_ row: Int) {
        var best = 0.0
        var choice: Int32 = -1
        for pair in Int(starts[row])..<Int(starts[row + 1]) {
            let gain = weights[pair] - columnPrices[Int(columns[pair])]
            if gain > best { (best, choice) = (gain, columns[pair]) }
        }
        rowPrices[row] = best
        guard choice >= 0 else { return }
        if rowOfColumn[Int(choice)] < 0 {
            columnOfRow[row] = choice
            rowOfColumn[Int(choice)] = Int32(row)
        } else {
            augment(from: row)
        }
    }

    private mutating func augment(from first: Int) {
        round += 1
        heap.removeAll(keepingCapacity: true)
        scanned.removeAll(keepingCapacity: true)
        var length = Double.infinity
        /// Where the path ends: at a column that is free, or at a row that stays alone.
        var endColumn: Int32 = -1
        var endRow = -1
        var row = first
        var distance = 0.0
        while true {
            if distance + rowPrices[row] < length { (length, endRow) = (distance + rowPrices[row], row) }
            reach(from: row, distance)
            guard let next = pop(), next.distance < length else { break }
            let taker = rowOfColumn[Int(next.column)]
            if taker < 0 {
                (length, endColumn) = (next.distance, next.column)
                break
            }
            scanned.append(next.column)
            (row, distance) = (Int(taker), next.distance)
        }
        rowPrices[first] -= length
        for column in scanned {
            let step = length - distances[Int(column)]
            guard step > 0 else { continue }
            columnPrices[Int(column)] += step
            rowPrices[Int(rowOfColumn[Int(column)])] -= step
        }
        if endColumn < 0 {
            endColumn = columnOfRow[endRow]
            columnOfRow[endRow] = -1
            if endRow == first { return }
        }
        while endColumn >= 0 {
            let parent = Int(parents[Int(endColumn)])
            let before = columnOfRow[parent]
            columnOfRow[parent] = endColumn
            rowOfColumn[Int(endColumn)] = Int32(parent)
            endColumn = before
        }
    }

    private mutating func reach(from row: Int, _ distance: Double) {
        for pair in Int(starts[row])..<Int(starts[row + 1]) {
            let column = Int(columns[pair])
            let slack = max(0, rowPrices[row] + columnPrices[column] - weights[pair])
            let total = distance + slack
            guard rounds[column] != round || total < distances[column] else { continue }
            rounds[column] = round
            distances[column] = total
            parents[column] = Int32(row)
            push(Reach(distance: total, column: Int32(column)))
        }
    }

    private mutating func push(_ reach: Reach) {
        heap.append(reach)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].distance < heap[parent].distance else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// - Returns: the nearest column; what has been reached on a shorter way since is left out.
    private mutating func pop() -> Reach? {
        while let top = heap.first {
            let last = heap.removeLast()
            if !heap.isEmpty {
                heap[0] = last
                sink()
            }
            if top.distance == distances[Int(top.column)] { return top }
        }
        return nil
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, heap[child + 1].distance < heap[child].distance { child += 1 }
            guard heap[child].distance < heap[parent].distance else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
