/// The pieces of all movers of one picture, made from spheres and corners in the camera's axes.
///
/// A piece is the outline of everything between its spheres. Not `Sendable`: lives in one painter, which fills it anew
/// for each picture without asking for memory again.
final class PartSheet {
    /// Metres ahead: what is nearer is not drawn.
    static let near: Float = 0.12

    struct Sphere {
        var center: SIMD3<Float>
        var radius: Float
    }

    var points: [SIMD2<Float>] = []
    var parts: [Part] = []
    var faces: [FaceShader] = []
    /// What throws shadows.
    var solids: [Sphere] = []
    var lens: Lens
    /// Added to the next piece.
    var spheres: [Sphere] = []
    private var corners: [SIMD3<Float>] = []

    init() {
        lens = Lens(CameraView(position: .zero, pan: 0, tilt: 0, fieldOfView: 60, width: 16, height: 16))
        points.reserveCapacity(4096)
        parts.reserveCapacity(512)
        spheres.reserveCapacity(16)
    }

    func begin(_ view: CameraView) {
        lens = Lens(view)
        points.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        faces.removeAll(keepingCapacity: true)
        solids.removeAll(keepingCapacity: true)
        spheres.removeAll(keepingCapacity: true)
    }

    func sphere(_ center: SIMD3<Float>, _ radius: Float) { spheres.append(Sphere(center: center, radius: radius)) }

    /// Circles of few corners for small ones, of many for large ones.
    private static let circles: [[SIMD2<Float>]] = [8, 12, 20, 36, 64].map { count in
        (0..<count).map { step in
            let angle = 360 * Double(step) / Double(count)
            return SIMD2(Float(Trigonometry.cosine(angle)), Float(Trigonometry.sine(angle)))
        }
    }

    static func circle(_ radius: Float) -> [SIMD2<Float>] {
        circles[radius < 1.5 ? 0 : radius < 5 ? 1 : radius < 20 ? 2 : radius < 90 ? 3 : 4]
    }

    /// Closes the outline around the spheres given; they are used up.
    ///
    /// `depth`: metres added to the distance by which pieces are ordered.
    /// - Returns: nil where a part of it is behind the lens.
    func outline(depth: Float = 0, slack: Float = 0.3) -> Part? {
        defer { spheres.removeAll(keepingCapacity: true) }
        var (nearest, middle, largest): (Float, Float, Float) = (.infinity, 0, 0)
        for sphere in spheres {
            guard sphere.center.z - sphere.radius > Self.near else { return nil }
            nearest = min(nearest, sphere.center.z)
            middle += sphere.center.z
            largest = max(largest, sphere.radius / sphere.center.z)
        }
        let first = points.count
        var size = largest * lens.focal
        if spheres.count > 5 {
            // A ring is as round as it is wide.
            let (a, b) = (spheres[0].center, spheres[spheres.count / 2].center)
            size = max(size, length(a - b) / nearest * lens.focal / 2)
        }
        let circle = Self.circle(size)
        for direction in circle {
            var best = SIMD2<Float>.zero
            var reach = -Float.infinity
            for sphere in spheres {
                let point = rim(sphere, direction)
                let ahead = dot(point, direction)
                if ahead > reach { (best, reach) = (point, ahead) }
            }
            if points.count == first || points[points.count - 1] != best { points.append(best) }
        }
        let depth = middle / Float(spheres.count) + depth
        var part = part(from: first, depth: depth, nearness: SIMD3(1 / max(nearest - slack, Self.near), 0, 0))
        part.solid = solids.count..<solids.count + spheres.count
        solids.append(contentsOf: spheres)
        return part
    }

    /// Where a sphere is seen to end in a direction of the picture: a point of the circle in which rays from the lens
    /// touch it.
    @inline(__always) private func rim(_ sphere: Sphere, _ direction: SIMD2<Float>) -> SIMD2<Float> {
        let c = sphere.center
        let square = dot(c, c)
        let part = sphere.radius * sphere.radius / square
        let radius = sphere.radius * (1 - part).squareRoot()
        // Two axes across the line of sight; the first lies level in the picture.
        let level = 1 / (c.x * c.x + c.z * c.z).squareRoot()
        let side = SIMD3(c.z * level, 0, -c.x * level)
        let below = cross(c, side) / square.squareRoot()
        return lens.pixel(c * (1 - part) + (side * direction.x + below * direction.y) * radius)
    }

    /// The part of corners of a plane polygon that is ahead of the lens, as a piece.
    ///
    /// - Returns: nil where nothing of it is ahead or it is seen from its edge.
    func polygon(_ given: [SIMD3<Float>], depth: Float = 0, slack: Float = 0.15) -> Part? {
        corners.removeAll(keepingCapacity: true)
        var middle: Float = 0
        for (index, corner) in given.enumerated() {
            let next = given[index + 1 == given.count ? 0 : index + 1]
            if corner.z > Self.near { corners.append(corner) }
            if (corner.z > Self.near) != (next.z > Self.near) {
                corners.append(corner + (next - corner) * ((Self.near - corner.z) / (next.z - corner.z)))
            }
            middle += corner.z
        }
        guard corners.count > 2 else { return nil }
        let first = points.count
        for corner in corners { points.append(lens.pixel(corner)) }
        var part = part(from: first, depth: middle / Float(given.count) + depth, nearness: .zero)
        part.nearness = plane(given, slack: slack)
        return part
    }

    /// One over the distance of a plane is a plane over the picture.
    private func plane(_ given: [SIMD3<Float>], slack: Float) -> SIMD3<Float> {
        // The longest normal of a fan is the surest.
        var normal = SIMD3<Float>.zero
        for index in 2..<given.count {
            let other = cross(given[index - 1] - given[0], given[index] - given[0])
            if dot(other, other) > dot(normal, normal) { normal = other }
        }
        normal = unit(normal)
        var reach = dot(normal, given[0])
        var nearest = Float.infinity
        for corner in given { nearest = min(nearest, corner.z) }
        // Nearly from the edge, or through the lens: one distance for all.
        guard abs(reach) > 0.02 * length(given[0]) else {
            return SIMD3(1 / max(nearest - slack, Self.near), 0, 0)
        }
        if reach < 0 { (normal, reach) = (-normal, -reach) }
        let inverse = 1 / max(reach - slack * abs(normal.z), 0.02)
        let (px, py) = (normal.x / lens.focal * inverse, normal.y / lens.focal * inverse)
        return SIMD3(normal.z * inverse - px * lens.center.x - py * lens.center.y, px, py)
    }

    /// The outline of a solid with corners and no roundness, where it is wholly ahead.
    func hull(_ given: [SIMD3<Float>], depth: Float = 0, slack: Float = 0.15) -> Part? {
        var (middle, nearest): (Float, Float) = (0, .infinity)
        for corner in given {
            guard corner.z > Self.near else { return nil }
            middle += corner.z
            nearest = min(nearest, corner.z)
        }
        let first = points.count
        var seen = given.map(lens.pixel)
        seen.sort { $0.x < $1.x || $0.x == $1.x && $0.y < $1.y }
        // Monotone chain: below from the left to the right, above back again.
        for pass in 0..<2 {
            let start = points.count
            for point in seen {
                while points.count - start >= 2 {
                    let (a, b) = (points[points.count - 2], points[points.count - 1])
                    if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
                    points.removeLast()
                }
                points.append(point)
            }
            if !points.isEmpty { points.removeLast() }
            if pass == 0 { seen.reverse() }
        }
        guard points.count - first > 2 else {
            points.removeLast(points.count - first)
            return nil
        }
        var part = part(
            from: first, depth: middle / Float(given.count) + depth,
            nearness: SIMD3(1 / max(nearest - slack, Self.near), 0, 0))
        part.solid = solids.count..<solids.count + given.count
        for corner in given { solids.append(Sphere(center: corner, radius: 0)) }
        return part
    }

    /// A piece of the points from `first` on; corners far outside come nearer, so that sums stay exact.
    func part(from first: Int, depth: Float, nearness: SIMD3<Float>) -> Part {
        let bound = SIMD2<Float>(repeating: 60_000)
        var low = bound
        var high = -bound
        for index in first..<points.count {
            let point = pointwiseMin(pointwiseMax(points[index], -bound), bound)
            points[index] = point
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
        return Part(
            first: first, count: points.count - first, low: low, high: high,
            fill: .flat(FlatShader(tone: Tone(base: .zero, slope: .zero), factor: 0)), depth: depth, nearness: nearness)
    }

    /// Measures across a piece by a direction of the picture: −1…1 from edge to edge.
    func roundness(of part: Part, along axis: SIMD2<Float>, light: MoverLight) -> Roundness {
        let length = length(axis)
        let direction = length > 1e-4 ? SIMD2(-axis.y, axis.x) / length : SIMD2(1, 0)
        var (low, high): (Float, Float) = (.infinity, -.infinity)
        for index in part.first..<part.first + part.count {
            let across = dot(points[index], direction)
            low = min(low, across)
            high = max(high, across)
        }
        let half = max((high - low) / 2, 0.05)
        return Roundness(
            across: SIMD3(-(low + high) / 2, direction.x, direction.y) / half, direction: direction, light: light)
    }
}
