import Foundation
import Vision
import Worlds

/// Where on the ground somebody stands whose box a camera shows.
struct Ground {
    private let view: CameraView

    /// Steps that undo the lens; each brings some ten times nearer.
    private static let lensSteps = 8

    init(_ camera: VisionCamera, width: Int, height: Int) {
        view = CameraView(
            position: Vector3(camera.position[0], camera.position[1], camera.position[2]), pan: camera.pan,
            tilt: camera.tilt, roll: camera.roll, fieldOfView: camera.fieldOfView, width: width, height: height,
            distortion: camera.distortion)
    }

    /// Metres to the east and to the north of the middle of a box's lower edge; nil above the horizon.
    func foot(of box: VisionBox) -> (x: Double, z: Double)? {
        let seen = (x: box.x + box.width / 2, y: box.bottom)
        var ideal = seen
        for _ in 0..<Self.lensSteps where view.distortion != 0 {
            let bent = view.distorted(ideal)
            ideal = (ideal.x + seen.x - bent.x, ideal.y + seen.y - bent.y)
        }
        let ray = view.ray(x: ideal.x, y: ideal.y)
        guard ray.y < -1e-6 else { return nil }
        let way = -view.position.y / ray.y
        return (view.position.x + ray.x * way, view.position.z + ray.z * way)
    }

    /// The box of somebody of that height who stands there; nil where that is behind the camera.
    func box(x: Double, z: Double, metres: Double) -> VisionBox? {
        let (foot, head) = (view.local(Vector3(x, 0, z)), view.local(Vector3(x, metres, z)))
        guard foot.z > 0.5, head.z > 0.5 else { return nil }
        let (low, high) = (view.distorted(view.pixel(foot)), view.distorted(view.pixel(head)))
        let height = low.y - high.y
        guard height > 0 else { return nil }
        let width = height * Self.slimness
        return VisionBox(x: low.x - width / 2, y: high.y, width: width, height: height)
    }

    /// Width over height of people who walk.
    private static let slimness = 0.36
}

extension CoreJob.Rule {
    /// Whether a point lies in the area.
    func contains(_ point: (x: Double, z: Double)) -> Bool {
        var isInside = false
        var before = points.count - 1
        for here in points.indices {
            let (a, b) = (points[here], points[before])
            if (a[1] > point.z) != (b[1] > point.z),
                point.x < (b[0] - a[0]) * (point.z - a[1]) / (b[1] - a[1]) + a[0]
            {
                isInside.toggle()
            }
            before = here
        }
        return isInside
    }

    /// Whether a straight step leads over the line.
    func isCrossed(from a: (x: Double, z: Double), to b: (x: Double, z: Double)) -> Bool {
        func side(_ p: (x: Double, z: Double), _ q: (x: Double, z: Double), _ r: (x: Double, z: Double)) -> Double {
            (q.x - p.x) * (r.z - p.z) - (q.z - p.z) * (r.x - p.x)
        }
        let (p, q) = ((x: points[0][0], z: points[0][1]), (x: points[1][0], z: points[1][1]))
        return side(p, q, a) * side(p, q, b) < 0 && side(a, b, p) * side(a, b, q) < 0
    }
}
