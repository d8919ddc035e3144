extension Backdrop {
    mutating func addProp(_ prop: Prop) {
        let frame = Frame(at: prop.at.at(height: 0), heading: prop.heading)
        let s = prop.scale
        var random = SeededRandom(seed: prop.seed, for: prop.kind.rawValue)
        switch prop.kind {
        case .tree: addTree(prop, &random)
        case .hedge:
            let green = Coat(prop.color ?? RGB(0x4F7038), MaterialTextures.leaves)
            addBox(frame, 2 * s, 1.1 * s, 0.7 * s, green, top: green.shaded(1.12))
        case .lamp: addLamp(prop, frame)
        case .post:
            addColumn(
                frame.at, radius: 0.05 * s, height: 2.6 * s, Coat(prop.color ?? RGB(0x7C8186), MaterialTextures.even))
        case .bollard:
            let coat = Coat(prop.color ?? RGB(0x4A4E52), MaterialTextures.even)
            addColumn(frame.at, radius: 0.09 * s, height: 0.8 * s, coat)
            addColumn(
                frame.at + Vector3(0, 0.8 * s, 0), radius: 0.1 * s, topRadius: 0.05 * s, height: 0.1 * s,
                coat.shaded(1.2), casts: false)
            addColumn(
                frame.at + Vector3(0, 0.62 * s, 0), radius: 0.093 * s, height: 0.1 * s, Coat(RGB(0xE8E4DA)),
                casts: false)
        case .bench: addBench(prop, frame)
        case .bin:
            let coat = Coat(prop.color ?? RGB(0x55605A), MaterialTextures.metal)
            addColumn(frame.at, radius: 0.24 * s, topRadius: 0.28 * s, height: 0.85 * s, sides: 10, coat)
            addColumn(
                frame.at + Vector3(0, 0.85 * s, 0), radius: 0.29 * s, topRadius: 0.22 * s, height: 0.08 * s, sides: 10,
                coat.shaded(0.7), casts: false)
        case .planter:
            let coat = Coat(prop.color ?? RGB(0x9C948A), MaterialTextures.concrete)
            addBox(frame, 1.4 * s, 0.6 * s, 1.4 * s, coat, top: Coat(RGB(0x5A4A3C), MaterialTextures.gravel))
            for _ in 0..<5 {
                let (x, z) = (random.number(in: -0.4...0.4) * s, random.number(in: -0.4...0.4) * s)
                let green = Coat(RGB(0x5C8240), MaterialTextures.leaves).shaded(Float(random.number(in: 0.85...1.2)))
                addBall(
                    frame.point(x, 0.75 * s, z), radius: 0.32 * s, height: 0.3 * s, sides: 7, rings: 4, green,
                    uneven: 0.14, seed: random.next())
            }
        case .shelter: addShelter(prop, frame)
        case .fence:
            let coat = Coat(prop.color ?? RGB(0x6F757A), MaterialTextures.even)
            for x in [-1.0, 0, 1] { addBox(frame.moved(x * s, 0, 0), 0.06, 1.1 * s, 0.06, coat) }
            for y in [0.35, 0.7, 1.05] {
                addBox(frame.moved(0, y * s, 0), 2 * s, 0.05, 0.04, coat, contact: 0, hasBottom: true)
            }
        case .door:
            let leaf = Coat(prop.color ?? RGB(0x6B4C38), MaterialTextures.wood)
            addBox(frame, 1.16 * s, 2.16 * s, 0.1, Coat(RGB(0xE6E2D8), MaterialTextures.even), contact: 0)
            addBox(frame, 1.0 * s, 2.08 * s, 0.14, leaf, contact: 0)
            addBox(frame.moved(0.4 * s, 1.0 * s, 0), 0.12, 0.04, 0.24, Coat(RGB(0xC8C4BA)), casts: false, contact: 0)
        case .counter:
            addBox(frame, 2.4 * s, 1.05 * s, 0.7 * s, Coat(prop.color ?? RGB(0x9A7250), MaterialTextures.wood))
            addBox(
                frame.moved(0, 1.05 * s, 0), 2.5 * s, 0.05, 0.8 * s, Coat(RGB(0xDCD8CE), MaterialTextures.even),
                casts: false, contact: 0, hasBottom: true)
        case .plant:
            addColumn(
                frame.at, radius: 0.18 * s, topRadius: 0.24 * s, height: 0.45 * s, sides: 10,
                Coat(prop.color ?? RGB(0xB4694A), MaterialTextures.even))
            for _ in 0..<6 {
                let (x, z) = (random.number(in: -0.2...0.2) * s, random.number(in: -0.2...0.2) * s)
                let green = Coat(RGB(0x4E8044), MaterialTextures.leaves).shaded(Float(random.number(in: 0.8...1.2)))
                addBall(
                    frame.point(x, (0.7 + random.number(in: 0...0.5)) * s, z), radius: 0.2 * s, height: 0.26 * s,
                    sides: 6, rings: 4, green, uneven: 0.2, seed: random.next())
            }
        case .cone:
            addBox(frame, 0.38 * s, 0.04, 0.38 * s, Coat(RGB(0x33363A)), contact: 0)
            let orange = Coat(prop.color ?? RGB(0xE2622A), MaterialTextures.even)
            let bands: [(Double, Double, Coat)] = [
                (0.04, 0.26, orange), (0.26, 0.42, Coat(RGB(0xF2EFE8))), (0.42, 0.7, orange),
            ]
            for (low, high, coat) in bands {
                addColumn(
                    frame.at + Vector3(0, low * s, 0), radius: (0.16 - low * 0.19) * s,
                    topRadius: (0.16 - high * 0.19) * s, height: (high - low) * s, coat, casts: low < 0.1)
            }
        }
    }

    private mutating func addTree(_ prop: Prop, _ random: inout SeededRandom) {
        let s = prop.scale
        let trunk = 2.0 * s
        let at = prop.at.at(height: 0)
        addColumn(
            at, radius: 0.16 * s, topRadius: 0.1 * s, height: trunk + 0.8 * s,
            Coat(RGB(0x6E5A48), MaterialTextures.bark))
        let base = Coat(prop.color ?? RGB(0x5F8A3E), MaterialTextures.leaves)
        // One large crown and others about it.
        addBall(
            at + Vector3(0, trunk + 1.5 * s, 0), radius: 1.25 * s, height: 1.3 * s, sides: 10, rings: 7, base,
            uneven: 0.1, seed: random.next())
        for index in 0..<5 {
            let turn = Double(index) * 72 + random.number(in: -20...20)
            let out = random.number(in: 0.7...1.0) * s
            let up = trunk + random.number(in: 0.8...2.1) * s
            let radius = random.number(in: 0.7...0.95) * s
            addBall(
                at + Vector3(Trigonometry.sine(turn) * out, up, Trigonometry.cosine(turn) * out), radius: radius,
                height: radius * 0.92, sides: 8, rings: 6, base.shaded(Float(random.number(in: 0.88...1.12))),
                uneven: 0.14, seed: random.next())
        }
    }

    private mutating func addLamp(_ prop: Prop, _ frame: Frame) {
        let s = prop.scale
        let coat = Coat(prop.color ?? RGB(0x3F464B), MaterialTextures.even)
        addColumn(frame.at, radius: 0.11 * s, topRadius: 0.09 * s, height: 0.5 * s, coat)
        addColumn(frame.at, radius: 0.055 * s, topRadius: 0.04 * s, height: 4.1 * s, coat)
        let glass = shading.lamps.isEmpty ? Coat(RGB(0xE9E6DA)) : Coat(RGB(0xFFF1C8), nil, glows: true)
        addColumn(
            frame.at + Vector3(0, 4.1 * s, 0), radius: 0.13 * s, topRadius: 0.19 * s, height: 0.36 * s, glass,
            casts: false)
        addColumn(
            frame.at + Vector3(0, 4.46 * s, 0), radius: 0.25 * s, topRadius: 0.06 * s, height: 0.16 * s, coat,
            casts: false)
    }

    private mutating func addBench(_ prop: Prop, _ frame: Frame) {
        let s = prop.scale
        let wood = Coat(prop.color ?? RGB(0x9C6F45), MaterialTextures.wood)
        let iron = Coat(RGB(0x43474B), MaterialTextures.even)
        for x in [-0.7, 0.7] {
            addBox(frame.moved(x * s, 0, 0), 0.07 * s, 0.42 * s, 0.45 * s, iron)
            addBox(
                frame.moved(x * s, 0.42 * s, -0.22 * s), 0.07 * s, 0.45 * s, 0.06 * s, iron, casts: false, contact: 0)
        }
        for z in [-0.15, 0.0, 0.15] {
            addBox(frame.moved(0, 0.42 * s, z * s), 1.8 * s, 0.04 * s, 0.12 * s, wood, contact: 0, hasBottom: true)
        }
        for y in [0.56, 0.74] {
            addBox(
                frame.moved(0, y * s, -0.21 * s), 1.8 * s, 0.11 * s, 0.035 * s, wood, contact: 0, hasBottom: true)
        }
        // Under the seat it is dark.
        addContacts(
            [
                frame.ground(-0.9 * s, -0.25 * s), frame.ground(-0.9 * s, 0.25 * s), frame.ground(0.9 * s, 0.25 * s),
                frame.ground(0.9 * s, -0.25 * s),
            ], width: 0.25, amount: 0.2)
    }

    private mutating func addShelter(_ prop: Prop, _ frame: Frame) {
        let s = prop.scale
        let iron = Coat(prop.color ?? RGB(0x5A6268), MaterialTextures.even)
        for x in [-1.9, 1.9] {
            for z in [-0.7, 0.7] { addBox(frame.moved(x * s, 0, z * s), 0.08, 2.4 * s, 0.08, iron) }
        }
        addBox(frame.moved(0, 2.4 * s, 0), 4.2 * s, 0.12, 1.8 * s, iron, top: iron.shaded(1.15), hasBottom: true)
        let pane = Coat(RGB(0x9FB4BC), MaterialTextures.glass)
        addBox(frame.moved(0, 0.35 * s, -0.7 * s), 3.7 * s, 1.7 * s, 0.03, pane, contact: 0, hasBottom: true)
        addBox(
            frame.moved(0, 0.44 * s, -0.45 * s), 2.6 * s, 0.06, 0.4 * s, Coat(RGB(0x9C6F45), MaterialTextures.wood),
            contact: 0, hasBottom: true)
    }
}
