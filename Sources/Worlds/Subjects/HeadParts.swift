/// A head as pieces: skull and jaw with the face on them, ears, nose, hair and hat.
extension PartSheet {
    /// The head's own axes, its middle the origin.
    static func headFrame(_ pose: FigurePose, _ figure: Figure, _ frame: BodyFrame) -> BodyFrame {
        frame.turned(at: pose.head, left: figure.headYaw, up: figure.headPitch)
    }

    func head(
        _ pose: FigurePose, _ figure: Figure, _ style: FigureStyle, frame body: BodyFrame, light: MoverLight
    ) {
        let frame = Self.headFrame(pose, figure, body)
        let (face, half) = (style.face, style.face.half)
        let (a, b, c) = (half.x, half.y, half.z)
        let depth = frame.origin.z
        guard depth > Self.near + b else { return }
        hair(face, frame, light, hidden: style.look.hat)
        for side in [Float(-1), 1] {
            let ear = SIMD3(side * a * 0.97, -0.02 * b + face.eye.y * b * 0.4, -0.05 * c)
            let size = face.ears * b
            limb(
                frame(ear + SIMD3(side * size * 0.2, size * 0.5, -0.1 * c)), size * 0.62,
                frame(ear + SIMD3(0, -size * 0.45, 0)), size * 0.42, style.skin.lit(0.97), light, depth: 0)
        }
        // Skull, brow and jaw.
        let jaw = a * (0.12 + 0.36 * face.jaw)
        let chin = a * (0.38 + 0.04 * face.jaw)
        sphere(frame(SIMD3(0, b - a, -0.08 * c)), a)
        sphere(frame(SIMD3(0, 0.1 * b, c - 0.97 * a)), a * 0.97)
        sphere(frame(SIMD3(0, -0.22 * b, 0.96 * c - 0.76 * a)), a * 0.76)
        sphere(frame(SIMD3(-jaw, chin - b * 0.95, 0.86 * c - chin)), chin)
        sphere(frame(SIMD3(jaw, chin - b * 0.95, 0.86 * c - chin)), chin)
        sphere(frame(SIMD3(0, chin * 0.8 - b, 0.9 * c - chin * 0.8)), chin * 0.8)
        if var part = outline() {
            part.fill = .face(faces.count)
            part.depth = depth
            faces.append(
                FaceShader(
                    face, figure: figure, glasses: style.look.glasses, mask: style.look.mask, frame: frame, lens: lens,
                    light: light))
            parts.append(part)
        }
        nose(style, frame, light)
        hat(style, frame, light)
    }

    private func nose(_ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight) {
        let face = style.face
        let b = face.half.y
        let toward = -dot(frame.ahead, unit(frame.origin))
        guard toward > -0.35, lens.focal / frame.origin.z * b > 7 else { return }
        let tip = face.noseCenter
        let bridge =
            style.look.mask
            ? tip + SIMD3(0, 0.03 * b, -0.03 * b) : face.point(SIMD2(0, face.eye.y - 0.05)) + SIMD3(0, 0, -0.035 * b)
        let w = face.noseWidth * b
        sphere(frame(bridge), w * 0.3)
        sphere(frame(tip), w * 0.72)
        sphere(frame(tip + SIMD3(-w * 0.6, -0.01 * b, -0.05 * b)), w * 0.5)
        sphere(frame(tip + SIMD3(w * 0.6, -0.01 * b, -0.05 * b)), w * 0.5)
        let paint =
            style.look.mask
            ? Paint(luma: 188, blue: 136, red: 116)
            : Paint(luma: style.skin.luma * 0.975, blue: style.skin.blue, red: style.skin.red + 3)
        let first = parts.count
        round(paint, light, along: frame.up, at: frame(tip))
        // Before the face as soon as it is ahead of the head's middle.
        if first < parts.count { parts[first].depth = frame.origin.z - toward * 0.02 - 0.001 }
    }

    private func hair(_ face: FaceGeometry, _ frame: BodyFrame, _ light: MoverLight, hidden hat: Appearance.Hat) {
        let (a, b, c) = (face.half.x, face.half.y, face.half.z)
        let paint = face.hairPaint
        let depth = frame.origin.z
        func before(_ size: Float) {
            guard var part = outline() else { return }
            part.depth = depth + size
            part.fill = .round(
                RoundShader(
                    tone: light.tone(paint),
                    round: roundness(of: part, along: SIMD2(frame.up.x, frame.up.y), light: light)))
            parts.append(part)
        }
        let under = hat != .none
        switch face.hair {
        case .bald: return
        case .short, .parted, .fringe:
            sphere(frame(SIMD3(0, b - a * (under ? 1 : 0.96), -0.12 * c)), a * 1.05)
            sphere(frame(SIMD3(0, 0.12 * b, -0.2 * c)), a * 1.03)
            before(0.02)
        case .long:
            sphere(frame(SIMD3(0, b - a * (under ? 1.02 : 0.96), -0.12 * c)), a * 1.08)
            before(0.02)
            for side in [Float(-1), 1] {
                sphere(frame(SIMD3(side * 0.42 * a, 0.3 * b, -0.3 * c)), a * 0.7)
                sphere(frame(SIMD3(side * 0.6 * a, -1.2 * b, -0.36 * c)), a * 0.5)
            }
            // Behind the head, also behind the shoulders: its middle says which side is seen.
            round(paint, light, along: frame.up, at: frame.origin)
        case .bun:
            sphere(frame(SIMD3(0, b - a * (under ? 1 : 0.97), -0.12 * c)), a * 1.05)
            before(0.02)
            sphere(frame(under ? SIMD3(0, 0, -1.05 * c) : SIMD3(0, 0.92 * b, -0.62 * c)), a * 0.45)
            round(paint, light, along: frame.up, at: frame.origin)
        case .curls:
            sphere(frame(SIMD3(0, b - a * (under ? 1.1 : 0.9), -0.16 * c)), a * (under ? 1.1 : 1.16))
            for side in [Float(-1), 1] { sphere(frame(SIMD3(side * 0.5 * a, 0, -0.3 * c)), a * 0.78) }
            before(0.04)
            // Locks around the outline, alike from all sides.
            for (x, y, z) in Self.locks where !under || y < 0.4 {
                sphere(frame(SIMD3(x * a * 1.1, y * b, z * c * 1.1 - 0.12 * c)), a * 0.34)
                before(0.03)
            }
        case .crest:
            sphere(frame(SIMD3(0, b - a * 1.0, -0.1 * c)), a * 1.03)
            before(0.02)
            guard !under else { return }
            sphere(frame(SIMD3(0, 0.98 * b, 0.42 * c)), a * 0.34)
            sphere(frame(SIMD3(0, 1.08 * b, 0)), a * 0.34)
            sphere(frame(SIMD3(0, 0.8 * b, -0.6 * c)), a * 0.34)
            before(0.01)
        }
    }

    private static let locks: [(Float, Float, Float)] = [
        (-0.95, -0.1, -0.1), (0.95, -0.1, -0.1), (-1, 0.35, 0), (1, 0.35, 0), (-0.72, 0.78, 0.1), (0.72, 0.78, 0.1),
        (-0.25, 1.02, 0.15), (0.3, 1.02, 0.1), (0, 0.9, -0.6), (-0.6, 0.5, -0.75), (0.6, 0.5, -0.75), (0, 0.1, -1),
        (-0.55, -0.2, -0.8), (0.55, -0.2, -0.8),
    ]

    private func hat(_ style: FigureStyle, _ frame: BodyFrame, _ light: MoverLight) {
        guard style.look.hat != .none else { return }
        let half = style.face.half
        let (a, b, c) = (half.x, half.y, half.z)
        let depth = frame.origin.z
        let paint = style.hat
        let wide: Float = style.face.hair == .curls ? 1.16 : 1.09
        let isFromAbove = dot(frame.up, frame.origin) < 0
        func ring(_ y: Float, _ size: Float, _ radius: Float, _ count: Int) {
            for step in 0..<count {
                let angle = 360 * Double(step) / Double(count)
                let (s, t) = (Float(Trigonometry.sine(angle)), Float(Trigonometry.cosine(angle)))
                sphere(frame(SIMD3(a * size * s, y * b, c * size * t - 0.04 * c)), radius * a)
            }
        }
        func close(_ paint: Paint, _ order: Float) {
            let first = parts.count
            round(paint, light, along: frame.up, at: frame.origin)
            // Over all hair, whichever side is seen.
            if first < parts.count { parts[first].depth = depth - order - 0.1 }
        }
        switch style.look.hat {
        case .none: return
        case .cap:
            ring(0.46, wide - 0.04, 0.05, 10)
            ring(0.8, wide * 0.85, 0.05, 10)
            ring(0.92, wide * 0.5, 0.2, 8)
            close(paint, 0.03)
            for side in [Float(-1), 1] {
                sphere(frame(SIMD3(side * 0.62 * a, 0.47 * b, 0.72 * c)), 0.05 * a)
                sphere(frame(SIMD3(side * 0.42 * a, 0.42 * b, 1.5 * c)), 0.05 * a)
            }
            let toward = -dot(frame.ahead, unit(frame.origin))
            close(paint.lit(0.86), toward > -0.15 ? 0.035 : -0.2)
        case .beanie:
            ring(0.5, wide - 0.02, 0.06, 10)
            ring(0.82, wide * 0.86, 0.06, 10)
            ring(0.94, wide * 0.44, 0.32, 8)
            close(paint, 0.03)
            ring(0.42, wide, 0.07, 12)
            ring(0.6, wide - 0.01, 0.07, 12)
            close(paint.lit(0.8), 0.032)
        case .brim:
            ring(0.5, wide - 0.04, 0.05, 10)
            ring(1.06, wide * 0.72, 0.1, 10)
            close(paint, 0.03)
            ring(0.44, wide - 0.02, 0.04, 12)
            ring(0.58, wide - 0.03, 0.04, 12)
            close(paint.lit(0.55), 0.033)
            ring(0.44, 1.58, 0.04, 16)
            close(paint.lit(0.92), isFromAbove ? 0.02 : 0.04)
        }
    }
}
