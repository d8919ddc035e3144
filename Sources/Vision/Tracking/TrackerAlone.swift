/// The tracker without eyes: follows boxes that somebody else found, to tell what the tracker alone can do.
package final class TrackerAlone {
    private let view: GroundView
    private let tracker = ObjectTracker()

    /// - Parameters:
    ///   - camera: where it looks from.
    ///   - width: pixels.
    ///   - height: pixels.
    package init(_ camera: VisionCamera, width: Int, height: Int) {
        view = GroundView(camera, width: width, height: height)
    }

    /// - Parameters:
    ///   - boxes: of people, pixels, in any order.
    ///   - time: seconds; rises.
    /// - Returns: who is taken to be there.
    package func follow(_ boxes: [VisionBox], time: Double) -> VisionFrame {
        tracker.predict(to: time, view: view)
        tracker.take(
            shares: tracker.tracks.map { _ in nil }, free: boxes.map { Sighting(box: $0) }, time: time, view: view)
        return VisionFrame(
            time: time,
            objects: tracker.present(at: time).map {
                VisionObject(id: $0.id, kind: $0.kind, box: $0.box, confidence: $0.confidence)
            }.sorted { $0.id < $1.id })
    }
}
