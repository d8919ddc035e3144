/// A figure as pieces.
extension PartSheet {
    /// Adds a figure standing on a frame whose origin is on the ground.
    func add(_ figure: Figure, _ style: FigureStyle, frame: BodyFrame, light: MoverLight, time: Double) {
        let carries = style.has(.suitcase, figure) || style.has(.box, figure)
        let pose = FigurePose(figure, style.look, carriesByHand: carries, time: time)
        add(pose, figure, style, frame: frame, light: light)
    }

    func add(_ pose: FigurePose, _ figure: Figure, _ style: FigureStyle, frame: BodyFrame, light: MoverLight) {
        let start = parts.count
        let h = Float(style.look.height)
        for index in 0..<2 {
            leg(pose.legs[index], style, frame, light, h)
            arm(pose.arms[index], style, frame, light, h)
        }
        torso(pose, style, frame, light, h)
        luggage(pose, figure, style, frame, light, h)
        head(pose, figure, style, frame: frame, light: light)
        sort(from: start)
    }

    /// The far ones first.
    func sort(from start: Int) {
        // By insertion: few, nearly in order, and steady.
        var index = start + 1
        while index < parts.count {
            let part = parts[index]
            var place = index
            while place > start, parts[place - 1].depth < part.depth {
                parts[place] = parts[place - 1]
                place -= 1
            }
            parts[place] = part
            index += 1
        }
    }

    /// A limb or other piece round about the line from the first sphere to the last.
    func limb(
        _ a: SIMD3<Float>, _ ra: Float, _ b: SIMD3<Float>, _ rb: Float, _ paint: Paint, _ light: MoverLight,
        depth: Float = 0
    ) {
        sphere(a, ra)
        sphere(b, rb)
        round(paint, light, along: b - a, at: a, depth: depth)
    }

    /// Closes the piece of the spheres given.
    func round(_ paint: Paint, _ light: MoverLight, along axis: SIMD3<Float>, at place: SIMD3<Float>, depth: Float = 0)
    {
        guard var part = outline(depth: depth) else { return }
        part.fill = .round(
            RoundShader(tone: light.tone(paint), round: roundness(of: part, along: seen(axis, at: place), light: light))
        )
        parts.append(part)
    }

    /// A direction at a place as the picture has it; upright where it points at the lens.
    func seen(_ axis: SIMD3<Float>, at place: SIMD3<Float>) -> SIMD2<Float> {
        let flat = SIMD2(axis.x - place.x / place.z * axis.z, axis.y - place.y / place.z * axis.z)
        return dot(flat, flat) > 0.02 * dot(axis, axis) ? flat : SIMD2(0, 1)
    }

    private func leg(
        _ leg: FigurePose.Leg, _ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight, _ h: Float
    ) {
        // The shirt hangs over the legs.
        let behind: Float = 0.1
        let broad = 0.85 + 0.15 * Float(style.look.build)
        let (hip, knee, ankle) = (frame(leg.hip), frame(leg.knee), frame(leg.ankle))
        let long = style.look.lowerKind == .trousers
        let covered = long || style.look.lowerKind == .shorts
        limb(
            hip, 0.047 * h * broad, knee, 0.035 * h * broad, covered ? style.lower : style.skin, light,
            depth: behind)
        if style.look.lowerKind == .shorts {
            let low = leg.hip + (leg.knee - leg.hip) * 0.98
            limb(hip, 0.05 * h * broad, frame(low), 0.042 * h * broad, style.lower, light, depth: behind - 0.015)
        }
        let shin = long ? style.lower : style.skin
        let thin: Float = long ? 0.031 : 0.023
        limb(knee, 0.034 * h * broad, ankle, thin * h * broad, shin, light, depth: behind + 0.01)
        sphere(frame(leg.heel), 0.021 * h)
        sphere(frame(leg.toe), 0.0165 * h)
        sphere(frame((leg.heel + leg.toe) * 0.5 + SIMD3(0, 0.008 * h, 0)), 0.022 * h)
        round(style.shoes, light, along: frame.direction(leg.toe - leg.heel), at: ankle, depth: behind + 0.02)
    }

    private func arm(
        _ arm: FigurePose.Arm, _ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight, _ h: Float
    ) {
        let broad = 0.8 + 0.2 * Float(style.look.build)
        let (shoulder, elbow, hand) = (frame(arm.shoulder), frame(arm.elbow), frame(arm.hand))
        let bare = style.hasShortSleeves
        let wrist = frame(arm.elbow + (arm.hand - arm.elbow) * 0.88)
        limb(hand, 0.0225 * h, frame(arm.hand + (arm.hand - arm.elbow) * 0.16), 0.018 * h, style.skin, light)
        limb(
            elbow, 0.0255 * h * broad, wrist, 0.0195 * h * broad, bare ? style.skin : style.upper, light, depth: -0.005)
        if bare {
            limb(shoulder, 0.027 * h * broad, elbow, 0.0255 * h * broad, style.skin, light)
            let end = frame(arm.shoulder + (arm.elbow - arm.shoulder) * 0.6)
            limb(shoulder, 0.034 * h * broad, end, 0.033 * h * broad, style.upper, light, depth: -0.01)
        } else {
            limb(shoulder, 0.0335 * h * broad, elbow, 0.0275 * h * broad, style.upper, light)
        }
    }

    private func torso(
        _ pose: FigurePose, _ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight, _ h: Float
    ) {
        let build = Float(style.look.build)
        let (pelvis, chest) = (pose.pelvis, pose.chest)
        let neck = frame(chest + SIMD3(0, 0.05 * h, 0.004 * h))
        limb(
            neck, 0.031 * h, frame(pose.head - SIMD3(0, 0.05 * h, 0.006 * h)), 0.029 * h, style.skin, light, depth: 0.06
        )
        let belly = max(build - 1, 0) * 0.09 * h
        if style.look.lowerKind == .skirt {
            for side in [Float(-1), 1] {
                sphere(frame(pelvis + SIMD3(side * 0.042 * h * build, 0.045 * h, 0)), 0.045 * h)
                let leg = pose.legs[side < 0 ? 0 : 1]
                let hem = leg.hip + (leg.knee - leg.hip) * 0.92
                sphere(frame(hem + SIMD3(side * 0.02 * h, 0, 0)), 0.06 * h)
            }
            round(style.lower, light, along: -frame.up, at: frame(pelvis), depth: -0.03)
        } else {
            for side in [Float(-1), 1] {
                sphere(frame(pelvis + SIMD3(side * 0.04 * h * build, 0.0, 0)), 0.053 * h * (0.5 + 0.5 * build))
            }
            sphere(frame(pelvis + SIMD3(0, 0.06 * h, 0)), 0.05 * h * build)
            round(style.lower, light, along: -frame.up, at: frame(pelvis), depth: 0.09)
        }
        for side in [Float(-1), 1] {
            sphere(frame(chest + SIMD3(side * 0.073 * h * build, 0.004 * h, 0)), 0.049 * h * (0.5 + 0.5 * build))
            sphere(
                frame(pelvis + SIMD3(side * 0.042 * h * build, 0.045 * h, belly * 0.4)),
                0.05 * h * (0.5 + 0.5 * build) + belly * 0.4)
        }
        sphere(frame(chest + SIMD3(0, 0.03 * h, -0.004 * h)), 0.034 * h)
        guard var part = outline(depth: -0.02) else { return }
        part.fill = shirt(part, pose, style, frame, light, h)
        parts.append(part)
    }

    private func shirt(
        _ part: Part, _ pose: FigurePose, _ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight, _ h: Float
    ) -> Fill {
        let (low, high) = (frame(pose.pelvis), frame(pose.chest))
        let axis = seen(high - low, at: low)
        let round = roundness(of: part, along: axis, light: light)
        let tone = light.tone(style.upper)
        guard style.look.pattern != .plain else { return .round(RoundShader(tone: tone, round: round)) }
        // Periods of a twentieth of the height along the body.
        let direction = axis / max(length(axis), 1e-4)
        let (a, b) = (lens.pixel(low), lens.pixel(high))
        let metres = length(pose.chest - pose.pelvis)
        let periods = metres / (0.052 * h)
        let pixels = max(dot(b - a, direction), 1)
        let rate = periods / pixels
        let scale = lens.focal / low.z
        // The seam of halves runs down the front and the back.
        let facesLens = dot(frame.ahead, unit(low)) < 0
        let across = SIMD2(-direction.y, direction.x)
        let front = facesLens ? frame.ahead : -frame.ahead
        return .pattern(
            PatternShader(
                tone: tone, second: light.tone(style.second), round: round, pattern: style.look.pattern,
                along: SIMD3(-dot(a, direction) * rate, direction.x * rate, direction.y * rate),
                period: SIMD2(1 / rate, scale * 0.052 * h * (style.look.pattern == .halves ? 2 : 1)),
                seam: dot(SIMD2(front.x, front.y), across),
                side: dot(SIMD2(frame.right.x, frame.right.y), across) >= 0 ? 1 : -1))
    }
}
