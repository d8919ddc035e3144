package import AV
internal import Pictures
package import Worlds

/// A world as a camera in it sees it, drawn at the present pose.
package final class WorldPictures: PictureSource {
    private let world: World
    private let camera: SceneCamera

    /// - Parameters:
    ///   - world: begins again after its duration.
    ///   - camera: where it stands and what its lens is.
    package init(_ world: World, camera: SceneCamera) {
        self.world = world
        self.camera = camera
    }

    package func subject(at elapsed: Int64, _ pose: ViewPose) -> PictureSubject {
        let duration = Int64((world.scene.duration * 1e9).rounded())
        return .world(pose, seconds: Double(duration > 0 ? max(0, elapsed) % duration : max(0, elapsed)) / 1e9)
    }

    package func maker(width: Int, height: Int) throws(AVError) -> any PictureMaker {
        Maker(painter: WorldPainter(world), camera: camera, width: width, height: height)
    }

    private final class Maker: PictureMaker {
        private let painter: WorldPainter
        private let camera: SceneCamera
        private let (width, height): (Int, Int)

        init(painter: WorldPainter, camera: SceneCamera, width: Int, height: Int) {
            (self.painter, self.camera) = (painter, camera)
            (self.width, self.height) = (width, height)
        }

        func picture(of subject: PictureSubject) throws(AVError) -> YUVPicture {
            guard case .world(let pose, let seconds) = subject else {
                return YUVPicture(width: width, height: height, filled: .black)
            }
            return painter.picture(of: camera.view(pose, width: width, height: height), at: seconds)
        }
    }
}

extension SceneCamera {
    /// What it sees with its head at that pose.
    package func view(_ pose: ViewPose, width: Int, height: Int) -> CameraView {
        view(pan: pose.pan, tilt: pose.tilt, roll: pose.roll, zoom: pose.zoom).sized(width: width, height: height)
    }
}
