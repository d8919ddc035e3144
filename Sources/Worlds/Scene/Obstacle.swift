/// What stands in the way: an upright box on the ground.
struct Obstacle: Hashable, Sendable {
    /// For messages: `a wall`, `the bench at 3, 4`.
    var name: String
    var center: GroundPoint
    /// Metres along its own x, which lies 90° clockwise of its heading, and z.
    var width: Double
    var depth: Double
    /// Metres.
    var height: Double
    /// Degrees from north to east.
    var heading: Double

    /// Metres above which walls and roofs leave room for people.
    static let headroom = 2.2

    private func local(_ point: GroundPoint) -> GroundPoint {
        let (dx, dz) = (point.x - center.x, point.z - center.z)
        let (sine, cosine) = (Trigonometry.sine(heading), Trigonometry.cosine(heading))
        return GroundPoint(dx * cosine - dz * sine, dx * sine + dz * cosine)
    }

    /// Whether a point lies in it or nearer than a margin, metres.
    func contains(_ point: GroundPoint, margin: Double) -> Bool {
        let point = local(point)
        return abs(point.x) < width / 2 + margin && abs(point.z) < depth / 2 + margin
    }

    /// Whether a straight way leads through it.
    func blocks(_ a: GroundPoint, _ b: GroundPoint, margin: Double) -> Bool {
        let (a, b) = (local(a), local(b))
        var (from, to) = (0.0, 1.0)
        for (start, end, half) in [(a.x, b.x, width / 2 + margin), (a.z, b.z, depth / 2 + margin)] {
            let step = end - start
            guard abs(step) > 1e-12 else {
                if abs(start) >= half { return false }
                continue
            }
            let (first, second) = ((-half - start) / step, (half - start) / step)
            from = max(from, min(first, second))
            to = min(to, max(first, second))
        }
        return from < to
    }
}

extension Prop.Kind {
    /// Metres that it takes on the ground at its usual size: across, along its heading, and how high it is; nil where one
    /// can walk through.
    package var footprint: (width: Double, depth: Double, height: Double)? {
        switch self {
        case .tree: (0.4, 0.4, 5)
        case .hedge: (2, 0.6, 1)
        case .lamp: (0.2, 0.2, 5)
        case .post, .bollard: (0.16, 0.16, 1)
        case .bench: (1.7, 0.5, 0.8)
        case .bin: (0.5, 0.5, 0.9)
        case .planter: (1.2, 1.2, 0.6)
        case .fence: (2, 0.1, 1)
        case .counter: (2, 0.7, 1.1)
        case .plant: (0.5, 0.5, 1.2)
        case .cone: (0.35, 0.35, 0.7)
        case .shelter, .door: nil
        }
    }
}

extension Setting {
    /// All that people and vehicles must walk and drive around.
    var obstacles: [Obstacle] {
        let walls = walls.filter { $0.base < Obstacle.headroom }.map { wall in
            Obstacle(
                name: "the wall from \(wall.from.text) to \(wall.to.text)",
                center: GroundPoint((wall.from.x + wall.to.x) / 2, (wall.from.z + wall.to.z) / 2),
                width: wall.thickness, depth: wall.from.distance(to: wall.to), height: wall.height,
                heading: wall.from.heading(to: wall.to))
        }
        let buildings = buildings.map { building in
            Obstacle(
                name: "the building at \(building.center.text)", center: building.center, width: building.width,
                depth: building.depth, height: building.height, heading: building.heading)
        }
        let props = props.compactMap { prop -> Obstacle? in
            guard let size = prop.kind.footprint else { return nil }
            return Obstacle(
                name: "the \(prop.kind) at \(prop.at.text)", center: prop.at, width: size.width * prop.scale,
                depth: size.depth * prop.scale, height: size.height * prop.scale, heading: prop.heading)
        }
        return walls + buildings + props
    }
}

extension GroundPoint {
    /// `[3, 4.5]`.
    var text: String { "[\(x.short), \(z.short)]" }
}

extension Double {
    /// Without `.0`, with two decimals at most.
    var short: String {
        let rounded = (self * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
