/// How far counts are from the truth, window by window.
package struct CountScore: Hashable, Sendable {
    package let windows: Int
    /// The mean distance.
    package let mae: Double
    /// The root of the mean square.
    package let rmse: Double
    /// The mean of what is counted too much; below 0 where it is too little.
    package let bias: Double
    /// The sum of distances over the sum of the truth; 0 where there is nothing to count.
    package let wape: Double

    package init(_ pairs: [(truth: Double, found: Double)]) {
        let count = Double(max(1, pairs.count))
        let distances = pairs.map { abs($0.found - $0.truth) }
        windows = pairs.count
        mae = distances.reduce(0, +) / count
        rmse = (pairs.reduce(0) { $0 + ($1.found - $1.truth) * ($1.found - $1.truth) } / count).squareRoot()
        bias = pairs.reduce(0) { $0 + $1.found - $1.truth } / count
        let whole = pairs.reduce(0) { $0 + $1.truth }
        wape = whole == 0 ? 0 : distances.reduce(0, +) / whole
    }

    /// Boxes in each window of frames, as means over its frames.
    ///
    /// - Parameters:
    ///   - truth: rows that are not asked for are left out.
    ///   - tracks: of the same frames.
    ///   - frames: what is looked at, counted from 1.
    ///   - length: of a window, frames; the last may be shorter.
    package init(truth: [TrackingRow], tracks: [TrackingRow], frames: ClosedRange<Int>, length: Int) {
        let count = (frames.count + length - 1) / length
        func sums(_ rows: [TrackingRow]) -> [Double] {
            var sums = [Double](repeating: 0, count: count)
            for row in rows where frames.contains(row.frame) { sums[(row.frame - frames.lowerBound) / length] += 1 }
            for place in sums.indices { sums[place] /= Double(min(length, frames.count - place * length)) }
            return sums
        }
        self.init(Array(zip(sums(truth.filter(\.isScored)), sums(tracks)).map { (truth: $0, found: $1) }))
    }

    package var json: ScoreDocument {
        .object([
            .init("windows", .count(windows)), .init("MAE", .number(mae)), .init("RMSE", .number(rmse)),
            .init("bias", .number(bias)), .init("WAPE", .number(wape)),
        ])
    }
}
