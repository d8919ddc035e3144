/// A convex piece of a mover in the picture.
struct Part {
    /// Its corners in `PartSheet.points`.
    var first: Int
    var count: Int
    /// Pixels.
    var low: SIMD2<Float>
    var high: SIMD2<Float>
    var fill: Fill
    /// Metres ahead, by which pieces of one mover are ordered; the far ones are drawn first.
    var depth: Float
    /// One over the metres ahead as a plane over the picture: `x + y · column + z · row`.
    var nearness: SIMD3<Float>
    /// 0…1.
    var opacity: Float = 1
    /// Its spheres in `PartSheet.solids`, from which its shadow is made.
    var solid: Range<Int> = 0..<0
    /// Belongs to the outline; what is only painted on another piece does not.
    var isBody = true
}

/// How a piece is painted.
enum Fill {
    case flat(FlatShader)
    case round(RoundShader)
    case pattern(PatternShader)
    /// Its place in `PartSheet.faces`.
    case face(Int)
}

/// The camera in single precision: for points near a mover, in the camera's axes.
struct Lens {
    let focal: Float
    let center: SIMD2<Float>

    init(_ view: CameraView) {
        focal = Float(view.focalLength)
        center = SIMD2(Float(view.width) / 2, Float(view.height) / 2)
    }

    /// - Precondition: `point.z > 0`.
    @inline(__always) func pixel(_ point: SIMD3<Float>) -> SIMD2<Float> {
        let scale = focal / point.z
        return SIMD2(center.x + point.x * scale, center.y + point.y * scale)
    }
}

/// Axes of a body in those of the camera: x to its right, y up, z ahead of it; metres.
struct BodyFrame {
    var origin: SIMD3<Float>
    var right: SIMD3<Float>
    var up: SIMD3<Float>
    var ahead: SIMD3<Float>

    /// At a place of the world, looking along a heading (degrees from north to east).
    init(at place: Vector3, heading: Double, seenBy view: CameraView) {
        func turned(_ v: Vector3) -> SIMD3<Float> {
            SIMD3(Float(v.dot(view.right)), Float(v.dot(view.down)), Float(v.dot(view.ahead)))
        }
        let (sine, cosine) = (Trigonometry.sine(heading), Trigonometry.cosine(heading))
        let local = view.local(place)
        origin = SIMD3(Float(local.x), Float(local.y), Float(local.z))
        right = turned(Vector3(cosine, 0, -sine))
        up = turned(.up)
        ahead = turned(Vector3(sine, 0, cosine))
    }

    init(origin: SIMD3<Float>, right: SIMD3<Float>, up: SIMD3<Float>, ahead: SIMD3<Float>) {
        self.origin = origin
        self.right = right
        self.up = up
        self.ahead = ahead
    }

    /// A point of the body in the camera's axes.
    @inline(__always) func callAsFunction(_ p: SIMD3<Float>) -> SIMD3<Float> {
        origin + right * p.x + up * p.y + ahead * p.z
    }

    /// A direction of the body in the camera's axes.
    @inline(__always) func direction(_ p: SIMD3<Float>) -> SIMD3<Float> { right * p.x + up * p.y + ahead * p.z }

    /// A direction of the camera's axes in those of the body.
    @inline(__always) func inward(_ p: SIMD3<Float>) -> SIMD3<Float> {
        SIMD3(dot(p, right), dot(p, up), dot(p, ahead))
    }

    /// The frame moved to a point of it and turned there: degrees to its left, and degrees that what is ahead rises.
    func turned(at point: SIMD3<Float>, left: Double, up raise: Double) -> BodyFrame {
        let (s, c) = (Float(Trigonometry.sine(left)), Float(Trigonometry.cosine(left)))
        let (t, d) = (Float(Trigonometry.sine(raise)), Float(Trigonometry.cosine(raise)))
        let side = right * c + ahead * s
        let front = ahead * c - right * s
        return BodyFrame(origin: self(point), right: side, up: up * d - front * t, ahead: front * d + up * t)
    }
}
