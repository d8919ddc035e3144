/// How well objects are found, and held, at nineteen demands on the place of their boxes.
///
/// Source: Luiten et al. 2021, HOTA: A Higher Order Metric for Evaluating Multi-Object Tracking, §4; TrackEval 1.3.0.
package struct HOTAScore: Hashable, Sendable {
    /// Overlaps that a match needs at least: 0.05, 0.10 … 0.95.
    package static let alphas: [Double] = (1...19).map { Double($0) / 20 }

    /// Counts and weighted sums at one alpha.
    package struct Level: Hashable, Sendable {
        package var truePositives = 0
        package var falseNegatives = 0
        package var falsePositives = 0
        /// Sums over matches; their means are AssA, AssRe, AssPr and LocA.
        var association = 0.0
        var associationRecall = 0.0
        var associationPrecision = 0.0
        var overlap = 0.0
    }

    package private(set) var levels = [Level](repeating: Level(), count: alphas.count)

    package init() {}

    package init(_ sequence: TrackingSequence) {
        let matches = Self.matches(of: sequence)
        var counts = [Int32](repeating: 0, count: sequence.couples.count)
        var (found, overlap) = (0, 0.0)
        for index in levels.indices.reversed() {
            for match in matches[index] {
                counts[Int(match.couple)] += 1
                overlap += match.overlap
            }
            found += matches[index].count
            var level = Level()
            level.truePositives = found
            level.falseNegatives = sequence.truth.count - found
            level.falsePositives = sequence.tracks.count - found
            level.overlap = overlap
            for (couple, count) in counts.enumerated() where count > 0 {
                let ids = sequence.couples[couple]
                let truth = sequence.truthRows[Int(ids.truth)]
                let tracks = sequence.trackRows[Int(ids.track)]
                let square = Double(count) * Double(count)
                level.association += square / Double(truth + tracks - count)
                level.associationRecall += square / Double(truth)
                level.associationPrecision += square / Double(tracks)
            }
            levels[index] = level
        }
    }

    private struct Match {
        var couple: Int32
        var overlap: Double
    }

    /// The pairs of the one assignment of each frame, by the highest alpha at which they count.
    private static func matches(of sequence: TrackingSequence) -> [[Match]] {
        let alignment = alignment(of: sequence)
        var matches = [[Match]](repeating: [], count: alphas.count)
        var assignment = SparseAssignment()
        for frame in sequence.frames where !frame.pairs.isEmpty {
            assignment.begin(rows: frame.truth.count, columns: frame.tracks.count)
            for pair in sequence.pairs[Int(frame.pairs.lowerBound)..<Int(frame.pairs.upperBound)] {
                assignment.add(
                    row: Int(pair.row), column: pair.column,
                    weight: alignment[Int(pair.couple)] * pair.overlap)
            }
            assignment.solve()
            for pair in sequence.pairs[Int(frame.pairs.lowerBound)..<Int(frame.pairs.upperBound)]
            where assignment.columnOfRow[Int(pair.row)] == pair.column {
                let level = highestLevel(pair.overlap)
                if level >= 0 { matches[level].append(Match(couple: pair.couple, overlap: pair.overlap)) }
            }
        }
        return matches
    }

    /// - Returns: place of the highest alpha that the overlap reaches, or −1.
    private static func highestLevel(_ overlap: Double) -> Int {
        var level = min(max(Int(overlap * 20), 0), alphas.count - 1)
        while level < alphas.count - 1, overlap >= alphas[level + 1] - Double.ulpOfOne { level += 1 }
        while level >= 0, overlap < alphas[level] - Double.ulpOfOne { level -= 1 }
        return level
    }

    /// A(g,t) of each couple: how much two ids go together over the whole sequence.
    private static func alignment(of sequence: TrackingSequence) -> [Double] {
        var potential = [Double](repeating: 0, count: sequence.couples.count)
        var rows: [Double] = []
        var columns: [Double] = []
        for frame in sequence.frames where !frame.pairs.isEmpty {
            rows.removeAll(keepingCapacity: true)
            rows.append(contentsOf: repeatElement(0, count: frame.truth.count))
            columns.removeAll(keepingCapacity: true)
            columns.append(contentsOf: repeatElement(0, count: frame.tracks.count))
            let pairs = Int(frame.pairs.lowerBound)..<Int(frame.pairs.upperBound)
            for index in pairs {
                let pair = sequence.pairs[index]
                rows[Int(pair.row)] += pair.overlap
                columns[Int(pair.column)] += pair.overlap
            }
            for index in pairs {
                let pair = sequence.pairs[index]
                let sum = rows[Int(pair.row)] + columns[Int(pair.column)] - pair.overlap
                if sum > Double.ulpOfOne { potential[Int(pair.couple)] += pair.overlap / sum }
            }
        }
        for (couple, ids) in sequence.couples.enumerated() {
            let rows = sequence.truthRows[Int(ids.truth)] + sequence.trackRows[Int(ids.track)]
            potential[couple] /= Double(rows) - potential[couple]
        }
        return potential
    }

    /// Both as one benchmark: counts and weighted sums are added.
    package static func + (one: HOTAScore, other: HOTAScore) -> HOTAScore {
        var sum = one
        for index in sum.levels.indices { sum.levels[index] += other.levels[index] }
        return sum
    }

    /// The arithmetic mean over all alphas.
    package func mean(_ value: KeyPath<Level, Double>) -> Double {
        levels.reduce(0) { $0 + $1[keyPath: value] } / Double(levels.count)
    }

    /// The main figure, 0…1.
    package var hota: Double { mean(\.hota) }
}

extension HOTAScore.Level {
    package var detA: Double { ratio(truePositives, truePositives + falseNegatives + falsePositives) }
    package var detRe: Double { ratio(truePositives, truePositives + falseNegatives) }
    package var detPr: Double { ratio(truePositives, truePositives + falsePositives) }
    package var assA: Double { mean(association) }
    package var assRe: Double { mean(associationRecall) }
    package var assPr: Double { mean(associationPrecision) }
    /// 1 where nothing matches.
    package var locA: Double { truePositives == 0 ? 1 : overlap / Double(truePositives) }
    package var hota: Double { (detA * assA).squareRoot() }

    private func mean(_ sum: Double) -> Double { truePositives == 0 ? 0 : sum / Double(truePositives) }

    private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    static func += (one: inout Self, other: Self) {
        one.truePositives += other.truePositives
        one.falseNegatives += other.falseNegatives
        one.falsePositives += other.falsePositives
        one.association += other.association
        one.associationRecall += other.associationRecall
        one.associationPrecision += other.associationPrecision
        one.overlap += other.overlap
    }
}
