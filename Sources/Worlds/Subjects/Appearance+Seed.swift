extension Appearance {
    /// The looks that follow from a seed.
    package init(seed: UInt64) {
        var random = SeededRandom(seed: seed, for: "appearance")
        let cloth: [UInt32] = [
            0xC8553D, 0x3D6FC8, 0x3F8F5B, 0xE0B23C, 0x8B4FA0, 0xD9D4C7, 0x2F3440, 0xB23A5B, 0x4FA3A8, 0x7A6A58,
        ]
        let dark: [UInt32] = [0x2B3547, 0x3A3A3A, 0x4B3B2F, 0x1F2A3A, 0x5A6470, 0x6B5B45]
        func pick(_ colors: [UInt32]) -> RGB { RGB(colors[random.index(below: colors.count)]) }
        self.init(
            height: random.number(in: 1.55...1.92), build: random.number(in: 0.85...1.2), upper: pick(cloth),
            lower: pick(dark), shoes: pick(dark), pattern: Pattern.allCases[random.index(below: 4)],
            secondary: pick(cloth), lowerKind: Lower.allCases[random.index(below: 3)],
            bag: random.chance(0.3) ? .backpack : .none, bagColor: pick(cloth), hat: .none, hatColor: pick(cloth),
            glasses: random.chance(0.25), mask: false, face: FaceIdentity(seed: seed))
    }
}

extension FaceIdentity {
    /// The face that follows from a seed.
    package init(seed: UInt64) {
        var random = SeededRandom(seed: seed, for: "face")
        self.init(values: Parameter.allCases.map { _ in random.number(in: 0...1) })
    }

    /// One that resembles this one: 35 % of the numbers are drawn anew.
    package func lookAlike(seed: UInt64) -> FaceIdentity {
        var random = SeededRandom(seed: seed, for: "look-alike")
        return FaceIdentity(values: values.map { random.chance(0.35) ? random.number(in: 0...1) : $0 })
    }
}
