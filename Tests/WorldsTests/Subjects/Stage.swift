import Truth

@testable import Worlds

/// A scene with subjects and vehicles by seed, and pictures of it before an even background.
struct Stage {
    var scene: Scene

    init(looks: [Appearance] = [], vehicles: [Vehicle] = [], things: [Thing] = []) {
        scene = Scene(name: "stage", tier: .easy, seed: 1, duration: 10)
        let course = Course(start: 0, from: GroundPoint(0, 0), steps: [])
        scene.subjects = looks.enumerated().map { index, look in
            Subject(name: "subject-\(index)", id: index + 1, appearance: look, course: course)
        }
        scene.vehicles = vehicles
        scene.things = things
    }

    static func vehicle(_ kind: Vehicle.Kind, id: Int = 50, plate: String = "ABC1234", dirt: Double = 0) -> Vehicle {
        Vehicle(
            name: "vehicle-\(id)", id: id, kind: kind, color: RGB(0x2F5FA8), plate: plate, dirt: dirt,
            course: Course(start: 0, from: GroundPoint(0, 0), steps: []))
    }

    static func figure(
        _ subject: Int = 0, x: Double = 0, z: Double = 0, heading: Double = 180, speed: Double = 0, gait: Double = 0,
        yaw: Double = 0, pitch: Double = 0, expression: Figure.Expression = .neutral
    ) -> Figure {
        Figure(
            subject: subject, at: GroundPoint(x, z), heading: heading, speed: speed, gait: gait, headYaw: yaw,
            headPitch: pitch, expression: expression, isBlinking: false, carries: nil)
    }

    static func moving(_ vehicle: Int = 0, x: Double = 0, z: Double = 0, heading: Double = 180) -> MovingVehicle {
        MovingVehicle(
            vehicle: vehicle, at: GroundPoint(x, z), heading: heading, speed: 0, wheel: 30, isBraking: false)
    }

    static func view(
        from position: Vector3, tilt: Double, field: Double, width: Int = 160, height: Int = 90, pan: Double = 0
    ) -> CameraView {
        CameraView(position: position, pan: pan, tilt: tilt, fieldOfView: field, width: width, height: height)
    }

    /// A moment drawn before an even luma.
    ///
    /// `nearness`: one over the metres to the background, by column and row.
    func draw(
        _ moment: WorldMoment, _ view: CameraView, luma: UInt8 = 120, marks: Bool = true,
        nearness: (Int, Int) -> Float = { _, _ in 0 }
    ) -> (canvas: Canvas, painter: MoverPainter) {
        let canvas = Canvas(width: view.width, height: view.height, hasMarks: marks)
        for row in 0..<view.height {
            for column in 0..<view.width {
                canvas.luma[row * view.width + column] = luma
                canvas.nearness[row * view.width + column] = nearness(column, row)
            }
        }
        let painter = MoverPainter(scene)
        painter.drawsShadows = false
        painter.draw(moment, in: view, under: Shading(scene), on: canvas)
        return (canvas, painter)
    }

    static func moment(
        figures: [Figure] = [], vehicles: [MovingVehicle] = [], things: [StandingThing] = []
    ) -> WorldMoment {
        WorldMoment(time: 1, figures: figures, vehicles: vehicles, things: things)
    }

    /// The rectangle of all that a moment covers of a picture, found by drawing it before black and before white: what is
    /// alike in both is covered.
    func covered(_ moment: WorldMoment, _ view: CameraView) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        let (black, white) = (draw(moment, view, luma: 16).canvas, draw(moment, view, luma: 235).canvas)
        var (columns, rows): (ClosedRange<Int>?, ClosedRange<Int>?)
        for row in 0..<view.height {
            for column in 0..<view.width {
                let index = row * view.width + column
                guard Int(white.luma[index]) - Int(black.luma[index]) < 217 else { continue }
                columns = columns.map { min($0.lowerBound, column)...max($0.upperBound, column) } ?? column...column
                rows = rows.map { min($0.lowerBound, row)...max($0.upperBound, row) } ?? row...row
            }
        }
        guard let columns, let rows else { return nil }
        return (columns, rows)
    }
}
