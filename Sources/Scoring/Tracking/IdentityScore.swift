/// For how many rows a tracker id is the right one, when each stands for one object from beginning to end.
///
/// Source: Ristani et al. 2016, Performance Measures and a Data Set for Multi-Target, Multi-Camera Tracking, §3.
package struct IdentityScore: Hashable, Sendable {
    /// The overlap that two boxes need at least.
    package static let threshold = 0.5

    package private(set) var truePositives = 0
    package private(set) var falseNegatives = 0
    package private(set) var falsePositives = 0

    package init() {}

    package init(_ sequence: TrackingSequence) {
        self.init(sequence) { _, _ in }
    }

    /// Tells the places of each two ids that belong together.
    init(_ sequence: TrackingSequence, onChoice: (Int32, Int32) -> Void) {
        var together = [Int32](repeating: 0, count: sequence.couples.count)
        for pair in sequence.pairs where pair.overlap >= Self.threshold { together[Int(pair.couple)] += 1 }
        let order = together.indices.filter { together[$0] > 0 }
            .sorted { sequence.couples[$0].truth < sequence.couples[$1].truth }
        var assignment = SparseAssignment()
        assignment.begin(rows: sequence.truthIDs.count, columns: sequence.trackIDs.count)
        for couple in order {
            let ids = sequence.couples[couple]
            assignment.add(row: Int(ids.truth), column: ids.track, weight: Double(together[couple]))
        }
        assignment.solve()
        for couple in order {
            let ids = sequence.couples[couple]
            guard assignment.columnOfRow[Int(ids.truth)] == ids.track else { continue }
            truePositives += Int(together[couple])
            onChoice(ids.truth, ids.track)
        }
        falseNegatives = sequence.truth.count - truePositives
        falsePositives = sequence.tracks.count - truePositives
    }

    package var idf1: Double { ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) }
    package var precision: Double { ratio(truePositives, truePositives + falsePositives) }
    package var recall: Double { ratio(truePositives, truePositives + falseNegatives) }

    private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    /// Both as one benchmark: counts are added.
    package static func + (one: IdentityScore, other: IdentityScore) -> IdentityScore {
        var sum = one
        sum.truePositives += other.truePositives
        sum.falseNegatives += other.falseNegatives
        sum.falsePositives += other.falsePositives
        return sum
    }
}
