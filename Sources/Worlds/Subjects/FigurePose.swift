/// Where the joints of a figure are, metres in its own axes: x to its right, y up from the ground, z ahead.
struct FigurePose {
    struct Leg {
        var hip: SIMD3<Float>
        var knee: SIMD3<Float>
        var ankle: SIMD3<Float>
        var heel: SIMD3<Float>
        var toe: SIMD3<Float>
    }

    struct Arm {
        var shoulder: SIMD3<Float>
        var elbow: SIMD3<Float>
        var hand: SIMD3<Float>
    }

    /// Left, right.
    var legs: [Leg] = []
    var arms: [Arm] = []
    /// Middle of the pelvis, of the chest, of the head.
    var pelvis: SIMD3<Float>
    var chest: SIMD3<Float>
    var head: SIMD3<Float>

    /// Part of a cycle for which a foot is on the ground.
    static let stance = 0.6

    /// As it walks or stands: who carries by hand keeps the right arm still, who stands sways a little with the time
    /// (seconds).
    init(_ figure: Figure, _ look: Appearance, carriesByHand: Bool, time: Double) {
        let h = Float(look.height)
        let build = Float(look.build)
        let walk = Float(min(max(figure.speed / 0.5, 0), 1))
        let cycle = figure.gait - figure.gait.rounded(.down)
        let sway = Float(Trigonometry.sine((time * 0.21 + Double(figure.subject) * 0.37) * 360)) * (1 - walk)
        let twice = Float(Trigonometry.cosine(720 * (cycle - 0.05)))
        let rise = -walk * h * (0.016 + 0.011 * twice)
        let run = Float(min(max((figure.speed - 2) / 2, 0), 1))
        let lean = walk * h * 0.008 + run * h * 0.05
        pelvis = SIMD3(sway * 0.008 * h, 0.512 * h + rise, 0)
        chest = SIMD3(sway * 0.014 * h, 0.765 * h + rise, lean)
        head = SIMD3(sway * 0.016 * h, 0.917 * h + rise, lean * 1.5 + 0.006 * h)
        for side in [Float(-1), 1] {
            let phase = side < 0 ? cycle : cycle + 0.5 - (cycle + 0.5).rounded(.down)
            let foot = Foot(phase: phase, length: Float(look.metresPerCycle), height: h, walk: walk)
            legs.append(Self.leg(side, foot, hip: pelvis + SIMD3(side * 0.046 * h * build, -0.012 * h, 0), height: h))
            // Arms swing against the legs.
            let swing = Double(walk) * 27 * Trigonometry.cosine(360 * (phase - 0.02)) * (1 + 0.5 * Double(run))
            let still = carriesByHand && side > 0
            arms.append(
                Self.arm(
                    side, shoulder: chest + SIMD3(side * 0.101 * h * build, 0.018 * h, 0), swing: still ? 0 : -swing,
                    bend: still ? 2 : 9 + Double(walk) * (12 - swing * 0.4) + 60 * Double(run), height: h,
                    breath: sway))
        }
    }

    /// A foot in its cycle: planted, then carried ahead.
    private struct Foot {
        /// Of the ball of the foot ahead of the pelvis, and above the ground.
        var ahead: Float
        var lift: Float
        /// Of the heel above the ball, as a part of the foot's length.
        var heel: Float

        init(phase: Double, length: Float, height: Float, walk: Float) {
            let stance = FigurePose.stance
            // The body goes on over a planted foot as fast as it walks.
            let half = Float(stance / 2)
            if phase < stance {
                let p = Float(phase)
                ahead = (half - p) * length
                lift = 0
                let off = min(max((p - 0.36) / 0.24, 0), 1)
                let strike = min(max((0.07 - p) / 0.07, 0), 1)
                heel = off * off * 0.75 - strike * 0.3
            } else {
                let t = Float((phase - stance) / (1 - stance))
                // Leaves and comes down as fast as the ground goes by: a cubic with these slopes at its ends.
                let slope = -length * Float(1 - stance)
                let (a, b) = (-half * length, half * length)
                let (t2, t3) = (t * t, t * t * t)
                ahead =
                    a * (2 * t3 - 3 * t2 + 1) + slope * (t3 - 2 * t2 + t) + b * (3 * t2 - 2 * t3) + slope * (t3 - t2)
                lift = 0.035 * height * 4 * t * (1 - t)
                heel = 0.75 * (1 - t) * (1 - t) - 0.3 * t2
            }
            ahead *= walk
            ahead += 0.035 * height * (1 - walk)
            lift *= walk
            heel *= walk
        }
    }

    private static func leg(_ side: Float, _ foot: Foot, hip: SIMD3<Float>, height h: Float) -> Leg {
        let x = hip.x + side * 0.006 * h
        let sole = 0.018 * h
        let ball = SIMD3(x + side * 0.01 * h, sole + foot.lift, foot.ahead + 0.03 * h)
        // The foot turns about its ball.
        let long = 0.082 * h
        let up = foot.heel
        let flat = (1 - min(up * up, 0.9)).squareRoot()
        let heel = SIMD3(x, ball.y + long * max(up, 0) + 0.004 * h, ball.z - long * flat)
        let toe = ball + SIMD3(side * 0.006 * h, up < 0 ? -up * long * 0.6 : 0, 0.034 * h)
        let (knee, ankle) = bend(
            from: hip, to: heel + SIMD3(0, 0.026 * h, 0.016 * h), lengths: (0.23 * h, 0.226 * h),
            toward: SIMD3(side * 0.06, 0, 1))
        return Leg(hip: hip, knee: knee, ankle: ankle, heel: heel, toe: toe)
    }

    /// The joint between two bones of given lengths, and the end that they reach; a place too far away is not reached.
    static func bend(
        from start: SIMD3<Float>, to end: SIMD3<Float>, lengths: (first: Float, second: Float),
        toward: SIMD3<Float>
    ) -> (joint: SIMD3<Float>, end: SIMD3<Float>) {
        let way = end - start
        let most = (lengths.first + lengths.second) * 0.998
        let distance = length(way)
        let direction = way / max(distance, 1e-6)
        let reach = min(distance, most)
        let along =
            (reach * reach + lengths.first * lengths.first - lengths.second * lengths.second) / (2 * max(reach, 1e-6))
        let out = max(0, lengths.first * lengths.first - along * along).squareRoot()
        let side = unit(toward - direction * dot(direction, toward))
        return (start + direction * along + side * out, start + direction * reach)
    }

    private static func arm(
        _ side: Float, shoulder: SIMD3<Float>, swing: Double, bend: Double, height h: Float, breath: Float
    ) -> Arm {
        let (s, c) = (Float(Trigonometry.sine(swing)), Float(Trigonometry.cosine(swing)))
        let (t, d) = (Float(Trigonometry.sine(swing + bend)), Float(Trigonometry.cosine(swing + bend)))
        let elbow = shoulder + SIMD3(side * 0.022 * h, -0.158 * h * c, 0.158 * h * s)
        let hand = elbow + SIMD3(side * 0.004 * h, -0.152 * h * d, 0.152 * h * t + 0.002 * h * breath)
        return Arm(shoulder: shoulder, elbow: elbow, hand: hand)
    }
}
