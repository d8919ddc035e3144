extension Backdrop {
    /// Metres.
    private static let bay = 2.4

    mutating func addBuilding(_ building: Building) {
        let frame = Frame(at: building.center.at(height: 0), heading: building.heading)
        let coat = Coat(building.material, building.color)
        let roof = Coat(building.roof, MaterialTextures.gravel)
        var random = SeededRandom(seed: building.seed, for: "windows")
        var seeds: [Side: UInt64] = [:]
        for side in Side.allCases { seeds[side] = random.next() }
        let trim = coat.shaded(1.12)
        let isNight = shading.isNight
        addBox(
            frame, building.width, building.height, building.depth, coat, top: roof, contact: 0.34,
            extra: { side in
                let width = side == .front || side == .back ? building.width : building.depth
                return Self.front(
                    width, building, hasDoor: side == .front, coat, trim, isNight: isNight,
                    seed: seeds[side] ?? 0)
            })
        // A parapet that stands out.
        addBox(
            frame.moved(0, building.height - 0.25, 0), building.width + 0.3, 0.45, building.depth + 0.3, trim,
            top: trim.shaded(0.92), casts: false, contact: 0, hasBottom: true)
        addBox(
            frame.moved(0, building.height + 0.2, 0), building.width - 0.5, 0.02, building.depth - 0.5, roof,
            casts: false, contact: 0)
    }

    /// Windows, a door and courses; the uppermost first.
    private static func front(
        _ width: Double, _ building: Building, hasDoor: Bool, _ coat: Coat, _ trim: Coat, isNight: Bool, seed: UInt64
    ) -> [(points: [Point], coat: Coat, kind: Face.Kind)] {
        guard building.storeys > 0 else { return [] }
        var random = SeededRandom(seed: seed)
        var shapes: [(points: [Point], coat: Coat, kind: Face.Kind)] = []
        let storey = (building.height - 0.5) / Double(building.storeys)
        let bays = max(1, Int((width - 0.8) / bay))
        let step = width / Double(bays)
        let doorBay = hasDoor ? bays / 2 : -1
        let frame = Coat(RGB(0xEDEAE2), MaterialTextures.even)
        for level in 0..<building.storeys {
            let floor = Double(level) * storey
            for column in 0..<bays {
                let middle = (Double(column) + 0.5) * step
                let isLit = isNight && random.chance(0.42)
                let blind = random.number(in: 0...1)
                let tone = Float(random.number(in: 0.85...1.15))
                if level == 0, column == doorBay {
                    addDoor(&shapes, middle, min(2.3, storey * 0.82), frame, isLit: isNight)
                    continue
                }
                let (half, bottom) = (min(0.62, step * 0.3), floor + storey * 0.3)
                let top = floor + storey * 0.84
                window(
                    &shapes, middle - half, bottom, middle + half, top, frame, trim, lit: isLit, blind: blind,
                    tone: tone)
            }
            if level > 0 {
                shapes.append((rectangle(0, floor - 0.06, width, floor + 0.08), trim, .cover))
                shapes.append((rectangle(0, floor - 0.12, width, floor - 0.06), coat.shaded(0.78), .cover))
            }
        }
        // The plinth.
        shapes.append((rectangle(0, 0, width, 0.45), Coat(.stone, nil).shaded(0.82), .cover))
        return shapes
    }

    private static func window(
        _ shapes: inout [(points: [Point], coat: Coat, kind: Face.Kind)], _ x0: Double, _ y0: Double, _ x1: Double,
        _ y1: Double, _ frame: Coat, _ trim: Coat, lit: Bool, blind: Double, tone: Float
    ) {
        let middle = (x0 + x1) / 2
        let bar = y0 + (y1 - y0) * 0.68
        shapes.append((rectangle(middle - 0.025, y0, middle + 0.025, y1), frame, .cover))
        shapes.append((rectangle(x0, bar - 0.025, x1, bar + 0.025), frame, .cover))
        // The lintel's shade on the pane.
        if !lit { shapes.append((rectangle(x0, y1 - 0.1, x1, y1), Coat(RGB(0x2B353C)), .cover)) }
        if blind > 0.62 {
            let drop = y1 - (y1 - y0) * (blind - 0.55) * 1.6
            let cloth = lit ? Coat(RGB(0xE8C88A), nil, glows: true) : Coat(RGB(0xC9C0B0), MaterialTextures.even)
            shapes.append((rectangle(x0, max(drop, y0), x1, y1 - 0.1), cloth, .cover))
        }
        let pane =
            lit
            ? Coat(RGB(0xF0CC80), MaterialTextures.even, glows: true).shaded(tone * 0.92)
            : Coat(RGB(0x5C7482), MaterialTextures.glass).shaded(tone)
        shapes.append((rectangle(x0, y0, x1, y1), pane, .cover))
        shapes.append((rectangle(x0 - 0.07, y0 - 0.05, x1 + 0.07, y1 + 0.07), frame, .cover))
        // The sill, its shade below it.
        shapes.append((rectangle(x0 - 0.16, y0 - 0.13, x1 + 0.16, y0 - 0.05), trim.shaded(1.06), .cover))
        shapes.append((rectangle(x0 - 0.14, y0 - 0.24, x1 + 0.14, y0 - 0.13), trim.shaded(0.72), .cover))
    }

    private static func addDoor(
        _ shapes: inout [(points: [Point], coat: Coat, kind: Face.Kind)], _ middle: Double, _ height: Double,
        _ frame: Coat, isLit: Bool
    ) {
        let leaf = Coat(RGB(0x5A4334), MaterialTextures.wood)
        shapes.append((rectangle(middle + 0.42, 1.0, middle + 0.5, 1.14), Coat(RGB(0xD8C27A)), .cover))
        shapes.append((rectangle(middle - 0.012, 0.02, middle + 0.012, height), leaf.shaded(0.5), .cover))
        for side in [-0.34, 0.34] {
            let pane =
                isLit
                ? Coat(RGB(0xE6BE78), nil, glows: true).shaded(0.9) : Coat(RGB(0x5C7482), MaterialTextures.glass)
            shapes.append(
                (rectangle(middle + side - 0.2, height * 0.55, middle + side + 0.2, height * 0.92), pane, .cover))
        }
        shapes.append((rectangle(middle - 0.68, 0.02, middle + 0.68, height), leaf, .cover))
        shapes.append((rectangle(middle - 0.8, 0, middle + 0.8, height + 0.12), frame.shaded(0.9), .cover))
    }
}
