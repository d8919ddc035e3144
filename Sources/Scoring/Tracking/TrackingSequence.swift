/// Truth and tracker of one sequence, frame beside frame, with all boxes that touch.
package struct TrackingSequence: Sendable {
    /// The number of the last frame that a file has, whether its rows are asked for or not.
    package private(set) var frameCount = 0
    /// The ids in order of their first row; everything else names them by their place here.
    package let truthIDs: [Int]
    package let trackIDs: [Int]
    /// Rows of each id.
    let truthRows: [Int32]
    let trackRows: [Int32]
    /// Frames with rows, in order.
    private(set) var frames: [Frame] = []
    /// The id of each row, frame by frame.
    let truth: [Int32]
    let tracks: [Int32]
    /// Boxes that touch, frame by frame, in order of the truth's rows.
    private(set) var pairs: [Pair] = []
    /// The two ids of each couple that touches at least once.
    private(set) var couples: [(truth: Int32, track: Int32)] = []

    /// A frame's part of the lists.
    struct Frame: Sendable {
        var number: Int
        var truth: Range<Int32>
        var tracks: Range<Int32>
        var pairs: Range<Int32>
    }

    /// Two boxes that touch.
    struct Pair: Sendable {
        /// Within the frame.
        var row: Int32
        var column: Int32
        /// Of its two ids: place in `couples`.
        var couple: Int32
        /// Intersection over union, above 0.
        var overlap: Double
    }

    /// - Parameters:
    ///   - truth: rows of flag 0 are left out.
    ///   - tracks: of the same frames.
    ///   - ignoring: which tracker rows are left out beside.
    /// - Throws: the first row that repeats an id within its frame.
    package init(
        truth: [TrackingRow], tracks: [TrackingRow], ignoring: IgnoreRule = .none
    ) throws(RepeatedID) {
        let last = max(truth.map(\.frame).max() ?? 0, tracks.map(\.frame).max() ?? 0)
        let kept = try ignoring.applied(truth: truth, tracks: tracks)
        let (truth, tracks) = (try TrackingOrder(kept.truth), try TrackingOrder(kept.tracks))
        frameCount = last
        (truthIDs, truthRows, self.truth) = (truth.ids, truth.counts, truth.places)
        (trackIDs, trackRows, self.tracks) = (tracks.ids, tracks.counts, tracks.places)
        join(truth.rows, tracks.rows)
    }

    private mutating func join(_ truthRows: [TrackingRow], _ trackRows: [TrackingRow]) {
        var cursor = FrameCursor(truthRows, trackRows)
        var known: [UInt64: Int32] = [:]
        while let frame = cursor.next() {
            let first = pairs.count
            for row in frame.truth {
                for column in frame.tracks {
                    let overlap = truthRows[row].overlap(trackRows[column])
                    guard overlap > 0 else { continue }
                    let key = UInt64(truth[row]) << 32 | UInt64(tracks[column])
                    let couple = known[key] ?? Int32(couples.count)
                    if couple == couples.count {
                        known[key] = couple
                        couples.append((truth[row], tracks[column]))
                    }
                    pairs.append(
                        Pair(
                            row: Int32(row - frame.truth.lowerBound), column: Int32(column - frame.tracks.lowerBound),
                            couple: couple, overlap: overlap))
                }
            }
            frames.append(
                Frame(
                    number: frame.number, truth: Self.range(frame.truth), tracks: Self.range(frame.tracks),
                    pairs: Self.range(first..<pairs.count)))
        }
    }

    private static func range(_ range: Range<Int>) -> Range<Int32> {
        Int32(range.lowerBound)..<Int32(range.upperBound)
    }
}
