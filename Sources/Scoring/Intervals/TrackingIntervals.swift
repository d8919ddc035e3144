/// Intervals of 95 % around the main figures of tracking.
package struct TrackingIntervals: Sendable {
    /// What was drawn again: `track` within a clip, `scene` over several.
    package let unit: String
    package let units: Int
    /// In the order of `names`.
    package let intervals: [Bootstrap.Interval]

    package static let names = ["HOTA", "DetA", "AssA", "MOTA", "IDF1"]

    /// By track: ids of the truth are drawn with their hits and misses, ids of the tracker with their false alarms.
    package init(_ sequence: TrackingSequence, _ bootstrap: Bootstrap = Bootstrap()) {
        let parts = TrackParts(sequence)
        unit = "track"
        units = sequence.truthIDs.count
        intervals =
            units == 0
            ? [] : bootstrap.intervals(units: [units, sequence.trackIDs.count]) { parts.figures($0[0], $0[1]) }
    }

    /// By scene: nil for fewer than five.
    package init?(_ scores: [TrackingScore], _ bootstrap: Bootstrap = Bootstrap()) {
        guard scores.count >= Bootstrap.leastScenes else { return nil }
        unit = "scene"
        units = scores.count
        intervals = bootstrap.intervals(units: [scores.count]) { times in
            var sum = TrackingScore()
            for (score, count) in zip(scores, times[0]) {
                for _ in 0..<count { sum = sum + score }
            }
            return [
                sum.hota.hota, sum.hota.mean(\.detA), sum.hota.mean(\.assA), sum.clear.mota, sum.identity.idf1,
            ]
        }
    }

    package var json: ScoreDocument {
        .object(
            [.init("unit", .text(unit)), .init("units", .count(units))]
                + zip(Self.names, intervals).map { .init($0, $1.json) })
    }
}

/// What each id brings to the sums: of the truth its hits, misses and switches, of the tracker its false alarms.
struct TrackParts {
    /// Rows, and matches at each alpha, of an id.
    private var truthRows: [Double]
    private var truthHits: [[Double]]
    private var association: [[Double]]
    private var trackMisses: [[Double]]
    private var clearHits: [Double]
    private var switches: [Double]
    private var clearAlarms: [Double]
    private var identityHits: [Double]
    private var identityAlarms: [Double]

    init(_ sequence: TrackingSequence) {
        let levels = HOTAScore.alphas.count
        let truth = sequence.truthIDs.count
        truthRows = sequence.truthRows.map { Double($0) }
        truthHits = .init(repeating: .init(repeating: 0, count: levels), count: truth)
        association = truthHits
        let trackRows = sequence.trackRows.map { Double($0) }
        trackMisses = trackRows.map { .init(repeating: $0, count: levels) }
        for (level, counts) in HOTAScore.matchCounts(of: sequence).enumerated() {
            for (couple, count) in counts.enumerated() where count > 0 {
                let ids = sequence.couples[couple]
                let (one, other, count) = (Int(ids.truth), Int(ids.track), Double(count))
                truthHits[one][level] += count
                trackMisses[other][level] -= count
                association[one][level] += count * count / (truthRows[one] + trackRows[other] - count)
            }
        }
        clearHits = .init(repeating: 0, count: truth)
        switches = clearHits
        clearAlarms = trackRows
        identityHits = clearHits
        identityAlarms = trackRows
        var (hits, changes, alarms) = (clearHits, switches, clearAlarms)
        var last: [Int32: Int32] = [:]
        _ = CLEARScore(sequence) { _, one, other, _ in
            hits[Int(one)] += 1
            alarms[Int(other)] -= 1
            if let before = last.updateValue(other, forKey: one), before != other { changes[Int(one)] += 1 }
        }
        (clearHits, switches, clearAlarms) = (hits, changes, alarms)
        (hits, alarms) = (identityHits, identityAlarms)
        _ = IdentityScore(sequence) { one, other, count in
            hits[Int(one)] += Double(count)
            alarms[Int(other)] -= Double(count)
        }
        (identityHits, identityAlarms) = (hits, alarms)
    }

    /// In the order of `TrackingIntervals.names`.
    func figures(_ truth: [Int], _ tracks: [Int]) -> [Double] {
        func sum(_ times: [Int], _ values: [Double]) -> Double {
            zip(times, values).reduce(0) { $0 + Double($1.0) * $1.1 }
        }
        let rows = sum(truth, truthRows)
        var (hota, detection, association) = (0.0, 0.0, 0.0)
        for level in HOTAScore.alphas.indices {
            var (hits, links, alarms) = (0.0, 0.0, 0.0)
            for (place, times) in truth.enumerated() where times > 0 {
                hits += Double(times) * truthHits[place][level]
                links += Double(times) * self.association[place][level]
            }
            for (place, times) in tracks.enumerated() where times > 0 {
                alarms += Double(times) * trackMisses[place][level]
            }
            let (one, other) = (rows + alarms > 0 ? hits / (rows + alarms) : 0, hits > 0 ? links / hits : 0)
            detection += one
            association += other
            hota += (one * other).squareRoot()
        }
        let levels = Double(HOTAScore.alphas.count)
        let clear = sum(truth, clearHits) - sum(tracks, clearAlarms) - sum(truth, switches)
        let hits = sum(truth, identityHits)
        let identity = rows + hits + sum(tracks, identityAlarms)
        return [
            hota / levels, detection / levels, association / levels, rows > 0 ? clear / rows : 0,
            identity > 0 ? 2 * hits / identity : 0,
        ]
    }
}
