package import Pictures

/// Detects, follows and recognises drawn test subjects in the pictures of one camera.
///
/// It knows pictures, times and where the camera looks; it never sees truth. For one job at a time.
package final class VisionCore {
    private let settings: VisionSettings
    private var eye: Eye?
    private let tracker = ObjectTracker()
    private let faces: (any FaceSpecialist)?
    private let plates: (any PlateSpecialist)?

    package init(_ settings: VisionSettings = VisionSettings()) {
        self.settings = settings
        faces = settings.findsFaces ? settings.faceSpecialist?() : nil
        plates = settings.findsPlates ? settings.plateSpecialist?() : nil
    }

    /// Looks at the next picture.
    ///
    /// - Parameters:
    ///   - picture: decoded; of the same size each time.
    ///   - time: seconds of the stream; rises.
    ///   - camera: where it looked from.
    /// - Returns: what it takes to be there now.
    package func look(at picture: YUVPicture, time: Double, from camera: VisionCamera) -> VisionFrame {
        let eye = eye(for: picture, camera)
        tracker.predict(to: time, view: eye.view)
        eye.see(picture, time: time, tracker: tracker)
        var frame = VisionFrame(time: time)
        for track in tracker.present(at: time) {
            var object = VisionObject(id: track.id, kind: track.kind, box: track.box, confidence: track.strength)
            object.colors = track.halves
            frame.objects.append(object)
        }
        frame.objects.sort { $0.id < $1.id }
        return frame
    }

    /// What sees from there; a new one where the camera has moved.
    private func eye(for picture: YUVPicture, _ camera: VisionCamera) -> Eye {
        if let eye, eye.view.camera == camera { return eye }
        tracker.restart()
        let new = Eye(camera, width: picture.width, height: picture.height)
        eye = new
        return new
    }
}
