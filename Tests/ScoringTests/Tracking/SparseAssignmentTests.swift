import Testing

@testable import Scoring

struct SparseAssignmentTests {
    /// Every choice tried, up to five rows.
    private static func best(_ weights: [[Double]], from row: Int = 0, without taken: Set<Int> = []) -> Double {
        guard row < weights.count else { return 0 }
        var best = best(weights, from: row + 1, without: taken)
        for (column, weight) in weights[row].enumerated() where weight > 0 && !taken.contains(column) {
            best = max(best, weight + Self.best(weights, from: row + 1, without: taken.union([column])))
        }
        return best
    }

    @Test(arguments: 0..<300) func theSumIsTheLargestThereIs(_ seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let (rows, columns) = (Int.random(in: 0...5, using: &numbers), Int.random(in: 0...5, using: &numbers))
        let weights = (0..<rows).map { _ in
            (0..<columns).map { _ in
                Bool.random(using: &numbers)
                    ? Double(Int.random(in: 1...(seed % 2 == 0 ? 4 : 1000), using: &numbers)) : 0
            }
        }
        var assignment = SparseAssignment()
        // A problem before leaves nothing behind.
        for _ in 0..<2 {
            assignment.begin(rows: rows, columns: columns)
            for (row, values) in weights.enumerated() {
                for (column, weight) in values.enumerated() where weight > 0 {
                    assignment.add(row: row, column: Int32(column), weight: weight)
                }
            }
            assignment.solve()
            let chosen = assignment.columnOfRow.enumerated().filter { $0.element >= 0 }
            #expect(Set(chosen.map(\.element)).count == chosen.count)
            #expect(chosen.allSatisfy { weights[$0.offset][Int($0.element)] > 0 })
            let sum = chosen.map { weights[$0.offset][Int($0.element)] }.reduce(0.0, +)
            #expect(sum == Self.best(weights))
        }
    }
}
