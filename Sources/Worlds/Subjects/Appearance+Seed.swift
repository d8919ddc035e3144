extension Appearance {
    /// A subject of chance: the same seed gives the same one.
    package init(seed: UInt64) {
        var random = SeededRandom(seed: seed, for: "appearance")
        let upper = Self.clothes[random.index(below: Self.clothes.count)]
        var lower = Self.trousers[random.index(below: Self.trousers.count)]
        let kind: Lower = random.chance(0.68) ? .trousers : random.chance(0.5) ? .shorts : .skirt
        if kind == .skirt { lower = Self.clothes[random.index(below: Self.clothes.count)] }
        if lower == upper { lower = RGB(0x2B3A55) }
        let patterned = random.chance(0.4)
        let pattern = patterned ? [Pattern.stripes, .checks, .halves][random.index(below: 3)] : .plain
        var secondary = Self.clothes[random.index(below: Self.clothes.count)]
        if secondary == upper { secondary = upper == RGB(0xF2F0E8) ? RGB(0x35507A) : RGB(0xF2F0E8) }
        let bag: Bag = random.chance(0.62) ? .none : [Bag.backpack, .shoulder, .suitcase][random.index(below: 3)]
        let hat: Hat = random.chance(0.72) ? .none : [Hat.cap, .beanie, .brim][random.index(below: 3)]
        self.init(
            height: random.number(in: 1.54...1.93), build: random.number(in: 0.84...1.2), upper: upper, lower: lower,
            shoes: Self.leather[random.index(below: Self.leather.count)], pattern: pattern, secondary: secondary,
            lowerKind: kind, bag: bag, bagColor: Self.bags[random.index(below: Self.bags.count)], hat: hat,
            hatColor: Self.clothes[random.index(below: Self.clothes.count)], glasses: random.chance(0.28),
            mask: random.chance(0.05), face: FaceIdentity(seed: random.next()))
    }

    private static let clothes: [RGB] = [
        0xC8473A, 0xE08A3C, 0xE5B93F, 0x6FA04B, 0x2F7D5B, 0x2E8C94, 0x4A90C8, 0x35507A, 0x6A5AA8, 0xA65B93, 0xD9808F,
        0xF2F0E8, 0x9AA3A8, 0x4B5056, 0x8A5A3C, 0x7F2F3A,
    ].map(RGB.init)
    private static let trousers: [RGB] = [
        0x2B3A55, 0x3F5F8C, 0x2C2E33, 0x5B6066, 0x8C7A5B, 0xB7A889, 0x4F5B45, 0x5A3F33, 0x6D86A8,
    ].map(RGB.init)
    private static let leather: [RGB] = [0x2A2623, 0x5E3C27, 0xE8E6E0, 0x8F959B, 0xA83A32, 0x27364F].map(RGB.init)
    private static let bags: [RGB] = [0x3A3F47, 0xB5523B, 0x2F6B6A, 0x7A5A3A, 0x6B4E8A, 0xC9A23F, 0x345A94].map(
        RGB.init)
}

extension FaceIdentity {
    /// A face of chance: the same seed gives the same one.
    package init(seed: UInt64) {
        var random = SeededRandom(seed: seed, for: "face")
        self.init(values: Parameter.allCases.map { _ in random.number(in: 0...1) })
    }

    /// Part of the numbers of a look-alike that are its own.
    package static let lookAlikeShare = 0.35

    /// A face like another: 35 % of the numbers (9 of 26) drawn anew.
    ///
    /// Source: the project's design of test persons; which numbers are drawn anew follows from the seed.
    package static func lookAlike(of other: FaceIdentity, seed: UInt64) -> FaceIdentity {
        var random = SeededRandom(seed: seed, for: "look-alike")
        var values = other.values
        var left = Array(values.indices)
        for _ in 0..<Int((Double(values.count) * lookAlikeShare).rounded()) where !left.isEmpty {
            values[left.remove(at: random.index(below: left.count))] = random.number(in: 0...1)
        }
        return FaceIdentity(values: values)
    }

    /// Root of the mean square of the differences, 0…1; two faces of chance are about 0.41 apart.
    package func distance(to other: FaceIdentity) -> Double {
        var sum = 0.0
        for (a, b) in zip(values, other.values) { sum += (a - b) * (a - b) }
        return (sum / Double(max(values.count, 1))).squareRoot()
    }
}
