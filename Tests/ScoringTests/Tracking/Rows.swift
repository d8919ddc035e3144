import Scoring

/// Rows of one id: a box that stands still, in these frames.
func rows(_ id: Int, _ frames: some Sequence<Int>, left: Double = 0, width: Double = 10) -> [TrackingRow] {
    frames.map { TrackingRow(frame: $0, id: id, left: left, top: 0, width: width, height: 20) }
}

func sequence(_ truth: [TrackingRow], _ tracks: [TrackingRow]) throws -> TrackingSequence {
    try TrackingSequence(truth: truth, tracks: tracks)
}
