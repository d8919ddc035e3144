/// What a figure carries.
extension PartSheet {
    func luggage(
        _ pose: FigurePose, _ figure: Figure, _ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight, _ h: Float
    ) {
        let build = Float(style.look.build)
        if style.has(.backpack, figure) {
            let back = pose.chest + SIMD3(0, -0.055 * h, -0.09 * h - 0.03 * h * (build - 1))
            let paint = style.paint(of: .backpack)
            pack(frame, at: back, h, paint, light)
            for side in [Float(-1), 1] {
                let top = pose.chest + SIMD3(side * 0.058 * h * build, 0.045 * h, 0.012 * h)
                let low = pose.chest + SIMD3(side * 0.066 * h * build, -0.09 * h, 0.05 * h * build)
                limb(frame(top), 0.011 * h, frame(low), 0.009 * h, paint.lit(0.75), light, depth: -0.03)
            }
        }
        if style.look.bag == .shoulder {
            let bag = pose.pelvis + SIMD3(0.105 * h * build, -0.03 * h, 0.01 * h)
            rounded(
                frame, at: bag, half: SIMD3(0.018, 0.055, 0.08) * h, radius: 0.012 * h, style.bag, light, depth: -0.02)
            let shoulder = pose.chest + SIMD3(-0.055 * h * build, 0.05 * h, 0)
            for face in [Float(-1), 1] {
                let end = bag + SIMD3(-0.01 * h, 0.06 * h, face * 0.058 * h)
                let middle = (shoulder + end) * 0.5 + SIMD3(0, 0, face * 0.052 * h * build)
                limb(frame(shoulder), 0.008 * h, frame(middle), 0.008 * h, style.bag.lit(0.7), light, depth: -0.03)
                limb(frame(middle), 0.008 * h, frame(end), 0.008 * h, style.bag.lit(0.7), light, depth: -0.03)
            }
        }
        let hand = pose.arms[1].hand
        if style.has(.suitcase, figure) {
            let size = ThingShape.suitcase
            let place = SIMD3(hand.x + 0.02, max(hand.y - 0.07 - size.half.y, size.half.y + 0.03), hand.z)
            suitcase(frame, at: place, style.paint(of: .suitcase), light)
        }
        if style.has(.box, figure) {
            let size = ThingShape.box
            box(frame, at: SIMD3(hand.x + size.half.x * 0.4, hand.y - 0.02, hand.z), style.paint(of: .box), light)
        }
    }
}

/// Sizes of things, metres.
enum ThingShape {
    /// Half of it to its right, up and ahead.
    case suitcase, backpack, box

    var half: SIMD3<Float> {
        switch self {
        case .suitcase: SIMD3(0.115, 0.27, 0.2)
        case .backpack: SIMD3(0.15, 0.22, 0.1)
        case .box: SIMD3(0.17, 0.14, 0.2)
        }
    }
}

/// Things as pieces; each `at` is their middle in the frame.
extension PartSheet {
    /// A block with round edges.
    func rounded(
        _ frame: BodyFrame, at place: SIMD3<Float>, half: SIMD3<Float>, radius: Float, _ paint: Paint,
        _ light: MoverLight, depth: Float = 0
    ) {
        let inner = half - SIMD3(repeating: radius)
        for x in [-inner.x, inner.x] {
            for y in [-inner.y, inner.y] {
                for z in [-inner.z, inner.z] { sphere(frame(place + SIMD3(x, y, z)), radius) }
            }
        }
        round(paint, light, along: frame.up, at: frame(place), depth: depth)
    }

    /// A plane figure painted on a block.
    func patch(
        _ frame: BodyFrame, _ corners: [SIMD3<Float>], _ tone: Tone, _ factor: Float, depth: Float,
        isBody: Bool = false,
        opacity: Float = 1
    ) {
        guard var part = polygon(corners.map { frame($0) }, depth: depth) else { return }
        part.fill = .flat(FlatShader(tone: tone, factor: factor))
        part.isBody = isBody
        part.opacity = opacity
        parts.append(part)
    }

    /// The faces of an upright block that look at the lens.
    func block(
        _ frame: BodyFrame, at place: SIMD3<Float>, half: SIMD3<Float>, _ paint: Paint, _ light: MoverLight,
        depth: Float = 0
    ) {
        var corners: [SIMD3<Float>] = []
        for x in [-half.x, half.x] {
            for y in [-half.y, half.y] {
                for z in [-half.z, half.z] { corners.append(frame(place + SIMD3(x, y, z))) }
            }
        }
        let tone = light.tone(paint)
        let ahead = depth + frame(place).z
        if var part = hull(corners) {
            part.fill = .flat(FlatShader(tone: tone, factor: light.factor(frame.up) * 0.9))
            part.depth = ahead
            parts.append(part)
        }
        for (axis, sign) in [(0, -1), (0, 1), (1, -1), (1, 1), (2, -1), (2, 1)] as [(Int, Float)] {
            var normal = SIMD3<Float>.zero
            normal[axis] = sign
            let middle = place + normal * half
            guard dot(frame.direction(normal), frame(middle)) < 0 else { continue }
            let (u, v) = ((axis + 1) % 3, (axis + 2) % 3)
            var quad: [SIMD3<Float>] = []
            for (a, b) in [(-1, -1), (1, -1), (1, 1), (-1, 1)] as [(Float, Float)] {
                var corner = middle
                corner[u] += a * half[u]
                corner[v] += b * half[v]
                quad.append(frame(corner))
            }
            guard var part = polygon(quad) else { continue }
            part.fill = .flat(FlatShader(tone: tone, factor: light.factor(frame.direction(normal))))
            part.depth = ahead
            parts.append(part)
        }
    }

    func suitcase(_ frame: BodyFrame, at place: SIMD3<Float>, _ paint: Paint, _ light: MoverLight) {
        let half = ThingShape.suitcase.half
        let depth = frame(place).z
        for z in [-half.z * 0.7, half.z * 0.7] {
            limb(
                frame(place + SIMD3(0, -half.y - 0.005, z)), 0.025, frame(place + SIMD3(0, -half.y + 0.03, z)), 0.025,
                Paint(RGB(0x22252A)), light, depth: 0.03)
        }
        let grip = place + SIMD3(0, half.y + 0.05, 0)
        for z in [Float(-0.07), 0.07] {
            limb(
                frame(grip + SIMD3(0, -0.07, z)), 0.011, frame(grip + SIMD3(0, 0, z)), 0.011, Paint(RGB(0x33363B)),
                light, depth: 0.02)
        }
        limb(
            frame(grip + SIMD3(0, 0, -0.07)), 0.013, frame(grip + SIMD3(0, 0, 0.07)), 0.013, Paint(RGB(0x33363B)),
            light,
            depth: 0.02)
        rounded(frame, at: place, half: half, radius: 0.04, paint, light)
        // Ribs on the side that is seen.
        let side: Float = dot(frame.right, frame(place)) < 0 ? 1 : -1
        let tone = light.tone(paint.lit(0.72))
        for rib in [Float(-0.5), 0, 0.5] {
            let (z, x) = (rib * half.z, side * (half.x + 0.001))
            patch(
                frame,
                [
                    place + SIMD3(x, -half.y + 0.05, z - 0.012), place + SIMD3(x, -half.y + 0.05, z + 0.012),
                    place + SIMD3(x, half.y - 0.05, z + 0.012), place + SIMD3(x, half.y - 0.05, z - 0.012),
                ], tone, light.factor(frame.right * side), depth: depth - frame(place + SIMD3(x, 0, z)).z - 0.01)
        }
    }

    /// A backpack whose back is ahead.
    func pack(_ frame: BodyFrame, at place: SIMD3<Float>, _ h: Float, _ paint: Paint, _ light: MoverLight) {
        let half = SIMD3<Float>(0.078, 0.105, 0.045) * h
        rounded(frame, at: place, half: half, radius: 0.028 * h, paint, light)
        rounded(
            frame, at: place + SIMD3(0, -0.035 * h, -0.045 * h), half: SIMD3(0.058, 0.05, 0.018) * h, radius: 0.015 * h,
            paint.lit(0.85), light, depth: -0.005)
    }

    func box(_ frame: BodyFrame, at place: SIMD3<Float>, _ paint: Paint, _ light: MoverLight) {
        let half = ThingShape.box.half
        block(frame, at: place, half: half, paint, light)
        let depth = frame(place).z
        // A band of tape over the top and down the ends.
        let tone = light.tone(paint.lit(1.25))
        let y = half.y + 0.001
        if dot(frame.up, frame(place + SIMD3(0, y, 0))) < 0 {
            patch(
                frame,
                [
                    place + SIMD3(-0.025, y, -half.z), place + SIMD3(0.025, y, -half.z),
                    place + SIMD3(0.025, y, half.z), place + SIMD3(-0.025, y, half.z),
                ], tone, light.factor(frame.up), depth: depth - frame(place + SIMD3(0, y, 0)).z - 0.002)
        }
    }
}
