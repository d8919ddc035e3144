/// Which tracker rows are left out because they found what nobody asked for.
///
/// In each frame all rows of the truth, asked for or not, are assigned to tracker rows by the largest sum of overlaps of at
/// least one half; a tracker row that falls to an ignored one goes.
package enum IgnoreRule: String, Hashable, Sendable, CaseIterable {
    /// Nothing is left out: a tracker row on a row of flag 0 is a false positive.
    case none
    /// Rows of flag 0 are ignored: what is mostly hidden, or too small to be asked for.
    case flagged
    /// As MOT17 has it: rows of the classes 2, 7, 8 and 12 are ignored, and only rows of class 1 with flag 1 are asked for.
    case mot17

    /// Person on a vehicle, static person, distractor, reflection.
    private static let mot17Ignored: Set<Int> = [2, 7, 8, 12]
    private static let pedestrian = 1

    func ignores(_ row: TrackingRow) -> Bool {
        switch self {
        case .none: false
        case .flagged: !row.isScored
        case .mot17: Self.mot17Ignored.contains(row.kind)
        }
    }

    func asks(for row: TrackingRow) -> Bool {
        row.isScored && (self != .mot17 || row.kind == Self.pedestrian)
    }

    /// - Returns: what is left of both, in order of the frames.
    func applied(
        truth: [TrackingRow], tracks: [TrackingRow]
    ) throws(RepeatedID) -> (truth: [TrackingRow], tracks: [TrackingRow]) {
        let asked = truth.filter(asks)
        guard self != .none, truth.contains(where: ignores) else { return (asked, tracks) }
        let (all, found) = (try TrackingOrder(truth).rows, try TrackingOrder(tracks).rows)
        var kept: [TrackingRow] = []
        var assignment = SparseAssignment()
        var cursor = FrameCursor(all, found)
        while let frame = cursor.next() {
            let gone = ignored(all[frame.truth], found[frame.tracks], &assignment)
            for (place, row) in found[frame.tracks].enumerated() where !gone.contains(place) { kept.append(row) }
        }
        return (asked, kept)
    }

    private func ignored(
        _ truth: ArraySlice<TrackingRow>, _ tracks: ArraySlice<TrackingRow>, _ assignment: inout SparseAssignment
    ) -> Set<Int> {
        guard truth.contains(where: ignores), !tracks.isEmpty else { return [] }
        assignment.begin(rows: truth.count, columns: tracks.count)
        for (row, one) in truth.enumerated() {
            for (column, other) in tracks.enumerated() {
                let overlap = one.overlap(other)
                if overlap >= CLEARScore.threshold - Double.ulpOfOne {
                    assignment.add(row: row, column: Int32(column), weight: overlap)
                }
            }
        }
        assignment.solve()
        var gone: Set<Int> = []
        for (row, one) in truth.enumerated() where ignores(one) && assignment.columnOfRow[row] >= 0 {
            gone.insert(Int(assignment.columnOfRow[row]))
        }
        return gone
    }
}

/// Walks through two lists of rows, both in order of the frames.
struct FrameCursor {
    private let truth: [TrackingRow]
    private let tracks: [TrackingRow]
    private var truthPosition = 0
    private var trackPosition = 0

    init(_ truth: [TrackingRow], _ tracks: [TrackingRow]) {
        self.truth = truth
        self.tracks = tracks
    }

    /// - Returns: the next frame that either has, with its rows in both.
    mutating func next() -> (number: Int, truth: Range<Int>, tracks: Range<Int>)? {
        let one = truthPosition < truth.count ? truth[truthPosition].frame : Int.max
        let other = trackPosition < tracks.count ? tracks[trackPosition].frame : Int.max
        let number = min(one, other)
        guard number < Int.max else { return nil }
        let (first, firstTrack) = (truthPosition, trackPosition)
        while truthPosition < truth.count, truth[truthPosition].frame == number { truthPosition += 1 }
        while trackPosition < tracks.count, tracks[trackPosition].frame == number { trackPosition += 1 }
        return (number, first..<truthPosition, firstTrack..<trackPosition)
    }
}
