/// A face identity as lengths and paints.
///
/// Places on the face are (u, v): metres over `half.y` from the middle of the head to the subject's right and up, as seen
/// from straight ahead. What is painted and what the truth tells come from the same numbers.
struct FaceGeometry {
    enum Hair: String, CaseIterable { case bald, short, parted, fringe, long, bun, curls, crest }
    enum Beard: String { case none, stubble, moustache, goatee, full }

    /// Half of the head to its right, up and ahead, metres.
    let half: SIMD3<Float>
    /// 0 pointed … 1 square.
    let jaw: Float
    let skin: Paint
    let blush: Paint
    let lipPaint: Paint
    let hairPaint: Paint
    let irisPaint: Paint
    let hair: Hair
    let hairLine: Float
    /// Of an eye: middle, half width, half height.
    let eye: SIMD2<Float>
    let eyeWidth: Float
    let eyeHeight: Float
    /// Outer corner up (1) or down (−1).
    let eyeSlant: Float
    let browThickness: Float
    let browSlope: Float
    let browHeight: Float
    let noseTip: Float
    let noseWidth: Float
    let mouth: Float
    let mouthWidth: Float
    let lips: Float
    let ears: Float
    let beard: Beard
    /// Nil for none.
    let mole: SIMD2<Float>?
    let cheeks: Float
    /// 0 round … 1 square; thickness; dark lenses.
    let glassesSquare: Float
    let glassesRim: Float
    let areGlassesDark: Bool

    /// `height`: metres, of the whole person.
    init(_ face: FaceIdentity, height: Double) {
        func value(_ parameter: FaceIdentity.Parameter) -> Float { Float(face[parameter]) }
        func between(_ low: Float, _ high: Float, _ parameter: FaceIdentity.Parameter) -> Float {
            low + (high - low) * value(parameter)
        }
        let h = Float(height)
        let tall = h * between(0.073, 0.083, .headHeight)
        let wide = h * between(0.0535, 0.0655, .headWidth)
        half = SIMD3(wide, tall, (wide + tall) * 0.49)
        jaw = value(.jaw)
        skin = Self.blend(Self.skins, value(.skinTone), hue: value(.skinHue))
        hairPaint = Self.blend(Self.hairs, value(.hairColor), hue: 0.5)
        irisPaint = Paint(Self.irises[min(Int(value(.eyeColor) * Float(Self.irises.count)), Self.irises.count - 1)])
        blush = Paint(luma: skin.luma * 0.9, blue: skin.blue - 2, red: skin.red + 18 * skin.luma / 200)
        lipPaint = Paint(
            luma: 16 + (skin.luma - 16) * between(0.82, 0.6, .lips), blue: skin.blue + 1,
            red: skin.red + between(10, 34, .lips) * (0.4 + 0.6 * skin.luma / 200))
        hair = Hair.allCases[min(Int(value(.hairStyle) * Float(Hair.allCases.count)), Hair.allCases.count - 1)]
        hairLine = between(0.38, 0.66, .hairLine)
        eye = SIMD2(between(0.25, 0.36, .eyeDistance), between(-0.03, 0.13, .eyeHeight))
        eyeWidth = between(0.105, 0.17, .eyeSize)
        eyeHeight = eyeWidth * between(0.55, 0.98, .eyeShape)
        eyeSlant = 0.5 - value(.eyeShape)
        browThickness = between(0.018, 0.05, .browThickness)
        browSlope = between(-0.32, 0.32, .browAngle)
        browHeight = between(0.1, 0.2, .browHeight)
        noseTip = eye.y - between(0.2, 0.38, .noseLength)
        noseWidth = between(0.06, 0.125, .noseWidth)
        mouth = min(noseTip - 0.14, -between(0.38, 0.56, .mouthHeight))
        mouthWidth = between(0.14, 0.29, .mouthWidth)
        lips = between(0.018, 0.05, .lips)
        ears = between(0.13, 0.24, .ears)
        let chin = value(.beard)
        beard = chin < 0.6 ? .none : chin < 0.7 ? .stubble : chin < 0.8 ? .moustache : chin < 0.9 ? .goatee : .full
        let spot = value(.mole)
        mole =
            spot < 0.62
            ? nil
            : spot < 0.75 ? SIMD2(0.33, noseTip) : spot < 0.88 ? SIMD2(-0.3, mouth + 0.13) : SIMD2(0.26, mouth - 0.08)
        cheeks = value(.cheeks)
        let style = value(.glassesStyle)
        glassesSquare = style < 0.4 ? 0 : style < 0.75 ? 1 : 0.5
        glassesRim = between(0.016, 0.04, .glassesStyle)
        areGlassesDark = style > 0.86
    }

    /// The point of the head at a place on the face, metres from the middle of the head, its own axes.
    func point(_ place: SIMD2<Float>) -> SIMD3<Float> {
        let (x, y) = (place.x * half.y / half.x, place.y)
        return SIMD3(place.x * half.y, place.y * half.y, max(0, 1 - x * x - y * y).squareRoot() * half.z)
    }

    private static let skins: [RGB] = [0xF6D7C3, 0xEFC2A2, 0xDDA27A, 0xC08457, 0x935D3A, 0x643D28].map(RGB.init)
    private static let hairs: [RGB] = [
        0x1F1B1A, 0x33251E, 0x5A3A26, 0x8A5530, 0xA8432A, 0xC98F45, 0xE3C376, 0xA7A5A2, 0xDAD7D0,
    ].map(RGB.init)
    private static let irises: [RGB] = [0x4A2C1A, 0x7A4E24, 0x8A8A3A, 0x3F8A4F, 0x3577B5, 0x6E8CA0].map(RGB.init)

    /// Between the neighbours of a row of colours; `hue` 0 is pink, 1 golden.
    private static func blend(_ colors: [RGB], _ value: Float, hue: Float) -> Paint {
        let place = min(max(value, 0), 0.9999) * Float(colors.count - 1)
        let index = Int(place)
        let (a, b, t) = (Paint(colors[index]), Paint(colors[index + 1]), place - Float(index))
        let golden = (hue - 0.5) * 9
        return Paint(
            luma: a.luma + (b.luma - a.luma) * t, blue: a.blue + (b.blue - a.blue) * t - golden,
            red: a.red + (b.red - a.red) * t - golden * 0.5)
    }
}

extension FaceGeometry {
    /// The middle of the nose's tip.
    var noseCenter: SIMD3<Float> { point(SIMD2(0, noseTip)) + SIMD3(0, 0, 0.05 * half.y) }

    /// Points of the front of the head, chin to hair line, as far as they look at the lens.
    ///
    /// `eye`: the lens in the head's axes.
    func front(seenFrom eye: SIMD3<Float>) -> [SIMD3<Float>] {
        var points: [SIMD3<Float>] = []
        let top = hair == .bald ? 0.62 : min(hairLine, 0.66)
        // Wider between the temples than at the chin.
        for row in 0...8 {
            let v = -0.97 + (top + 0.97) * Float(row) / 8
            let widest = (1 - v * v).squareRoot() * half.x / half.y
            for column in -4...4 {
                let place = SIMD2(widest * 0.97 * Float(column) / 4, v)
                let point = point(place)
                // Of an ellipsoid, the normal is the place over the squares of its axes.
                if dot(point / (half * half), eye - point) > 0 { points.append(point) }
            }
        }
        return points
    }
}

extension FigureStyle {
    /// What a witness would say.
    func words(for figure: Figure) -> [String: String] {
        var words = [
            "upper": ColorWord.of(look.upper), "lower": ColorWord.of(look.lower), "lowerKind": look.lowerKind.rawValue,
            "shoes": ColorWord.of(look.shoes), "pattern": look.pattern.rawValue, "hat": look.hat.rawValue,
            "glasses": String(look.glasses), "mask": String(look.mask),
            "height": String((look.height * 100).rounded() / 100),
            "hair": face.hair.rawValue, "beard": face.beard.rawValue,
        ]
        if look.pattern != .plain { words["second"] = ColorWord.of(look.secondary) }
        if look.hat != .none { words["hatColour"] = ColorWord.of(look.hatColor) }
        let bags = [Thing.Kind.suitcase, .backpack, .box].filter { has($0, figure) }.map(\.rawValue)
        words["bag"] = bags.first ?? (look.bag == .shoulder ? "shoulder" : "none")
        return words
    }
}
