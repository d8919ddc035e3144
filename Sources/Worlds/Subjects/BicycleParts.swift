/// A bicycle with its rider as pieces.
extension PartSheet {
    private static let wheelRadius: Float = 0.34
    private static let bottom = SIMD3<Float>(0, 0.3, -0.04)
    private static let saddle = SIMD3<Float>(0, 0.93, -0.2)
    private static let stem = SIMD3<Float>(0, 0.86, 0.36)
    private static let bar = SIMD3<Float>(0, 1.04, 0.37)

    func bicycle(
        _ moving: MovingVehicle, _ body: VehicleBody, frame: BodyFrame, light: MoverLight, time: Double
    ) {
        let start = parts.count
        let paint = body.paint
        let metal = Paint(RGB(0x8D9298))
        let (front, rear) = (SIMD3<Float>(0, Self.wheelRadius, 0.54), SIMD3<Float>(0, Self.wheelRadius, -0.54))
        for hub in [front, rear] { spokes(hub, moving.wheel, frame, light, metal) }
        func tube(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ radius: Float, _ paint: Paint) {
            limb(frame(a), radius, frame(b), radius, paint, light)
        }
        tube(Self.bottom, Self.stem - SIMD3(0, 0.1, -0.03), 0.02, paint)
        tube(Self.bottom, Self.saddle - SIMD3(0, 0.06, 0), 0.018, paint)
        tube(Self.saddle - SIMD3(0, 0.16, 0.02), Self.stem, 0.018, paint)
        tube(Self.bottom, rear, 0.014, paint)
        tube(Self.saddle - SIMD3(0, 0.16, 0.02), rear, 0.012, paint)
        tube(Self.stem, front, 0.015, paint)
        tube(Self.stem, Self.bar, 0.014, metal)
        tube(Self.bar - SIMD3(0.26, 0, 0.06), Self.bar, 0.013, Paint(RGB(0x2B2D31)))
        tube(Self.bar + SIMD3(0.26, 0, -0.06), Self.bar, 0.013, Paint(RGB(0x2B2D31)))
        tube(Self.saddle + SIMD3(0, 0, 0.1), Self.saddle - SIMD3(0, 0, 0.1), 0.045, Paint(RGB(0x2B2D31)))
        // The cranks turn slower than the wheels.
        let turn = moving.wheel * 0.42
        let crank = SIMD3<Float>(0, -Float(Trigonometry.cosine(turn)), -Float(Trigonometry.sine(turn))) * 0.165
        tube(Self.bottom + SIMD3(-0.05, 0, 0), Self.bottom + SIMD3(-0.06, 0, 0) + crank, 0.013, metal)
        tube(Self.bottom + SIMD3(0.05, 0, 0), Self.bottom + SIMD3(0.06, 0, 0) - crank, 0.013, metal)
        if let rider = body.rider {
            let figure = Figure(
                subject: 0, at: moving.at, heading: moving.heading, speed: 0, gait: 0, headYaw: 0, headPitch: 8,
                expression: .neutral, isBlinking: false, carries: nil)
            let pedals = [Self.bottom + SIMD3(-0.11, 0, 0) + crank, Self.bottom + SIMD3(0.11, 0, 0) - crank]
            let pose = FigurePose(riding: rider.look, saddle: Self.saddle, bar: Self.bar, pedals: pedals)
            add(pose, figure, rider, frame: frame, light: light)
        }
        sort(from: start)
    }

    /// A wheel: its tyre as a ring of short pieces, and spokes that turn.
    private func spokes(
        _ hub: SIMD3<Float>, _ turn: Double, _ frame: BodyFrame, _ light: MoverLight, _ metal: Paint
    ) {
        func rim(_ degrees: Double, _ radius: Float) -> SIMD3<Float> {
            frame(
                hub + SIMD3(0, Float(Trigonometry.cosine(degrees)), Float(Trigonometry.sine(degrees))) * radius)
        }
        let pixels = lens.focal / max(frame.origin.z, 0.5) * Self.wheelRadius
        if pixels > 12 {
            for spoke in 0..<6 {
                let angle = turn + Double(spoke) * 30
                limb(rim(angle, 0.32), 0.0025, rim(angle + 180, 0.32), 0.0025, metal, light, depth: 0.01)
            }
        }
        let count = pixels > 60 ? 36 : pixels > 15 ? 20 : 12
        for step in 0..<count {
            let (a, b) = (360 * Double(step) / Double(count), 360 * Double(step + 1) / Double(count))
            limb(rim(a, 0.323), 0.017, rim(b, 0.323), 0.017, Paint(RGB(0x2A2B2E)), light)
        }
    }
}

extension FigurePose {
    /// On a bicycle, in its axes.
    ///
    /// `pedals`: left, right.
    init(riding look: Appearance, saddle: SIMD3<Float>, bar: SIMD3<Float>, pedals: [SIMD3<Float>]) {
        let h = Float(look.height)
        pelvis = saddle + SIMD3(0, 0.075, 0)
        chest = pelvis + SIMD3(0, 0.225 * h, 0.125 * h)
        head = chest + SIMD3(0, 0.145 * h, 0.04 * h)
        for (index, side) in [Float(-1), 1].enumerated() {
            let hip = pelvis + SIMD3(side * 0.046 * h, -0.012 * h, 0.01 * h)
            let ball = pedals[index] + SIMD3(0, 0.025, 0)
            let heel = ball + SIMD3(0, 0.012 * h, -0.08 * h)
            let (knee, ankle) = Self.bend(
                from: hip, to: heel + SIMD3(0, 0.026 * h, 0.016 * h), lengths: (0.23 * h, 0.226 * h),
                toward: SIMD3(side * 0.06, 0.2, 1))
            legs.append(Leg(hip: hip, knee: knee, ankle: ankle, heel: heel, toe: ball + SIMD3(0, 0, 0.03 * h)))
            let shoulder = chest + SIMD3(side * 0.101 * h, 0.018 * h, 0)
            let (elbow, hand) = Self.bend(
                from: shoulder, to: bar + SIMD3(side * 0.24, 0.03, -0.05), lengths: (0.158 * h, 0.152 * h),
                toward: SIMD3(side * 0.7, -0.7, 0))
            arms.append(Arm(shoulder: shoulder, elbow: elbow, hand: hand))
        }
    }
}
