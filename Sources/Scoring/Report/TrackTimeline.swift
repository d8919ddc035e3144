/// Who of the tracker held which object when.
package struct TrackTimeline: Sendable {
    /// Consecutive matches of one object with one id of the tracker.
    package struct Run: Hashable, Sendable {
        package var track: Int
        package var first: Int
        package var last: Int
        /// The object had another id before.
        package var isSwitch: Bool
    }

    /// One object of the truth.
    package struct Line: Sendable {
        package var id: Int
        /// Frames with rows, as stretches without gaps.
        package var presence: [ClosedRange<Int>] = []
        package var runs: [Run] = []
        /// Rows of each id of the tracker that held it.
        package var shares: [Int: Int] = [:]
    }

    /// In order of the first row.
    package private(set) var lines: [Line]

    package init(_ sequence: TrackingSequence) {
        var lines = sequence.truthIDs.map { Line(id: $0) }
        for frame in sequence.frames {
            for place in frame.truth {
                let line = Int(sequence.truth[Int(place)])
                if let last = lines[line].presence.last, last.upperBound == frame.number - 1 {
                    lines[line].presence[lines[line].presence.count - 1] = last.lowerBound...frame.number
                } else {
                    lines[line].presence.append(frame.number...frame.number)
                }
            }
        }
        _ = CLEARScore(sequence) { frame, truth, track, _ in
            let (line, id) = (Int(truth), sequence.trackIDs[Int(track)])
            lines[line].shares[id, default: 0] += 1
            if let last = lines[line].runs.last, last.track == id, last.last == frame - 1 {
                lines[line].runs[lines[line].runs.count - 1].last = frame
            } else {
                let isSwitch = lines[line].runs.last.map { $0.track != id } ?? false
                lines[line].runs.append(Run(track: id, first: frame, last: frame, isSwitch: isSwitch))
            }
        }
        self.lines = lines
    }
}
