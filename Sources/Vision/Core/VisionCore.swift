package import Pictures

/// Detects, follows and recognises drawn test subjects in the pictures of one camera.
///
/// It knows pictures, times and where the camera looks; it never sees truth. For one job at a time.
package final class VisionCore {
    private let settings: VisionSettings
    private(set) var eye: Eye?
    private let tracker = ObjectTracker()
    /// When somebody was looked at more closely, seconds.
    private var looks: [Int: Double] = [:]
    private let faces: (any FaceSpecialist)?
    private let plates: (any PlateSpecialist)?

    /// Pixels of a person whose head is large enough to be told apart, and of a vehicle whose plate is to be read.
    private static let leastPerson = 100.0
    private static let leastVehicle = 40.0

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
        let present = tracker.present(at: time)
        var frame = VisionFrame(time: time)
        for track in present {
            var object = VisionObject(id: track.id, kind: track.kind, box: track.box, confidence: track.confidence)
            object.colors = track.halves
            frame.objects.append(object)
        }
        ask(about: present, picture, time: time)
        for track in present {
            switch track.kind {
            case .human: frame.objects += faces?.objects(of: track.id, box: track.box, time: time) ?? []
            case .vehicle: frame.objects += plates?.objects(of: track.id, box: track.box, time: time) ?? []
            case .face, .plate, .bag: break
            }
        }
        for track in tracker.takeForgotten() {
            looks[track.id] = nil
            if track.kind == .human { faces?.forget(person: track.id) } else { plates?.forget(vehicle: track.id) }
        }
        frame.objects.sort { $0.id < $1.id }
        return frame
    }

    /// Lets the specialists look at those who are seen now and were not looked at for longest.
    private func ask(about tracks: [FollowedObject], _ picture: YUVPicture, time: Double) {
        func next(_ kind: VisionKind, _ budget: Int, least: Double) -> [FollowedObject] {
            let open = tracks.filter { track in
                track.kind == kind && track.misses == 0 && track.box.height >= least && !tracker.isHidden(track)
            }
            return Array(open.sorted { looks[$0.id, default: -1] < looks[$1.id, default: -1] }.prefix(budget))
        }
        if let faces {
            for track in next(.human, settings.facesPerPicture, least: Self.leastPerson) {
                faces.look(at: picture, person: track.id, box: track.box, time: time)
                looks[track.id] = time
            }
        }
        if let plates {
            for track in next(.vehicle, settings.platesPerPicture, least: Self.leastVehicle) {
                plates.look(at: picture, vehicle: track.id, box: track.box, time: time)
                looks[track.id] = time
            }
        }
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
