import Foundation

/// What a camera's place and direction tell of the picture: how high somebody is who stands at a pixel, and where on the
/// ground that is.
struct GroundView {
    /// Pixels of the picture.
    let width: Double
    let height: Double
    let camera: VisionCamera
    private let focal: Double
    private let position: SIMD3<Double>
    private let right: SIMD3<Double>
    private let down: SIMD3<Double>
    private let ahead: SIMD3<Double>

    /// Metres before the lens within which nothing is looked for.
    private static let near = 0.3
    /// Metres: farther places on the ground are at the horizon.
    private static let far = 400.0

    init(_ camera: VisionCamera, width: Int, height: Int) {
        self.camera = camera
        self.width = Double(width)
        self.height = Double(height)
        func turn(_ degrees: Double) -> (sin: Double, cos: Double) {
            (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        }
        let (pan, tilt, roll) = (turn(camera.pan), turn(camera.tilt), turn(camera.roll))
        ahead = SIMD3(pan.sin * tilt.cos, tilt.sin, pan.cos * tilt.cos)
        let level = SIMD3(pan.cos, 0, -pan.sin)
        let below = SIMD3(pan.sin * tilt.sin, -tilt.cos, pan.cos * tilt.sin)
        right = level * roll.cos + below * roll.sin
        down = below * roll.cos - level * roll.sin
        let angle = min(max(camera.fieldOfView, 0.1), 170)
        focal = Double(width) / 2 / tan(angle / 2 * .pi / 180)
        let place = camera.position + Array(repeating: 0, count: max(0, 3 - camera.position.count))
        position = SIMD3(place[0], place[1], place[2])
    }

    /// Where a point of the world is in the picture, with the lens's distortion; nil behind the lens.
    func pixel(_ point: SIMD3<Double>) -> SIMD2<Double>? {
        let offset = point - position
        let depth = (offset * ahead).sum()
        guard depth > Self.near else { return nil }
        let flat = SIMD2((offset * right).sum(), (offset * down).sum()) / depth
        let stretch = 1 + camera.distortion * (flat * flat).sum()
        return SIMD2(width, height) / 2 + flat * (stretch * focal)
    }

    /// The place at which a pixel's ray meets a level above the ground (metres); nil above the horizon.
    func place(of pixel: SIMD2<Double>, level: Double = 0) -> SIMD2<Double>? {
        let seen = (pixel - SIMD2(width, height) / 2) / focal
        var flat = seen
        if camera.distortion != 0 {
            // The inverse by repetition: the lens moves points by little.
            for _ in 0..<4 { flat = seen / (1 + camera.distortion * (flat * flat).sum()) }
        }
        let ray = ahead + right * flat.x + down * flat.y
        let fall = position.y - level
        guard ray.y * fall < 0 else { return nil }
        let length = -fall / ray.y
        guard length > Self.near, length < Self.far else { return nil }
        let point = position + ray * length
        return SIMD2(point.x, point.z)
    }

    /// Pixels of a metre upright whose foot is at a pixel; nil where there is no ground.
    func pixelsPerMetre(footAt pixel: SIMD2<Double>) -> Double? {
        guard let place = place(of: pixel), let top = self.pixel(SIMD3(place.x, 1.7, place.y)) else { return nil }
        let metre = (pixel.y - top.y) / 1.7
        return metre > 0 ? metre : nil
    }

    /// The foot of somebody of a height (metres) whose head's top is at a pixel; nil where there is no ground for it.
    func foot(below head: SIMD2<Double>, height: Double) -> SIMD2<Double>? {
        guard let place = place(of: head, level: height) else { return nil }
        return pixel(SIMD3(place.x, 0, place.y))
    }
}
