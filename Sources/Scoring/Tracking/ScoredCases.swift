/// Cases with names, taken together as one benchmark.
package struct ScoredCases: Sendable {
    package private(set) var names: [String] = []
    package private(set) var scores: [TrackingScore] = []

    package init() {}

    package mutating func add(_ name: String, _ score: TrackingScore) {
        names.append(name)
        scores.append(score)
    }

    /// Counts are summed, ratios taken from the sums.
    package var combined: TrackingScore { scores.reduce(TrackingScore(), +) }

    package var json: ScoreDocument {
        .object([.init("cases", .list(names.map { .text($0) }))] + combined.scoreMembers)
    }
}
