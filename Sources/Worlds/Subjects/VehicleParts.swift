/// A vehicle as pieces.
extension PartSheet {
    /// Adds a vehicle in the order in which its pieces are drawn.
    ///
    /// - Returns: the corners of the plate that looks at the lens, in the camera's axes: upper left as one reads it,
    ///   then clockwise.
    func add(
        _ moving: MovingVehicle, _ body: VehicleBody, frame: BodyFrame, light: MoverLight, time: Double
    ) -> [SIMD3<Float>]? {
        if body.vehicle.kind == .bicycle {
            bicycle(moving, body, frame: frame, light: light, time: time)
            return nil
        }
        let painter = VehiclePaints(moving, body, light)
        // The lens in the vehicle's axes.
        let eye = frame.inward(-frame.origin)
        under(body, frame, light)
        for wheel in body.wheels {
            for side in [Float(-1), 1] where (eye.x - side * wheel.x) * side <= 0 {
                self.wheel(wheel, side, moving.wheel, frame, light, isOuterSeen: false)
            }
        }
        for index in Self.order(body.solids, from: eye) { add(body.solids[index], painter, frame, light, eye) }
        for wheel in body.wheels {
            for side in [Float(-1), 1] where (eye.x - side * wheel.x) * side > 0 {
                self.wheel(wheel, side, moving.wheel, frame, light, isOuterSeen: true)
            }
        }
        var seen: [SIMD3<Float>]?
        for place in body.plates where dot(eye - place.center, place.normal) > 0 {
            seen = plate(body, place, frame, light) ?? seen
        }
        return seen
    }

    /// The far ones first: of each two the plane between their boxes decides.
    private static func order(_ solids: [VehicleBody.Solid], from eye: SIMD3<Float>) -> [Int] {
        func isBehind(_ a: VehicleBody.Solid, _ b: VehicleBody.Solid) -> Bool {
            var (widest, answer) = (-Float.infinity, false)
            for axis in 0..<3 {
                if b.low[axis] - a.high[axis] > widest {
                    widest = b.low[axis] - a.high[axis]
                    answer = eye[axis] > (a.high[axis] + b.low[axis]) / 2
                }
                if a.low[axis] - b.high[axis] > widest {
                    widest = a.low[axis] - b.high[axis]
                    answer = eye[axis] < (b.high[axis] + a.low[axis]) / 2
                }
            }
            return answer
        }
        var left = Array(solids.indices)
        var order: [Int] = []
        while !left.isEmpty {
            let next = left.firstIndex { one in
                !left.contains { $0 != one && isBehind(solids[$0], solids[one]) }
            }
            order.append(left.remove(at: next ?? 0))
        }
        return order
    }

    private func add(
        _ solid: VehicleBody.Solid, _ paints: VehiclePaints, _ frame: BodyFrame, _ light: MoverLight,
        _ eye: SIMD3<Float>
    ) {
        if var whole = hull(solid.corners.map { frame($0) }) {
            whole.fill = .flat(
                FlatShader(tone: paints.tone(solid.role), factor: light.factor(frame.up) * 0.75))
            parts.append(whole)
        }
        for face in solid.faces where dot(eye - face.corners[0], face.normal) > 0 {
            let factor = light.factor(frame.direction(face.normal))
            surface(face.corners, paints.tone(face.role), factor, frame, isBody: true, isSide: face.isSide)
            for decal in face.decals {
                surface(
                    decal.corners, paints.tone(decal.role), paints.factor(decal.role, factor), frame, isBody: false,
                    isSide: face.isSide || decal.role == .glass)
            }
            if paints.dirt > 0, face.isSide {
                grime(face, paints, factor, frame)
            }
        }
    }

    private func surface(
        _ corners: [SIMD3<Float>], _ tone: Tone, _ factor: Float, _ frame: BodyFrame, isBody: Bool, isSide: Bool,
        opacity: Float = 1
    ) {
        guard var part = polygon(corners.map { frame($0) }) else { return }
        var shader = FlatShader(tone: tone, factor: factor)
        let tall = part.high.y - part.low.y
        if isSide, tall > 1 {
            // Lighter above, where the sky is mirrored.
            let top = 1.1 * factor
            let slope = -0.24 * factor / tall
            shader = FlatShader(tone: tone, factor: top - slope * part.low.y, slope: slope)
        }
        part.fill = .flat(shader)
        part.isBody = isBody
        part.opacity = opacity
        parts.append(part)
    }

    /// Mud on the lower part of a side.
    private func grime(_ face: VehicleBody.Face, _ paints: VehiclePaints, _ factor: Float, _ frame: BodyFrame) {
        let foot = face.corners.reduce(Float.infinity) { min($0, $1.y) }
        guard foot < 0.9 else { return }
        for layer in 1...3 {
            let top = foot + 0.14 * Float(layer)
            var band: [SIMD3<Float>] = []
            for (index, corner) in face.corners.enumerated() {
                let next = face.corners[(index + 1) % face.corners.count]
                if corner.y <= top { band.append(corner) }
                if (corner.y <= top) != (next.y <= top) {
                    band.append(corner + (next - corner) * ((top - corner.y) / (next.y - corner.y)))
                }
            }
            guard band.count > 2 else { continue }
            surface(
                band, paints.mud, factor, frame, isBody: false, isSide: false, opacity: min(0.3 * paints.dirt, 0.3))
        }
    }

    /// The dark between the wheels.
    private func under(_ body: VehicleBody, _ frame: BodyFrame, _ light: MoverLight) {
        guard let (front, rear) = body.wheels.first.flatMap({ a in body.wheels.last.map { (a, $0) } }) else { return }
        let x = front.x - front.width * 0.5
        var corners: [SIMD3<Float>] = []
        for side in [-x, x] {
            for z in [front.z + 0.3, rear.z - 0.3] {
                for y in [front.radius * 0.55, front.radius * 1.2] { corners.append(frame(SIMD3(side, y, z))) }
            }
        }
        guard var part = hull(corners) else { return }
        part.fill = .flat(FlatShader(tone: light.tone(Paint(RGB(0x17181A))), factor: light.factor(frame.up) * 0.6))
        parts.append(part)
    }

    private func wheel(
        _ wheel: VehicleBody.Wheel, _ side: Float, _ turn: Double, _ frame: BodyFrame, _ light: MoverLight,
        isOuterSeen: Bool
    ) {
        let count = 28
        func ring(_ x: Float, _ radius: Float) -> [SIMD3<Float>] {
            (0..<count).map { step in
                let angle = 360 * Double(step) / Double(count)
                return frame(
                    SIMD3(
                        side * x, wheel.radius + radius * Float(Trigonometry.sine(angle)),
                        wheel.z + radius * Float(Trigonometry.cosine(angle))))
            }
        }
        let tyre = light.tone(Paint(RGB(0x26272A)))
        let factor = light.factor(frame.right * side)
        let outer = ring(wheel.x, wheel.radius)
        if var part = hull(outer + ring(wheel.x - wheel.width, wheel.radius)) {
            part.fill = .flat(FlatShader(tone: tyre, factor: factor * 0.75))
            parts.append(part)
        }
        guard isOuterSeen else { return }
        func disc(_ corners: [SIMD3<Float>], _ tone: Tone, _ factor: Float, isBody: Bool = false) {
            guard var part = polygon(corners) else { return }
            part.fill = .flat(FlatShader(tone: tone, factor: factor))
            part.isBody = isBody
            parts.append(part)
        }
        disc(outer, tyre, factor, isBody: true)
        disc(ring(wheel.x, wheel.radius * 0.64), light.tone(Paint(RGB(0xB9BDC2))), factor)
        let hole = light.tone(Paint(RGB(0x4A4D52)))
        for spoke in 0..<5 {
            let angle = turn + Double(spoke) * 72
            func rim(_ degrees: Double, _ part: Float) -> SIMD3<Float> {
                // Ahead is down at the front of a wheel that turns ahead.
                frame(
                    SIMD3(
                        side * wheel.x, wheel.radius + wheel.radius * part * Float(Trigonometry.cosine(degrees)),
                        wheel.z + wheel.radius * part * Float(Trigonometry.sine(degrees))))
            }
            disc(
                [
                    rim(angle - 22, 0.52), rim(angle - 8, 0.56), rim(angle + 8, 0.56), rim(angle + 22, 0.52),
                    rim(angle, 0.2),
                ],
                hole, factor)
        }
        disc(ring(wheel.x, wheel.radius * 0.13), light.tone(Paint(RGB(0x6B6F75))), factor)
    }
}

/// The paints of a vehicle in their light.
struct VehiclePaints {
    private let body: VehicleBody
    private let light: MoverLight
    private let isLit: Bool
    private let isBraking: Bool
    let mud: Tone
    let dirt: Float

    init(_ moving: MovingVehicle, _ body: VehicleBody, _ light: MoverLight) {
        self.body = body
        self.light = light
        isLit = body.vehicle.lights || light.isNight
        isBraking = moving.isBraking
        mud = light.tone(Paint(RGB(0x8A7458)))
        dirt = Float(body.vehicle.dirt)
    }

    func tone(_ role: VehicleBody.Role) -> Tone {
        switch role {
        case .paint: light.tone(body.paint)
        case .second: light.tone(body.second)
        case .glass: light.tone(Paint(RGB(0x3A4752)))
        case .dark: light.tone(Paint(RGB(0x202226)))
        case .trim: light.tone(body.paint.lit(0.45))
        case .headlight: isLit ? light.shining(Paint(RGB(0xFFF6DC))) : light.tone(Paint(RGB(0xE4E8EA)))
        case .taillight:
            isBraking
                ? light.shining(Paint(RGB(0xFF2A1E)))
                : isLit ? light.shining(Paint(RGB(0xB81E1A))) : light.tone(Paint(RGB(0x9C1F22)))
        case .sign: isLit ? light.shining(Paint(RGB(0xF2A531))) : light.tone(Paint(RGB(0xE0A040)))
        }
    }

    func factor(_ role: VehicleBody.Role, _ face: Float) -> Float {
        role == .glass ? face * 1.15 : face
    }
}
