/// A setting as flat faces in the world, with their light: made once for a world, drawn from anywhere.
struct Backdrop: Sendable {
    /// A point of a surface: metres along its axes.
    typealias Point = SIMD2<Double>

    private(set) var surfaces: [Surface] = []
    private(set) var faces: [Face] = []
    private(set) var points: [Point] = []
    /// What lies flat on the ground: stripes and patches.
    private(set) var ground: Surface
    /// Covers the ground to the horizon.
    let groundCoat: Coat
    /// Surfaces of `contact` faces on the ground.
    private(set) var contacts: [Surface] = []
    /// Convex outlines of shadows on the ground, each above the ground by what casts it; and the heights of kerbs on which
    /// they lie as well.
    private(set) var shadows: [Shadow] = []
    private(set) var shadowHeights: [Double] = [0]
    let shading: Shading

    /// What the sun's light does not reach: a flat outline at a height that is thrown to the ground.
    struct Shadow: Sendable {
        /// Convex, on the ground at height 0.
        var corners: [GroundPoint]
    }

    init(_ scene: Scene) {
        shading = Shading(scene)
        let setting = scene.setting
        groundCoat = Coat(setting.ground, setting.groundColor)
        ground = Surface(
            origin: .zero, u: Vector3(1, 0, 0), v: Vector3(0, 0, 1), normal: .up, isTwoSided: false, first: 0, count: 0,
            center: .zero, radius: .infinity, light: shading.factor(.up), isLarge: true)
        addGround(setting)
        add(setting)
    }

    // MARK: Building

    /// Adds a surface and its faces, the uppermost first.
    mutating func add(
        origin: Vector3, u: Vector3, v: Vector3, normal: Vector3, isTwoSided: Bool = false,
        _ shapes: [(points: [Point], coat: Coat, kind: Face.Kind)]
    ) {
        guard !shapes.isEmpty else { return }
        let first = faces.count
        var (low, high) = (Point(repeating: .infinity), Point(repeating: -.infinity))
        for shape in shapes {
            append(shape.points, shape.coat, shape.kind)
            for point in shape.points {
                low = pointwiseMin(low, point)
                high = pointwiseMax(high, point)
            }
        }
        let middle = (low + high) / 2
        let half = (high - low) / 2
        let radius = (half.x * half.x + half.y * half.y).squareRoot()
        surfaces.append(
            Surface(
                origin: origin, u: u, v: v, normal: normal, isTwoSided: isTwoSided, first: first,
                count: shapes.count, center: origin + u * middle.x + v * middle.y, radius: radius,
                light: shading.factor(normal), isLarge: radius > 1.5))
    }

    private mutating func append(_ corners: [Point], _ coat: Coat, _ kind: Face.Kind) {
        var (low, high) = (corners[0], corners[0])
        for corner in corners {
            low = pointwiseMin(low, corner)
            high = pointwiseMax(high, corner)
        }
        let size = high - low
        faces.append(
            Face(
                first: points.count, count: corners.count, coat: coat, kind: kind, detail: Float(min(size.x, size.y))))
        points += corners
    }

    private mutating func addGround(_ setting: Setting) {
        ground.first = 0
        for stripe in setting.stripes.reversed() {
            let length = stripe.from.distance(to: stripe.to)
            guard length > 0 else { continue }
            let ahead = GroundPoint((stripe.to.x - stripe.from.x) / length, (stripe.to.z - stripe.from.z) / length)
            let step = stripe.dash ?? length
            for begin in Swift.stride(from: 0, to: length, by: stripe.dash == nil ? length : 2 * step) {
                let end = min(begin + step, length)
                let (sideX, sideZ) = (ahead.z * stripe.width / 2, -ahead.x * stripe.width / 2)
                let (x0, z0) = (stripe.from.x + ahead.x * begin, stripe.from.z + ahead.z * begin)
                let (x1, z1) = (stripe.from.x + ahead.x * end, stripe.from.z + ahead.z * end)
                append(
                    [
                        Point(x0 - sideX, z0 - sideZ), Point(x1 - sideX, z1 - sideZ), Point(x1 + sideX, z1 + sideZ),
                        Point(x0 + sideX, z0 + sideZ),
                    ], Coat(stripe.color, MaterialTextures.asphalt), .cover)
            }
        }
        for patch in setting.patches.reversed() where patch.height == 0 {
            append(patch.corners.map { Point($0.x, $0.z) }, Coat(patch.material, patch.color), .cover)
        }
        ground.count = faces.count
    }

    /// Darkens the ground along a wall's foot from one place to another; outwards is to the right of the way.
    mutating func addContact(_ from: GroundPoint, _ to: GroundPoint, width: Double, amount: Float) {
        let length = from.distance(to: to)
        guard length > 0.01 else { return }
        let u = Vector3((to.x - from.x) / length, 0, (to.z - from.z) / length)
        let first = faces.count
        append(
            [Point(0, 0), Point(length, 0), Point(length, width), Point(0, width)], groundCoat,
            .contact(width: Float(width), amount: amount))
        let v = Vector3(u.z, 0, -u.x)
        contacts.append(
            Surface(
                origin: from.at(height: 0), u: u, v: v, normal: .up, isTwoSided: false, first: first, count: 1,
                center: from.at(height: 0) + u * (length / 2) + v * (width / 2), radius: length / 2 + width,
                light: 1, isLarge: false))
    }

    /// Throws the shadow of what stands between the heights over an outline, with the sun.
    mutating func addShadow(of outline: [GroundPoint], from low: Double, to high: Double) {
        guard shading.shadow < 1 else { return }
        let (dx, dz) = (shading.toSun.x / shading.toSun.y, shading.toSun.z / shading.toSun.y)
        // A sun at the horizon would throw shadows without end.
        let (lowReach, highReach) = (low, min(high, 60))
        let thrown =
            outline.map { GroundPoint($0.x - dx * lowReach, $0.z - dz * lowReach) }
            + outline.map { GroundPoint($0.x - dx * highReach, $0.z - dz * highReach) }
        shadows.append(Shadow(corners: Self.hull(thrown)))
    }

    mutating func addShadowHeight(_ height: Double) {
        if !shadowHeights.contains(height) { shadowHeights.append(height) }
    }

    /// The convex hull, by Andrew's monotone chain.
    static func hull(_ points: [GroundPoint]) -> [GroundPoint] {
        let sorted = points.sorted { ($0.x, $0.z) < ($1.x, $1.z) }
        func chain(_ points: [GroundPoint]) -> [GroundPoint] {
            var chain: [GroundPoint] = []
            for point in points {
                while chain.count > 1 {
                    let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
                    guard (b.x - a.x) * (point.z - a.z) - (b.z - a.z) * (point.x - a.x) <= 0 else { break }
                    chain.removeLast()
                }
                chain.append(point)
            }
            return Array(chain.dropLast())
        }
        return chain(sorted) + chain(sorted.reversed())
    }
}
