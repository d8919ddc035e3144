import Testing

@testable import Vision

struct AssignmentTests {
    @Test func theBestPairsAreNotTheNearestOnes() {
        // Greedy takes 1 first and has to add 10.
        #expect(Assignment.best([[1, 2], [2, 10]], limit: 20) == [1, 0])
    }

    @Test func aPairThatIsTooDearStaysApart() {
        #expect(Assignment.best([[0.2, 5], [5, 3]], limit: 1) == [0, nil])
        #expect(Assignment.best([[Double.infinity]], limit: 1) == [nil])
    }

    @Test func nothingOnEitherSideIsNoPair() {
        #expect(Assignment.best([], limit: 1) == [])
        #expect(Assignment.best([[], []], limit: 1) == [nil, nil])
    }

    @Test func noOtherChoiceIsCheaper() {
        var random = Lot(state: 7)
        for _ in 0..<200 {
            let (rows, columns) = (1 + Int(random.next() * 5), 1 + Int(random.next() * 5))
            let costs = (0..<rows).map { _ in (0..<columns).map { _ in random.next() * 2 } }
            let found = Assignment.best(costs, limit: 1)
            #expect(abs(cost(of: found, costs) - cheapest(costs, row: 0, taken: [])) < 1e-9)
            #expect(Set(found.compactMap { $0 }).count == found.compactMap { $0 }.count)
        }
    }

    private func cost(of choice: [Int?], _ costs: [[Double]]) -> Double {
        zip(choice, costs).reduce(0) { sum, pair in sum + (pair.0.map { pair.1[$0] } ?? 1) }
    }

    private func cheapest(_ costs: [[Double]], row: Int, taken: Set<Int>) -> Double {
        guard row < costs.count else { return 0 }
        var best = 1 + cheapest(costs, row: row + 1, taken: taken)
        for column in costs[row].indices where !taken.contains(column) && costs[row][column] < 1 {
            best = min(best, costs[row][column] + cheapest(costs, row: row + 1, taken: taken.union([column])))
        }
        return best
    }
}

/// Numbers from 0 to 1 that are the same each time.
struct Lot {
    var state: UInt64

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
    }
}
