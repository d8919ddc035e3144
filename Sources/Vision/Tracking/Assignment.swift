/// The best one-to-one choice of rows and columns.
///
/// Source: R. Jonker and A. Volgenant, A shortest augmenting path algorithm for dense and sparse linear assignment
/// problems, Computing 38 (1987).
enum Assignment {
    /// - Parameters:
    ///   - costs: a row for each, all of one length; `.infinity` where a pair is out of the question.
    ///   - limit: of one pair; dearer ones stay without partner. A row without partner costs as much.
    /// - Returns: the column of each row, or nil.
    static func best(_ costs: [[Double]], limit: Double) -> [Int?] {
        let rows = costs.count
        guard let columns = costs.first?.count, columns > 0 else { return Array(repeating: nil, count: rows) }
        // A column of its own for each row, which means: no partner.
        let width = columns + rows
        func cost(_ row: Int, _ column: Int) -> Double {
            column < columns ? min(costs[row][column], 4 * limit) : column - columns == row ? limit : 4 * limit
        }
        var rowPrice = [Double](repeating: 0, count: rows + 1)
        var price = [Double](repeating: 0, count: width + 1)
        // Row of each column, and the column before on the shortest path; 0 stands for none.
        var owner = [Int](repeating: 0, count: width + 1)
        var before = [Int](repeating: 0, count: width + 1)
        for row in 1...max(rows, 1) {
            owner[0] = row
            var column = 0
            var least = [Double](repeating: .infinity, count: width + 1)
            var isDone = [Bool](repeating: false, count: width + 1)
            repeat {
                isDone[column] = true
                let current = owner[column]
                var (step, next) = (Double.infinity, 0)
                for other in 1...width where !isDone[other] {
                    let reduced = cost(current - 1, other - 1) - rowPrice[current] - price[other]
                    if reduced < least[other] {
                        least[other] = reduced
                        before[other] = column
                    }
                    if least[other] < step {
                        step = least[other]
                        next = other
                    }
                }
                for other in 0...width {
                    if isDone[other] {
                        rowPrice[owner[other]] += step
                        price[other] -= step
                    } else {
                        least[other] -= step
                    }
                }
                column = next
            } while owner[column] != 0
            repeat {
                let last = before[column]
                owner[column] = owner[last]
                column = last
            } while column != 0
        }
        var result = [Int?](repeating: nil, count: rows)
        for column in 1...columns where owner[column] > 0 && costs[owner[column] - 1][column - 1] < limit {
            result[owner[column] - 1] = column - 1
        }
        return result
    }
}
