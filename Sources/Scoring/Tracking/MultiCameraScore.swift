/// Cameras that share one clock and one set of ids.
package struct MultiCameraScore: Sendable {
    /// Rows of one camera.
    package struct Camera: Sendable {
        package var name: String
        package var truth: [TrackingRow]
        package var tracks: [TrackingRow]

        package init(name: String, truth: [TrackingRow], tracks: [TrackingRow]) {
            self.name = name
            self.truth = truth
            self.tracks = tracks
        }
    }

    /// The last frame that any of the cameras has.
    package let framesPerCamera: Int
    /// All cameras as one sequence, one behind the other: a tracker id counts for one object over all of them.
    package let joined: TrackingScore
    package let perCamera: [(name: String, score: TrackingScore)]

    /// - Throws: the first row that repeats an id within its frame.
    package init(_ cameras: [Camera], ignoring: IgnoreRule = .none) throws(RepeatedID) {
        joined = TrackingScore(try Self.sequence(of: cameras, ignoring: ignoring))
        var scores: [(String, TrackingScore)] = []
        for camera in cameras {
            let sequence = try TrackingSequence(truth: camera.truth, tracks: camera.tracks, ignoring: ignoring)
            scores.append((camera.name, TrackingScore(sequence)))
        }
        perCamera = scores
        framesPerCamera = Self.frames(of: cameras)
    }

    /// The cameras one behind the other.
    package static func sequence(
        of cameras: [Camera], ignoring: IgnoreRule = .none
    ) throws(RepeatedID) -> TrackingSequence {
        let step = frames(of: cameras)
        func moved(_ rows: [TrackingRow], _ camera: Int) -> [TrackingRow] {
            rows.map { row in
                var row = row
                row.frame += camera * step
                return row
            }
        }
        return try TrackingSequence(
            truth: cameras.enumerated().flatMap { moved($1.truth, $0) },
            tracks: cameras.enumerated().flatMap { moved($1.tracks, $0) }, ignoring: ignoring)
    }

    private static func frames(of cameras: [Camera]) -> Int {
        cameras.flatMap { [$0.truth, $0.tracks] }.compactMap { $0.map(\.frame).max() }.max() ?? 0
    }

    package var json: ScoreDocument {
        .object([
            .init("cameras", .count(perCamera.count)), .init("frames_per_camera", .count(framesPerCamera)),
            .init("joined", joined.jsonWithFrames(framesPerCamera * perCamera.count)),
            .init("per_camera", .object(perCamera.map { .init($0.name, .object($0.score.meanMembers)) })),
        ])
    }
}

extension TrackingScore {
    /// With another number of frames: the last camera has as many as the others, whether its last ones have rows or not.
    fileprivate func jsonWithFrames(_ frames: Int) -> ScoreDocument {
        .object([.init("num_frames", .count(frames))] + countMembers.dropFirst() + scoreMembers)
    }
}
