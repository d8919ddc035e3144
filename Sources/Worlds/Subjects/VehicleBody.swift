/// What of a vehicle stays the same from frame to frame: convex solids, what is painted on their faces, wheels.
///
/// Its own axes: x to its right, y up from the ground, z ahead; the middle of its length is the origin. Metres.
struct VehicleBody {
    enum Role {
        case paint, second, glass, dark, trim, headlight, taillight, sign
    }

    /// A plane figure on a face.
    struct Decal {
        var corners: [SIMD3<Float>]
        var role: Role
    }

    struct Face {
        var corners: [SIMD3<Float>]
        /// Outwards, unit length.
        var normal: SIMD3<Float>
        var role: Role
        var decals: [Decal] = []
        /// A side, which is darker below.
        var isSide = false
    }

    struct Solid {
        var faces: [Face] = []
        var corners: [SIMD3<Float>] = []
        var low = SIMD3<Float>(repeating: .infinity)
        var high = SIMD3<Float>(repeating: -.infinity)
        var role = Role.paint
    }

    struct Wheel {
        var z: Float
        var radius: Float
        /// Of its outer side from the middle.
        var x: Float
        var width: Float
    }

    /// Where a plate is: its middle, to the right as one reads it, and upwards (unit length).
    struct PlatePlace {
        var center: SIMD3<Float>
        var right: SIMD3<Float>
        var up: SIMD3<Float>
        var normal: SIMD3<Float> { cross(right, up) * -1 }
    }

    let vehicle: Vehicle
    /// Width, height, length.
    let size: SIMD3<Float>
    private(set) var solids: [Solid] = []
    private(set) var wheels: [Wheel] = []
    private(set) var plates: [PlatePlace] = []
    let paint: Paint
    let second: Paint
    let signs: [[[SIMD2<Float>]]]
    let rider: FigureStyle?

    init(_ vehicle: Vehicle) {
        self.vehicle = vehicle
        paint = Paint(vehicle.color)
        second = vehicle.kind == .truck ? Paint(RGB(0xDAD8D2)) : Paint(vehicle.color).lit(0.7)
        signs = vehicle.plate.map { sign in
            StrokeFont.quads(of: sign).map { quad in quad.map { SIMD2(Float($0.x), Float($0.y)) } }
        }
        var look: Appearance?
        switch vehicle.kind {
        case .car: size = SIMD3(1.8, 1.46, 4.28)
        case .van: size = SIMD3(1.96, 2.04, 5.0)
        case .bus: size = SIMD3(2.52, 3.1, 11)
        case .truck: size = SIMD3(2.5, 3.35, 8)
        case .bicycle:
            size = SIMD3(0.62, 1.8, 1.75)
            var rider = Appearance(seed: UInt64(truncatingIfNeeded: vehicle.id) &* 7919 &+ 13)
            rider.bag = rider.bag == .backpack ? .backpack : .none
            rider.lowerKind = rider.lowerKind == .skirt ? .trousers : rider.lowerKind
            rider.height = 1.72
            look = rider
        }
        rider = look.map { FigureStyle($0) }
        switch vehicle.kind {
        case .car: makeCar()
        case .van: makeVan()
        case .bus: makeBus()
        case .truck: makeTruck()
        case .bicycle: break
        }
    }

    // MARK: Shapes

    /// A side view drawn out to both sides: a convex profile from the front's foot over the top to the rear's foot; half
    /// the width at height 0, and what it loses per metre of height.
    private func solid(
        _ profile: [(z: Float, y: Float)], width: (foot: Float, loss: Float), role: Role = .paint
    ) -> Solid {
        func corner(_ side: Float, _ index: Int) -> SIMD3<Float> {
            let p = profile[index]
            return SIMD3(side * (width.foot - width.loss * p.y), p.y, p.z)
        }
        var solid = Solid()
        solid.role = role
        let middle = profile.reduce(SIMD3<Float>.zero) { $0 + SIMD3(0, $1.y, $1.z) } / Float(profile.count)
        func add(_ corners: [SIMD3<Float>], isSide: Bool) {
            var normal = unit(cross(corners[1] - corners[0], corners[2] - corners[0]))
            if dot(normal, corners[0] - middle) < 0 { normal = -normal }
            solid.faces.append(Face(corners: corners, normal: normal, role: role, isSide: isSide))
        }
        for side in [Float(-1), 1] { add(profile.indices.map { corner(side, $0) }, isSide: true) }
        for index in profile.indices {
            let next = (index + 1) % profile.count
            add([corner(-1, index), corner(1, index), corner(1, next), corner(-1, next)], isSide: false)
        }
        for side in [Float(-1), 1] {
            for index in profile.indices {
                let point = corner(side, index)
                solid.corners.append(point)
                solid.low = pointwiseMin(solid.low, point)
                solid.high = pointwiseMax(solid.high, point)
            }
        }
        return solid
    }

    /// Paints on both sides of a solid, corners as (ahead, up).
    private func onSides(_ solid: inout Solid, _ corners: [(z: Float, y: Float)], _ role: Role, only: Float? = nil) {
        for index in 0..<2 where only == nil || only == (index == 0 ? -1 : 1) {
            let face = solid.faces[index].corners
            let normal = solid.faces[index].normal
            // The place on the face's plane at that height.
            let points = corners.map { point -> SIMD3<Float> in
                let x = face[0].x + (normal.y * (face[0].y - point.y) + normal.z * (face[0].z - point.z)) / normal.x
                return SIMD3(x, point.y, point.z)
            }
            solid.faces[index].decals.append(Decal(corners: points, role: role))
        }
    }

    /// Paints on the face over an edge of the profile: across −1…1, along 0…1 from its first point.
    private func onStrip(
        _ solid: inout Solid, _ edge: Int, _ rects: [(x: ClosedRange<Float>, t: ClosedRange<Float>)], _ role: Role
    ) {
        let face = solid.faces[2 + edge].corners
        func place(_ x: Float, _ t: Float) -> SIMD3<Float> {
            let (a, b) = ((face[0] + face[1]) / 2, (face[3] + face[2]) / 2)
            let (ha, hb) = ((face[1] - face[0]) / 2, (face[2] - face[3]) / 2)
            return a + (b - a) * t + (ha + (hb - ha) * t) * x
        }
        for rect in rects {
            let (x, t) = (rect.x, rect.t)
            solid.faces[2 + edge].decals.append(
                Decal(
                    corners: [
                        place(x.lowerBound, t.lowerBound), place(x.upperBound, t.lowerBound),
                        place(x.upperBound, t.upperBound), place(x.lowerBound, t.upperBound),
                    ], role: role))
        }
    }

    private mutating func plate(_ solid: Solid, _ edge: Int, at part: Float) {
        let face = solid.faces[2 + edge]
        let (a, b) = ((face.corners[0] + face.corners[1]) / 2, (face.corners[3] + face.corners[2]) / 2)
        var up = unit(b - a)
        if up.y < 0 { up = -up }
        // Read from outside: at the front the vehicle's right is on the left.
        let right = SIMD3<Float>(face.normal.z > 0 ? -1 : 1, 0, 0)
        plates.append(PlatePlace(center: a + (b - a) * part + face.normal * 0.004, right: right, up: up))
    }

    private func arch(_ solid: inout Solid, at z: Float, radius: Float, foot: Float) {
        let corners = (0...10).map { step -> (z: Float, y: Float) in
            let angle = Double(step) * 18
            return (
                z + radius * Float(Trigonometry.cosine(angle)),
                max(foot, radius * Float(Trigonometry.sine(angle)) + 0.3)
            )
        }
        onSides(&solid, corners, .dark)
    }

    private mutating func makeCar() {
        wheels = [
            Wheel(z: 1.32, radius: 0.32, x: 0.885, width: 0.2), Wheel(z: -1.3, radius: 0.32, x: 0.885, width: 0.2),
        ]
        var body = solid(
            [
                (2.08, 0.24), (2.14, 0.58), (2.02, 0.73), (0.85, 0.92), (-1.5, 0.97), (-2.02, 0.92), (-2.13, 0.56),
                (-2.06, 0.24),
            ], width: (0.905, 0.03))
        onSides(&body, [(2.07, 0.25), (2.09, 0.32), (-2.07, 0.32), (-2.06, 0.25)], .trim)
        for z in [Float(0.86), -0.12, -1.0] {
            onSides(&body, [(z - 0.008, 0.34), (z + 0.008, 0.34), (z + 0.008, 0.9), (z - 0.008, 0.9)], .trim)
        }
        for z in [Float(0.0), -0.9] {
            onSides(&body, [(z, 0.75), (z + 0.17, 0.75), (z + 0.17, 0.785), (z, 0.785)], .trim)
        }
        for wheel in wheels { arch(&body, at: wheel.z, radius: 0.38, foot: 0.245) }
        onStrip(&body, 0, [(-0.62...0.62, 0.08...0.4)], .dark)
        onStrip(&body, 1, [(-0.95 ... -0.56, 0.1...0.85), (0.56...0.95, 0.1...0.85)], .headlight)
        onStrip(&body, 1, [(-0.45...0.45, 0.2...0.7)], .dark)
        onStrip(&body, 5, [(-0.97 ... -0.64, 0.12...0.62), (0.64...0.97, 0.12...0.62)], .taillight)
        onStrip(&body, 6, [(-0.9...0.9, 0.5...0.92)], .trim)
        plate(body, 0, at: 0.62)
        plate(body, 5, at: 0.52)
        var cabin = solid(
            [(1.0, 0.9), (0.22, 1.38), (-0.1, 1.44), (-0.95, 1.44), (-1.22, 1.38), (-1.85, 0.93)], width: (1.22, 0.42))
        onSides(&cabin, [(0.74, 0.96), (0.13, 1.34), (-0.12, 1.37), (-0.16, 0.96)], .glass)
        onSides(&cabin, [(-0.24, 0.96), (-0.2, 1.37), (-0.93, 1.37), (-1.14, 1.33), (-1.48, 0.98)], .glass)
        onStrip(&cabin, 0, [(-0.9...0.9, 0.06...0.95)], .glass)
        onStrip(&cabin, 4, [(-0.88...0.88, 0.08...0.85)], .glass)
        solids = [body, cabin]
    }

    private mutating func makeVan() {
        wheels = [
            Wheel(z: 1.6, radius: 0.35, x: 0.965, width: 0.22), Wheel(z: -1.55, radius: 0.35, x: 0.965, width: 0.22),
        ]
        var body = solid(
            [
                (2.42, 0.28), (2.5, 0.62), (2.36, 1.02), (1.42, 1.86), (1.0, 2.0), (-2.38, 2.04), (-2.47, 1.94),
                (-2.5, 0.6), (-2.44, 0.28),
            ], width: (0.995, 0.045))
        onSides(&body, [(2.43, 0.29), (2.45, 0.38), (-2.46, 0.38), (-2.44, 0.29)], .trim)
        onSides(&body, [(2.0, 1.16), (1.34, 1.74), (0.66, 1.78), (0.66, 1.16)], .glass)
        for z in [Float(0.5), -1.0] {
            onSides(&body, [(z - 0.008, 0.4), (z + 0.008, 0.4), (z + 0.008, 1.86), (z - 0.008, 1.86)], .trim)
        }
        onSides(&body, [(0.5, 1.1), (-2.4, 1.1), (-2.4, 1.13), (0.5, 1.13)], .trim)
        onSides(&body, [(0.62, 0.98), (0.82, 0.98), (0.82, 1.02), (0.62, 1.02)], .trim)
        for wheel in wheels { arch(&body, at: wheel.z, radius: 0.42, foot: 0.285) }
        onStrip(&body, 0, [(-0.7...0.7, 0.1...0.45)], .dark)
        onStrip(&body, 1, [(-0.95 ... -0.62, 0.15...0.6), (0.62...0.95, 0.15...0.6)], .headlight)
        onStrip(&body, 1, [(-0.5...0.5, 0.2...0.5)], .dark)
        onStrip(&body, 2, [(-0.9...0.9, 0.06...0.94)], .glass)
        onStrip(&body, 6, [(-0.97 ... -0.82, 0.5...0.9), (0.82...0.97, 0.5...0.9)], .taillight)
        onStrip(&body, 6, [(-0.76 ... -0.06, 0.1...0.46), (0.06...0.76, 0.1...0.46)], .glass)
        onStrip(&body, 6, [(-0.012...0.012, 0.05...0.98)], .trim)
        plate(body, 0, at: 0.72)
        plate(body, 6, at: 0.72)
        solids = [body]
    }

    private mutating func makeBus() {
        wheels = [Wheel(z: 3.4, radius: 0.5, x: 1.235, width: 0.3), Wheel(z: -3.1, radius: 0.5, x: 1.235, width: 0.3)]
        var body = solid(
            [
                (5.4, 0.32), (5.5, 0.9), (5.34, 2.82), (5.1, 3.06), (-5.3, 3.1), (-5.46, 2.95), (-5.5, 0.9),
                (-5.42, 0.32),
            ], width: (1.265, 0.02))
        onSides(&body, [(5.41, 0.33), (5.45, 0.6), (-5.46, 0.6), (-5.43, 0.33)], .second)
        for index in 0..<7 {
            let z = 4.7 - Float(index) * 1.42
            onSides(&body, [(z, 1.3), (z - 1.3, 1.3), (z - 1.3, 2.55), (z, 2.55)], .glass)
        }
        for z in [Float(4.6), 0.34] {
            onSides(&body, [(z, 0.42), (z - 1.1, 0.42), (z - 1.1, 2.6), (z, 2.6)], .dark, only: 1)
            for half in [Float(0.04), 0.57] {
                onSides(
                    &body, [(z - half, 0.55), (z - half - 0.49, 0.55), (z - half - 0.49, 2.5), (z - half, 2.5)], .glass,
                    only: 1)
            }
        }
        for wheel in wheels { arch(&body, at: wheel.z, radius: 0.6, foot: 0.325) }
        onStrip(&body, 0, [(-0.93 ... -0.62, 0.5...0.85), (0.62...0.93, 0.5...0.85)], .headlight)
        onStrip(&body, 1, [(-0.94...0.94, 0.14...0.8)], .glass)
        onStrip(&body, 1, [(-0.7...0.7, 0.84...0.97)], .dark)
        onStrip(&body, 1, [(-0.55...0.55, 0.87...0.94)], .sign)
        onStrip(&body, 5, [(-0.85...0.85, 0.12...0.45)], .glass)
        onStrip(&body, 5, [(-0.96 ... -0.84, 0.6...0.92), (0.84...0.96, 0.6...0.92)], .taillight)
        onStrip(&body, 5, [(-0.6...0.6, 0.66...0.9)], .trim)
        plate(body, 0, at: 0.36)
        plate(body, 6, at: 0.3)
        solids = [body]
    }

    private mutating func makeTruck() {
        wheels = [
            Wheel(z: 3.0, radius: 0.46, x: 1.19, width: 0.3), Wheel(z: -1.7, radius: 0.46, x: 1.19, width: 0.45),
            Wheel(z: -2.75, radius: 0.46, x: 1.19, width: 0.45),
        ]
        var cab = solid(
            [(3.9, 0.42), (4.0, 1.0), (3.98, 1.35), (3.72, 2.5), (3.45, 2.68), (2.2, 2.72), (2.15, 0.42)],
            width: (1.21, 0.02))
        onSides(&cab, [(3.82, 1.5), (3.6, 2.36), (2.75, 2.36), (2.75, 1.5)], .glass)
        onSides(&cab, [(2.66, 0.9), (2.68, 0.9), (2.68, 2.5), (2.66, 2.5)], .trim)
        onSides(&cab, [(2.8, 1.28), (3.0, 1.28), (3.0, 1.33), (2.8, 1.33)], .trim)
        onSides(&cab, [(3.91, 0.43), (3.94, 0.6), (2.16, 0.6), (2.16, 0.43)], .trim)
        arch(&cab, at: 3.0, radius: 0.56, foot: 0.425)
        onStrip(&cab, 0, [(-0.95 ... -0.66, 0.4...0.75), (0.66...0.95, 0.4...0.75)], .headlight)
        onStrip(&cab, 0, [(-0.55...0.55, 0.55...0.95)], .dark)
        onStrip(&cab, 1, [(-0.7...0.7, 0.15...0.85)], .dark)
        onStrip(&cab, 2, [(-0.92...0.92, 0.12...0.92)], .glass)
        plate(cab, 0, at: 0.3)
        let chassis = solid([(2.6, 0.5), (2.6, 1.0), (-3.95, 1.0), (-3.95, 0.5)], width: (0.95, 0), role: .dark)
        var box = solid([(2.02, 1.02), (2.02, 3.34), (-4.0, 3.34), (-4.0, 1.02)], width: (1.25, 0), role: .second)
        onSides(&box, [(1.9, 1.7), (1.9, 2.1), (-3.9, 2.1), (-3.9, 1.7)], .paint)
        onSides(&box, [(1.9, 1.5), (1.9, 1.58), (-3.9, 1.58), (-3.9, 1.5)], .paint)
        onStrip(&box, 2, [(-0.96...0.96, 0.04...0.94)], .second)
        onStrip(&box, 2, [(-0.012...0.012, 0.03...0.95)], .trim)
        onStrip(&box, 2, [(-0.6 ... -0.56, 0.05...0.93), (0.56...0.6, 0.05...0.93)], .trim)
        var rear = chassis
        onStrip(&rear, 2, [(-0.97 ... -0.6, 0.15...0.6), (0.6...0.97, 0.15...0.6)], .taillight)
        plate(rear, 2, at: 0.5)
        solids = [rear, cab, box]
    }
}
