package import Pictures

/// Draws the head of one face close up, with chosen size, pose and things worn: pictures for training and enrolment.
///
/// It draws with the painters of the scenes, so that a head looks as it does there. Not `Sendable`: used by one job at a
/// time.
package final class HeadStudio {
    /// How the head is to be seen; angles in degrees, as `HeadShot` tells them.
    package struct Wish: Hashable, Sendable {
        /// Pixels from chin to crown.
        package var headHeight: Double
        package var yaw = 0.0
        package var pitch = 0.0
        package var roll = 0.0
        package var expression = Figure.Expression.neutral
        package var isBlinking = false
        package var glasses = false
        package var mask = false
        package var hat = Appearance.Hat.none
        /// From all sides, as for enrolment.
        package var hasEvenLight = false
        /// Distance, gait and who stands behind follow from it.
        package var seed: UInt64 = 0
        package var lightSeed: UInt64 = 0

        package init(headHeight: Double) { self.headHeight = headHeight }
    }

    private let appearance: Appearance
    private let scene: Scene
    private let painter: MoverPainter
    private let backdrop: BackdropCache

    /// Combinations of things worn, as subjects of the studio's scene.
    private static let outfits: [(hat: Appearance.Hat, glasses: Bool, mask: Bool)] = Appearance.Hat.allCases.flatMap {
        hat in [(hat, false, false), (hat, true, false), (hat, false, true), (hat, true, true)]
    }
    /// Pictures are this many heads wide and high.
    private static let margin = 2.6
    /// Width and height of a picture are a multiple of this, pixels.
    private static let grid = 16

    /// `seed`: of the room behind.
    package init(_ appearance: Appearance, seed: UInt64) {
        self.appearance = appearance
        var random = SeededRandom(seed: seed, for: "studio")
        // Not too vivid, as paint on walls is.
        func color() -> RGB { RGB(UInt32(random.next() & 0x7F7F7F) + 0x404040) }
        var scene = Scene(name: "studio", tier: .easy, seed: seed, duration: 1)
        scene.setting.ground = Material.allCases[random.index(below: Material.allCases.count)]
        for _ in 0..<3 {
            let (x, z) = (random.number(in: -4...4), -random.number(in: 0.8...9))
            let (width, slant) = (random.number(in: 0.4...4), random.number(in: -2...2))
            scene.setting.walls.append(
                Wall(
                    from: GroundPoint(x - width, z - slant / 2), to: GroundPoint(x + width, z + slant / 2),
                    height: random.number(in: 1.2...5),
                    material: Material.allCases[random.index(below: Material.allCases.count)], color: color()))
        }
        let still = Course(start: 0, from: GroundPoint(0, 0), steps: [])
        scene.subjects = Self.outfits.enumerated().map { index, outfit in
            var look = appearance
            (look.hat, look.glasses, look.mask) = outfit
            return Subject(name: "outfit \(index)", id: index + 1, appearance: look, course: still)
        }
        var bystander = Appearance(seed: random.next())
        bystander.height *= 0.98
        scene.subjects.append(Subject(name: "bystander", id: 99, appearance: bystander, course: still))
        self.scene = scene
        painter = MoverPainter(scene)
        painter.drawsShadows = false
        backdrop = BackdropCache(scene)
    }

    /// A picture of the head and where the head is in it.
    package func shoot(_ wish: Wish) -> HeadShot? {
        var random = SeededRandom(seed: wish.seed, for: "shot")
        let distance = random.number(in: 4...11)
        let headYaw = min(max(wish.yaw * random.number(in: 0...0.6), -40), 40)
        let headPitch = random.number(in: -6...4)
        // Of the lens, as seen from the body: to its right and up.
        let (azimuth, elevation) = (wish.yaw - headYaw, headPitch - wish.pitch)
        let gait = random.number(in: 0...1)
        let speed = random.chance(0.5) ? 1.2 : 0
        var lit = scene
        var lightRandom = SeededRandom(seed: wish.lightSeed, for: "light")
        lit.light = Self.light(&lightRandom, even: wish.hasEvenLight)
        let outfit = Self.outfits.firstIndex { $0 == (wish.hat, wish.glasses, wish.mask) } ?? 0
        let figure = Figure(
            subject: outfit, at: GroundPoint(0, 0), heading: 0, speed: speed, gait: gait, headYaw: headYaw,
            headPitch: headPitch, expression: wish.expression, isBlinking: wish.isBlinking, carries: nil)
        var figures = [figure]
        if random.chance(0.3) {
            figures.append(
                Figure(
                    subject: Self.outfits.count,
                    at: GroundPoint(random.number(in: -0.9...0.9), -random.number(in: 0.8...3)),
                    heading: random.number(in: 0...360), speed: 0, gait: 0, headYaw: 0, headPitch: 0,
                    expression: .neutral, isBlinking: false, carries: nil))
        }
        let half = Double(painter.styles[outfit].face.half.y)
        let focal = wish.headHeight * distance / (2 * half)
        let side = (Int(wish.headHeight * Self.margin) / Self.grid + 1) * Self.grid
        let place = appearance.height * 0.917
        let toLens = Vector3(
            Trigonometry.sine(azimuth) * Trigonometry.cosine(elevation), Trigonometry.sine(elevation),
            Trigonometry.cosine(azimuth) * Trigonometry.cosine(elevation))
        let view = CameraView(
            position: Vector3(0, place, 0) + toLens * distance, pan: azimuth + 180, tilt: -elevation, roll: wish.roll,
            fieldOfView: 2 * Trigonometry.arctangent(y: Double(side) / 2, x: focal), width: side, height: side)
        let below = backdrop.canvas(of: view, .plain)
        let canvas = Canvas(over: below, hasMarks: true)
        canvas.begin(from: below)
        let moment = WorldMoment(time: 0, figures: figures, vehicles: [], things: [])
        painter.draw(moment, in: view, under: Shading(lit), on: canvas)
        return painter.headShot(of: outfit, on: canvas)
    }

    private static func light(_ random: inout SeededRandom, even: Bool) -> Light {
        Light(
            azimuth: random.number(in: 0...360), elevation: random.number(in: 20...70),
            sun: even ? 0 : random.number(in: 0...0.8), level: random.number(in: even ? 0.85...1 : 0.6...1),
            warmth: random.number(in: even ? -0.2...0.2 : -0.6...0.6))
    }
}

/// A head in a picture of its own: what a trainer may know of it.
package struct HeadShot: Sendable {
    package var picture: YUVPicture
    /// The middle of the head, pixels.
    package let center: SIMD2<Float>
    /// Half of its height, pixels, as seen from straight ahead.
    package let halfHeight: Float
    /// Degrees: to the subject's left, up, and clockwise in the picture.
    package let yaw: Float
    package let pitch: Float
    package let roll: Float
    /// Left and right in the picture's sense of the subject: its right eye is on the left side of a frontal picture.
    package let eyes: (left: SIMD2<Float>, right: SIMD2<Float>)
}

extension MoverPainter {
    /// The head of a subject of the last picture; nil where it was not drawn.
    func headShot(of subject: Int, on canvas: Canvas) -> HeadShot? {
        let mover = movers.first { if case .figure(let figure) = $0.kind { figure.subject == subject } else { false } }
        guard let head = mover?.head else { return nil }
        let face = styles[subject].face
        let toLens = head.inward(-unit(head.origin))
        let up =
            sheet.lens.pixel(head(SIMD3(0, face.half.y * 0.2, 0)))
            - sheet.lens.pixel(head(SIMD3(0, -face.half.y * 0.2, 0)))
        return HeadShot(
            picture: canvas.picture, center: sheet.lens.pixel(head.origin),
            halfHeight: face.half.y * sheet.lens.focal / head.origin.z,
            yaw: Float(Trigonometry.arctangent(y: Double(toLens.x), x: Double(toLens.z))),
            pitch: Float(-Trigonometry.arcsine(Double(toLens.y))),
            roll: Float(Trigonometry.arctangent(y: Double(up.x), x: Double(-up.y))),
            eyes: (
                sheet.lens.pixel(head(face.point(SIMD2(-face.eye.x, face.eye.y)))),
                sheet.lens.pixel(head(face.point(face.eye)))
            ))
    }
}
