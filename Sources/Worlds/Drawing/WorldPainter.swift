package import Pictures
package import Truth

/// Draws a world as a camera in it sees it.
///
/// Not `Sendable`: it keeps the standing things of the last view drawn. One is used by one job at a time.
package final class WorldPainter {
    /// How carefully the standing things are drawn.
    package enum Quality: Hashable, Sendable {
        /// Coarse in fast movement, which would blur it, plain in slow; finely once two pictures in turn show the same view.
        case automatic
        /// Always plain: a sample a pixel.
        case moving
        /// Always finely: each view gives one picture, whatever was drawn before.
        case resting
    }

    private let world: World
    private let shading: Shading
    private let backdrop: BackdropCache
    private let movers: MoverPainter
    private let weather: WeatherPainter
    private var canvas: Canvas?
    private var lens: LensRemap?
    private var bent: Canvas?

    package init(_ world: World) {
        self.world = world
        shading = Shading(world.scene)
        backdrop = BackdropCache(world.scene)
        movers = MoverPainter(world.scene)
        weather = WeatherPainter(world.scene)
    }

    /// The picture of a view at a moment, seconds of the scene.
    package func picture(of view: CameraView, at time: Double, quality: Quality = .automatic) -> YUVPicture {
        draw(view, at: time, marks: false, quality).picture
    }

    /// The picture and what is in it.
    package func frame(
        of view: CameraView, at time: Double, index: Int, quality: Quality = .resting
    ) -> (YUVPicture, TruthFrame) {
        let canvas = draw(view, at: time, marks: true, quality)
        let pose = TruthPose(pan: view.pan, tilt: view.tilt, roll: view.roll, fieldOfView: view.fieldOfView)
        let objects = movers.objects(in: view, on: canvas)
        return (canvas.picture, TruthFrame(index: index, time: time, pose: pose, objects: objects))
    }

    private func draw(_ view: CameraView, at time: Double, marks: Bool, _ quality: Quality) -> Canvas {
        let ideal = ideal(view)
        let below =
            switch quality {
            case .automatic: backdrop.canvas(following: ideal)
            case .moving: backdrop.canvas(of: ideal, .plain)
            case .resting: backdrop.canvas(of: ideal, .fine)
            }
        let canvas = canvas(over: below, marks)
        canvas.begin(from: below)
        movers.draw(world.moment(at: time), in: ideal, under: shading, on: canvas)
        let shown = bend(canvas, view, marks)
        weather.draw(on: shown, view: view, at: time)
        return shown
    }

    /// The view as it is drawn: without distortion.
    private func ideal(_ view: CameraView) -> CameraView {
        guard view.distortion != 0 else {
            lens = nil
            return view
        }
        if let lens, lens.serves(view) { return lens.ideal }
        let fresh = LensRemap(view)
        lens = fresh
        return fresh.ideal
    }

    private func canvas(over below: Canvas, _ marks: Bool) -> Canvas {
        if let canvas, canvas.lies(over: below), (canvas.marks != nil) == marks { return canvas }
        let fresh = Canvas(over: below, hasMarks: marks)
        canvas = fresh
        return fresh
    }

    private func bend(_ canvas: Canvas, _ view: CameraView, _ marks: Bool) -> Canvas {
        guard let lens else { return canvas }
        let target: Canvas
        if let bent, bent.width == view.width, bent.height == view.height, (bent.marks != nil) == marks {
            target = bent
        } else {
            target = Canvas(width: view.width, height: view.height, hasMarks: marks)
            bent = target
        }
        lens.bend(canvas, to: target)
        return target
    }
}
