package import Metadata
package import Truth

/// A clip that a camera plays over and over: which of its pictures was shown when.
///
/// The moments of a live stream are those of the wall. The camera's place in the clip is the one at which its boxes lie best
/// on the truth; it is looked for once, in whole frames, and told.
package struct LiveClip: Sendable {
    /// Reports that are compared, and truth ids of each further round lie that much higher: nobody goes on through the cut.
    private static let samples = 60
    private static let idStep = 1_000_000_000
    /// Rounds of a clip that are scored.
    package static let roundLimit = 10_000

    /// The frame, counted from 0, that the first report is about.
    package let place: Int
    /// Mean of the best overlaps of the boxes at that place, and at the second best that is no neighbour: the more apart, the
    /// surer.
    package let overlap: Double
    package let secondOverlap: Double
    private let clip: TruthSheet
    private let first: Int64

    /// - Returns: nil without reports with boxes, or without frames.
    package init?(_ reports: [MetadataFrame], truth: [TrackingRow], of clip: TruthSheet) {
        guard let first = reports.map(\.utc).min(), clip.frames > 0, clip.rate > 0 else { return nil }
        self.clip = clip
        self.first = first
        let told = reports.filter { report in report.objects.contains { $0.box != nil && $0.parent == nil } }
        guard !told.isEmpty else { return nil }
        let step = max(1, told.count / Self.samples)
        let chosen = stride(from: 0, to: told.count, by: step).map { told[$0] }
        let frames = Dictionary(grouping: truth, by: \.frame)
        let boxes = chosen.map { report in
            (
                Self.index(report.utc, since: first, clip),
                report.objects.filter { $0.parent == nil }.compactMap { $0.box.map { Self.row($0, clip) } }
            )
        }
        let count = max(1, boxes.reduce(0) { $0 + $1.1.count })
        let scores = (0..<clip.frames).map { place in
            boxes.reduce(0.0) { sum, report in
                let rows = frames[(place + report.0) % clip.frames + 1] ?? []
                return sum + report.1.reduce(0.0) { $0 + best($1, rows) }
            } / Double(count)
        }
        func best(_ row: TrackingRow, _ rows: [TrackingRow]) -> Double { rows.map { row.overlap($0) }.max() ?? 0 }
        place = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        overlap = scores[place]
        let (place, frameCount) = (place, clip.frames)
        secondOverlap =
            scores.indices.filter { other in
                let distance = abs(other - place)
                return min(distance, frameCount - distance) > clip.rate
            }.map { scores[$0] }.max() ?? 0
    }

    /// The clip as one long one that begins with the round of the first report, and its truth over all rounds.
    package func unrolled(
        truth: [TrackingRow], last: Int64
    ) -> (sheet: TruthSheet, truth: [TrackingRow], scored: (Int) -> Bool) {
        let end = place + Self.index(last, since: first, clip)
        let rounds = min(end / clip.frames + 1, Self.roundLimit)
        var sheet = clip
        sheet.utc = MetadataTime.text(first - Int64(place) * 1_000_000_000 / Int64(clip.rate))
        (sheet.start, sheet.frames, sheet.scored) = (0, clip.frames * rounds, [])
        let range = clip.scoredFrames ?? 1...clip.frames
        let count = clip.frames
        let rows = (0..<rounds).flatMap { round in
            truth.map { row in
                var row = row
                row.frame += round * count
                row.id += round * Self.idStep
                return row
            }
        }
        return (sheet, rows, { range.contains(($0 - 1) % count + 1) })
    }

    private static func index(_ utc: Int64, since first: Int64, _ clip: TruthSheet) -> Int {
        Int((Double(utc - first) / 1e9 * Double(clip.rate)).rounded())
    }

    private static func row(_ box: MetadataBox, _ clip: TruthSheet) -> TrackingRow {
        let pixels = box.pixels(in: (Double(clip.width), Double(clip.height)))
        return TrackingRow(
            frame: 1, id: 0, left: pixels.x, top: pixels.y, width: max(0, pixels.width),
            height: max(0, pixels.height))
    }
}
