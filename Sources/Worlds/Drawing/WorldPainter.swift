package import Pictures
package import Truth

/// Draws a world as a camera in it sees it.
///
/// Not `Sendable`: it keeps the standing things of the last view drawn. One is used by one job at a time.
package final class WorldPainter {
    private let world: World
    private var canvas: Canvas?
    private let backdrop: BackdropPainter

    package init(_ world: World) {
        self.world = world
        backdrop = BackdropPainter(Backdrop(world.scene))
    }

    /// The picture of a view at a moment, seconds of the scene.
    package func picture(of view: CameraView, at time: Double) -> YUVPicture {
        draw(view, at: time, marks: false).picture
    }

    /// The picture and what is in it.
    package func frame(of view: CameraView, at time: Double, index: Int) -> (YUVPicture, TruthFrame) {
        let canvas = draw(view, at: time, marks: true)
        let pose = TruthPose(pan: view.pan, tilt: view.tilt, roll: view.roll, fieldOfView: view.fieldOfView)
        return (canvas.picture, TruthFrame(index: index, time: time, pose: pose, objects: []))
    }

    private func draw(_ view: CameraView, at time: Double, marks: Bool) -> Canvas {
        if let canvas, canvas.width == view.width, canvas.height == view.height, (canvas.marks != nil) == marks {
            return canvas
        }
        let fresh = Canvas(width: view.width, height: view.height, hasMarks: marks)
        canvas = fresh
        backdrop.draw(view, rows: 0..<view.height, on: fresh, sharpness: 1)
        return fresh
    }
}
