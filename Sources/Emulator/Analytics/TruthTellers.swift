import AV
import Truth
import Worlds

/// The truth of a world as a camera in it sees it.
///
/// It is found by drawing, smaller than the picture: boxes are computed from the figures and are as exact, what is hidden by
/// what is seen pixel by pixel.
final class WorldTruth: TruthTeller {
    /// Pixels of a drawing's width at the most.
    private static let width = 640

    let size: (width: Int, height: Int)
    private let painter: WorldPainter
    private let camera: SceneCamera

    init(_ world: World, camera: SceneCamera) {
        painter = WorldPainter(world)
        self.camera = camera
        // Even sides in the shape of the picture.
        let part = max(1, (camera.width + Self.width - 1) / Self.width)
        let divides = camera.width % (2 * part) == 0 && camera.height % (2 * part) == 0
        size = divides ? (camera.width / part, camera.height / part) : (camera.width, camera.height)
    }

    func truth(of subject: PictureSubject) -> TruthFrame? {
        guard case .world(let pose, let seconds) = subject else { return nil }
        let view = camera.view(pose, width: size.width, height: size.height)
        return painter.frame(of: view, at: seconds, index: 0, quality: .moving).1
    }
}

/// The truth that lies beside a recording.
final class RecordedTruth: TruthTeller {
    let size: (width: Int, height: Int)
    private let clip: Clip
    private let sidecar: TruthSidecar

    init(_ sidecar: TruthSidecar, of clip: Clip) {
        self.sidecar = sidecar
        self.clip = clip
        size = (sidecar.sheet.width, sidecar.sheet.height)
    }

    func truth(of subject: PictureSubject) -> TruthFrame? {
        guard case .frame(let number) = subject, clip.video.frames.indices.contains(number) else { return nil }
        // Frames lie in the order of decoding, truth in that of showing.
        let (time, count) = (clip.video.frames[number].time, sidecar.frames.count)
        let place = (Double(time) * Double(count) / Double(clip.video.duration)).rounded()
        return sidecar.frames.indices.contains(Int(place)) ? sidecar.frames[Int(place)] : nil
    }
}
