/// Something that moves, as one picture shows it.
struct Mover {
    enum Kind {
        case figure(Figure)
        case vehicle(MovingVehicle)
        case thing(StandingThing)
    }

    var kind: Kind
    var at: GroundPoint
    var heading: Double
    /// Metres above the ground's plane: a kerb.
    var ground: Double
    var footprint: Footprint
    /// Of a ball that holds all of it: the height of its middle and its radius, metres.
    var ball: (height: Double, radius: Double)
    /// Metres from the lens.
    var distance: Double = 0
    /// In the canvas, from 1.
    var mark: UInt16 = 0
    /// Its pieces in the sheet.
    var parts: Range<Int> = 0..<0
    var frame: BodyFrame
    /// Of a figure.
    var head: BodyFrame?
    /// Of a vehicle: the corners of the plates that look at the lens, in the camera's axes.
    var plate: [SIMD3<Float>]?

    var isLong: Bool { if case .vehicle = kind { true } else { false } }

    /// Whether any of it may be in the picture.
    func isSeen(by view: CameraView) -> Bool {
        let local = view.local(at.at(height: ground + ball.height))
        guard local.z > -ball.radius else { return false }
        func isInside(_ side: Double, _ pixels: Int) -> Bool {
            let slope = Double(pixels) / 2 / view.focalLength
            return abs(side) <= max(local.z, 0) * slope + ball.radius * (1 + slope * slope).squareRoot()
        }
        return isInside(local.x, view.width) && isInside(local.y, view.height)
    }
}
