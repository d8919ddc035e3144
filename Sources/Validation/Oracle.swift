import Truth
import Vision

/// The true boxes, without ids, through the core's tracker: what is lost then is lost by the tracker alone, and a tier in
/// which much is lost asks for what nobody can do.
enum Oracle {
    /// - Parameters:
    ///   - truth: of all frames.
    ///   - job: what the core was told.
    /// - Returns: what the tracker makes of each frame.
    static func answer(_ truth: [TruthFrame], _ job: CoreJob) -> [CoreFrame] {
        let tracker = TrackerAlone(job.camera, width: job.width, height: job.height)
        return truth.map { frame in
            let boxes = frame.objects.filter { object in
                object.kind == .human && MOTChallengeRow(object, frame: frame).isScored
            }.map { VisionBox($0.box) }
            // In the order of their places, so that the order of the truth tells nothing.
            let sorted = boxes.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
            return CoreFrame(
                index: frame.index, tracker.follow(sorted, time: Double(frame.index) / Double(job.rate)))
        }
    }
}
