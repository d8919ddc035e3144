package import Truth

/// Truth of a clip, and what analytics say of it.
package struct ClipInput: Sendable {
    package var name: String
    /// What the clip is; nil for a file of rows alone.
    package var sheet: TruthSheet?
    /// Words for the conditions: `rain`, `night` …
    package var labels: [String] = []
    package var truth: [TrackingRow]
    package var tracks: [TrackingRow]
    /// With plates and faces; nil for a file of rows alone.
    package var truthFrames: [TruthFrame]?
    package var found: [AnalyticsFrame]?
    package var timing: MetadataTiming?

    package init(name: String, truth: [TrackingRow], tracks: [TrackingRow]) {
        self.name = name
        self.truth = truth
        self.tracks = tracks
    }

    /// Leaves out what lies outside of the scored part of the clip: warming up.
    ///
    /// - Returns: the frames that are left, counted from 1; nil where nothing says which part counts.
    @discardableResult
    package mutating func cut() -> ClosedRange<Int>? {
        guard let range = sheet?.scoredFrames else { return nil }
        truth.removeAll { !range.contains($0.frame) }
        tracks.removeAll { !range.contains($0.frame) }
        truthFrames?.removeAll { !range.contains($0.index + 1) }
        found?.removeAll { !range.contains($0.number) }
        return range
    }

    /// Leaves only frames that were reported on: for a device that reports less often than there are pictures.
    package mutating func keepReportedFrames() {
        guard let found else { return }
        let numbers = Set(found.map(\.number))
        truth.removeAll { !numbers.contains($0.frame) }
        truthFrames?.removeAll { !numbers.contains($0.index + 1) }
    }

    /// Leaves only objects of these classes; of the tracker also those that say none.
    package mutating func keep(kinds: Set<Int>) {
        truth.removeAll { !kinds.contains($0.kind) }
        tracks.removeAll { $0.kind != TrackingRow.unknownKind && !kinds.contains($0.kind) }
    }
}

extension TruthSheet {
    /// Frames that count, counted from 1.
    package var scoredFrames: ClosedRange<Int>? {
        guard scored.count == 2, rate > 0, frames > 0 else { return nil }
        let first = Int(((scored[0] - start) * Double(rate)).rounded(.up)) + 1
        let last = Int(((scored[1] - start) * Double(rate)).rounded(.up))
        let range = max(first, 1)...max(max(first, 1), min(last, frames))
        return range
    }
}

extension TrackingRow {
    /// The rows of frames of truth, with flag 0 where nobody asks for them.
    package static func rows(of frames: [TruthFrame]) -> [TrackingRow] {
        frames.flatMap { frame in
            frame.objects.map { object in
                let row = MOTChallengeRow(object, frame: frame)
                return TrackingRow(
                    frame: row.frame, id: row.id, left: row.box.x, top: row.box.y, width: row.box.width,
                    height: row.box.height, isScored: row.isScored, kind: row.kind)
            }
        }
    }
}
