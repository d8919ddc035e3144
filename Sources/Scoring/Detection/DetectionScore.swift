/// How well objects are found, whoever they are: precision over recall as the demanded score falls.
///
/// In each frame the surest detection chooses first, among the objects left the one with the largest overlap. What falls to
/// an ignored row of the truth counts for nothing. Detections of one score enter together, so that the order of rows says
/// nothing. The average precision is the area below the falling envelope of the curve.
///
/// Source: Everingham et al. 2015, The PASCAL Visual Object Classes Challenge: A Retrospective, §3.2; COCO for the ten overlaps.
package struct DetectionScore: Sendable {
    /// Overlaps that a hit needs: 0.5, 0.55 … 0.95.
    package static let thresholds: [Double] = (10...19).map { Double($0) / 20 }

    package struct Point: Hashable, Sendable {
        package var recall: Double
        package var precision: Double
        /// The least score of the detections that take part.
        package var score: Double
    }

    /// Rows of the truth that are asked for.
    package let wanted: Int
    package let detections: Int
    /// Recall rising, for each threshold.
    package let curves: [[Point]]

    /// - Throws: the first row that repeats an id within its frame.
    package init(
        truth: [TrackingRow], tracks: [TrackingRow], ignoring: IgnoreRule = .flagged
    ) throws(RepeatedID) {
        let (truth, tracks) = (try TrackingOrder(truth).rows, try TrackingOrder(tracks).rows)
        let wanted = truth.count { ignoring.asks(for: $0) }
        self.wanted = wanted
        detections = tracks.count
        var hits = [[(score: Double, isHit: Bool)]](repeating: [], count: Self.thresholds.count)
        var cursor = FrameCursor(truth, tracks)
        while let frame = cursor.next() {
            let found = tracks[frame.tracks].sorted { ($0.score, $1.id) > ($1.score, $0.id) }
            let overlaps = found.map { one in truth[frame.truth].map { one.overlap($0) } }
            for (level, threshold) in Self.thresholds.enumerated() {
                Self.match(found, truth[frame.truth], overlaps, threshold, ignoring, &hits[level])
            }
        }
        curves = hits.map { Self.curve($0, wanted: wanted) }
    }

    private static func match(
        _ found: [TrackingRow], _ truth: ArraySlice<TrackingRow>, _ overlaps: [[Double]], _ threshold: Double,
        _ rule: IgnoreRule, _ hits: inout [(score: Double, isHit: Bool)]
    ) {
        var taken = [Bool](repeating: false, count: truth.count)
        for (place, one) in found.enumerated() {
            var (best, choice) = (threshold - Double.ulpOfOne, -1)
            var ignored = false
            for (column, row) in truth.enumerated() where overlaps[place][column] >= threshold - Double.ulpOfOne {
                guard rule.asks(for: row) else {
                    ignored = ignored || rule.ignores(row)
                    continue
                }
                if !taken[column], overlaps[place][column] > best || choice < 0 {
                    (best, choice) = (overlaps[place][column], column)
                }
            }
            if choice >= 0 { taken[choice] = true }
            if choice >= 0 || !ignored { hits.append((one.score, choice >= 0)) }
        }
    }

    private static func curve(_ hits: [(score: Double, isHit: Bool)], wanted: Int) -> [Point] {
        let sorted = hits.sorted { $0.score > $1.score }
        var points: [Point] = []
        var good = 0
        for (place, hit) in sorted.enumerated() {
            if hit.isHit { good += 1 }
            guard place + 1 == sorted.count || sorted[place + 1].score < hit.score else { continue }
            points.append(
                Point(
                    recall: wanted == 0 ? 0 : Double(good) / Double(wanted),
                    precision: Double(good) / Double(place + 1), score: hit.score))
        }
        return points
    }

    /// The area below one of the curves, 0…1.
    package func averagePrecision(_ level: Int) -> Double {
        var (area, envelope) = (0.0, 0.0)
        let points = curves[level]
        for (place, point) in points.enumerated().reversed() {
            envelope = max(envelope, point.precision)
            area += envelope * (point.recall - (place == 0 ? 0 : points[place - 1].recall))
        }
        return area
    }

    /// At an overlap of one half.
    package var ap50: Double { averagePrecision(0) }
    /// The mean over the ten overlaps.
    package var ap: Double {
        Self.thresholds.indices.reduce(0) { $0 + averagePrecision($1) } / Double(Self.thresholds.count)
    }

    package var json: ScoreDocument {
        .object([
            .init("wanted", .count(wanted)), .init("detections", .count(detections)), .init("AP50", .number(ap50)),
            .init("AP", .number(ap)),
            .init(
                "AP_at",
                .object(
                    Self.thresholds.indices.map { .init("\(Self.thresholds[$0])", .number(averagePrecision($0))) })),
        ])
    }
}
