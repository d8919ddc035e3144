/// A plate of the invented layout: a blue band, three signs, a gap, four signs.
enum PlateLayout {
    /// Metres.
    static let width: Float = 0.52
    static let height: Float = 0.115
    static let band: Float = 0.042
    /// Of a cell of the letters' grid.
    static let cell: Float = 0.0118
    static let gap: Float = 0.016
    /// The signs that plates are made of: letters without those that look like digits, and digits.
    static let signs = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"

    /// The lower left corner of a sign's grid, metres from the plate's middle.
    static func place(of index: Int, of count: Int) -> SIMD2<Float> {
        let advance = Float(StrokeFont.advance) * cell
        let whole = Float(count - 1) * advance + Float(StrokeFont.width) * cell + (count > 3 ? gap : 0)
        let left = band / 2 - whole / 2 + Float(index) * advance + (index > 2 ? gap : 0)
        return SIMD2(left, -Float(StrokeFont.height) / 2 * cell)
    }
}

extension Vehicle {
    /// Signs that a plate may have: 23 letters (no I, O, Q) and 10 digits.
    package static let plateSigns = PlateLayout.signs
    /// Signs on a plate.
    package static let plateLength = 7

    /// A plate by chance: seven signs.
    package static func plate(seed: UInt64) -> String {
        var random = SeededRandom(seed: seed, for: "plate")
        let signs = Array(plateSigns)
        return String((0..<plateLength).map { _ in signs[random.index(below: signs.count)] })
    }
}

extension PartSheet {
    /// Adds a plate where it looks at the lens.
    ///
    /// - Returns: its corners, in the camera's axes.
    func plate(
        _ body: VehicleBody, _ place: VehicleBody.PlatePlace, _ frame: BodyFrame, _ light: MoverLight
    ) -> [SIMD3<Float>]? {
        func at(_ x: Float, _ y: Float) -> SIMD3<Float> { frame(place.center + place.right * x + place.up * y) }
        let (w, h) = (PlateLayout.width / 2, PlateLayout.height / 2)
        let corners = [at(-w, h), at(w, h), at(w, -h), at(-w, -h)]
        for corner in corners where corner.z <= Self.near { return nil }
        let factor = light.factor(frame.direction(place.normal))
        // Plates throw light back: they are read at night too.
        let lit = max(factor, light.isNight ? 0.55 : 0.75)
        func add(_ corners: [SIMD3<Float>], _ paint: Paint, opacity: Float = 1) {
            guard var part = polygon(corners) else { return }
            part.fill = .flat(FlatShader(tone: light.tone(paint), factor: lit))
            part.isBody = false
            part.opacity = opacity
            parts.append(part)
        }
        let m: Float = 0.006
        add([at(-w - m, h + m), at(w + m, h + m), at(w + m, -h - m), at(-w - m, -h - m)], Paint(RGB(0x2A2C30)))
        add(corners, Paint(RGB(0xF4F2E6)))
        let band = PlateLayout.band - w
        add([at(-w, h), at(band, h), at(band, -h), at(-w, -h)], Paint(RGB(0x27539B)))
        // Below some pixels a sign is a grey spot anyway.
        let pixels = lens.focal / corners[0].z * PlateLayout.cell * Float(StrokeFont.height)
        if pixels > 2 {
            let ink = Paint(RGB(0x14161A))
            for (index, quads) in body.signs.enumerated() {
                let corner = PlateLayout.place(of: index, of: body.signs.count)
                for quad in quads {
                    add(quad.map { at(corner.x + $0.x * PlateLayout.cell, corner.y + $0.y * PlateLayout.cell) }, ink)
                }
            }
        } else {
            add(
                [at(band + 0.02, h * 0.6), at(w - 0.02, h * 0.6), at(w - 0.02, -h * 0.6), at(band + 0.02, -h * 0.6)],
                Paint(RGB(0x14161A)), opacity: 0.34)
        }
        dirt(body, at, factor, light)
        return corners
    }

    /// Spots of mud, more of them with more dirt.
    private func dirt(
        _ body: VehicleBody, _ at: (Float, Float) -> SIMD3<Float>, _ factor: Float, _ light: MoverLight
    ) {
        let amount = min(max(body.vehicle.dirt, 0), 1)
        guard amount > 0 else { return }
        var random = SeededRandom(seed: UInt64(truncatingIfNeeded: body.vehicle.id), for: body.vehicle.plate)
        let mud = light.tone(Paint(RGB(0x8A7458)))
        for _ in 0..<Int(amount * 16) {
            let x = Float(random.number(in: -0.25...0.25))
            let y = Float(random.number(in: -0.055...0.03))
            let size = Float(random.number(in: 0.006...0.022))
            var corners: [SIMD3<Float>] = []
            for step in 0..<9 {
                let angle = Double(step) * 40
                let radius = size * Float(random.number(in: 0.8...1))
                corners.append(
                    at(
                        x + 1.5 * radius * Float(Trigonometry.cosine(angle)),
                        y + radius * Float(Trigonometry.sine(angle))))
            }
            guard var part = polygon(corners) else { continue }
            part.fill = .flat(FlatShader(tone: mud, factor: factor))
            part.isBody = false
            part.opacity = 0.25 + 0.35 * Float(amount)
            parts.append(part)
        }
    }
}
