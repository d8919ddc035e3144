/// How many boxes are found, missed and made up, and how often an object changes its id.
///
/// Source: Bernardin and Stiefelhagen 2008, Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics;
/// TrackEval 1.3.0 for continuity, fragments and MT, PT, ML.
package struct CLEARScore: Hashable, Sendable {
    /// The overlap that a match needs at least.
    package static let threshold = 0.5
    /// What a pair of the frame before has ahead of others.
    private static let continuity = 1000.0
    /// Parts of its rows in which an object is matched: more is mostly tracked, less is mostly lost.
    private static let mostly = 0.8
    private static let hardly = 0.2

    package private(set) var truePositives = 0
    package private(set) var falseNegatives = 0
    package private(set) var falsePositives = 0
    package private(set) var identitySwitches = 0
    package private(set) var fragments = 0
    package private(set) var mostlyTracked = 0
    package private(set) var partlyTracked = 0
    package private(set) var mostlyLost = 0
    /// Of all matches.
    private var overlap = 0.0

    package init() {}

    package init(_ sequence: TrackingSequence) {
        self.init(sequence) { _, _, _, _ in }
    }

    /// Tells of each match the frame, the places of its two ids in truth and tracker, and the overlap.
    init(_ sequence: TrackingSequence, onMatch: (Int, Int32, Int32, Double) -> Void) {
        var matched = [Int32](repeating: 0, count: sequence.truthIDs.count)
        var runs = matched
        var lastTrack = [Int32](repeating: -1, count: sequence.truthIDs.count)
        var trackBefore = lastTrack
        /// The ids matched in the frame before.
        var before: [Int32] = []
        var now: [(truth: Int32, track: Int32, overlap: Double)] = []
        var assignment = SparseAssignment()
        for frame in sequence.frames where !frame.truth.isEmpty && !frame.tracks.isEmpty {
            assignment.begin(rows: frame.truth.count, columns: frame.tracks.count)
            let pairs = sequence.pairs[Int(frame.pairs.lowerBound)..<Int(frame.pairs.upperBound)]
            for pair in pairs where pair.overlap >= Self.threshold - Double.ulpOfOne {
                let ids = sequence.couples[Int(pair.couple)]
                let kept = trackBefore[Int(ids.truth)] == ids.track ? Self.continuity : 0
                assignment.add(row: Int(pair.row), column: pair.column, weight: pair.overlap + kept)
            }
            assignment.solve()
            now.removeAll(keepingCapacity: true)
            for pair in pairs where assignment.columnOfRow[Int(pair.row)] == pair.column {
                let ids = sequence.couples[Int(pair.couple)]
                now.append((ids.truth, ids.track, pair.overlap))
            }
            for match in now {
                let truth = Int(match.truth)
                if lastTrack[truth] >= 0, lastTrack[truth] != match.track { identitySwitches += 1 }
                if trackBefore[truth] < 0 { runs[truth] += 1 }
                matched[truth] += 1
                lastTrack[truth] = match.track
                overlap += match.overlap
                onMatch(frame.number, match.truth, match.track, match.overlap)
            }
            truePositives += now.count
            for truth in before { trackBefore[Int(truth)] = -1 }
            for match in now { trackBefore[Int(match.truth)] = match.track }
            before = now.map(\.truth)
        }
        falseNegatives = sequence.truth.count - truePositives
        falsePositives = sequence.tracks.count - truePositives
        for (truth, rows) in sequence.truthRows.enumerated() {
            let part = Double(matched[truth]) / Double(rows)
            if part > Self.mostly {
                mostlyTracked += 1
            } else if part >= Self.hardly {
                partlyTracked += 1
            } else {
                mostlyLost += 1
            }
            fragments += max(0, Int(runs[truth]) - 1)
        }
    }

    package var mota: Double {
        ratio(Double(truePositives - falsePositives - identitySwitches), truePositives + falseNegatives)
    }
    package var moda: Double { ratio(Double(truePositives - falsePositives), truePositives + falseNegatives) }
    /// The mean overlap of matches: 1 is best.
    package var motp: Double { ratio(overlap, truePositives) }
    package var recall: Double { ratio(Double(truePositives), truePositives + falseNegatives) }
    package var precision: Double { ratio(Double(truePositives), truePositives + falsePositives) }

    private func ratio(_ part: Double, _ whole: Int) -> Double { whole == 0 ? 0 : part / Double(whole) }

    /// Both as one benchmark: counts are added.
    package static func + (one: CLEARScore, other: CLEARScore) -> CLEARScore {
        var sum = one
        sum.truePositives += other.truePositives
        sum.falseNegatives += other.falseNegatives
        sum.falsePositives += other.falsePositives
        sum.identitySwitches += other.identitySwitches
        sum.fragments += other.fragments
        sum.mostlyTracked += other.mostlyTracked
        sum.partlyTracked += other.partlyTracked
        sum.mostlyLost += other.mostlyLost
        sum.overlap += other.overlap
        return sum
    }
}
