/// Scores that have to stay below, and the thresholds that keep them there.
struct ScoreThreshold {
    /// Parts of them that may be above: 0.1 %, 1 %, 10 %.
    static let targets = [0.001, 0.01, 0.1]
    /// 0.2, 0.25 … 0.95.
    static let fixed: [Double] = (4...19).map { Double($0) / 20 }
    /// What a product of count and target may lack of a whole number.
    private static let slack = 1e-9

    /// Rising.
    let scores: [Double]

    init(_ scores: [Double]) { self.scores = scores.sorted() }

    /// - Returns: how many are above the threshold.
    func above(_ threshold: Double) -> Int {
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] > threshold { high = middle } else { low = middle + 1 }
        }
        return scores.count - low
    }

    /// The part of them above the threshold; 0 where there are none.
    func rate(_ threshold: Double) -> Double {
        scores.isEmpty ? 0 : Double(above(threshold)) / Double(scores.count)
    }

    /// The lowest of the scores above which no more than the part lies.
    ///
    /// - Returns: the (⌊n·part⌋ + 1)-th largest; nil where there are fewer.
    func threshold(for part: Double) -> Double? {
        let allowed = Int((Double(scores.count) * part + Self.slack).rounded(.down))
        return allowed < scores.count ? scores[scores.count - 1 - allowed] : nil
    }
}
