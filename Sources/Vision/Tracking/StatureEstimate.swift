/// How tall somebody's box is, metres: the most frequent of what was measured, as legs in grey or a post before them make
/// many measurements too small.
struct StatureEstimate: Hashable {
    /// Metres of a class.
    private static let step = 0.02
    /// Metres of the first class.
    private static let first = 1.44
    private static let classes = 32
    /// Metres that people usually are, and their standard deviation.
    static let usual = 1.75
    private static let deviation = 0.11
    /// Measurements that what is usual counts for.
    private static let weight: Float = 6
    /// Metres within which people are.
    static let range = first...first + step * Double(classes)

    private var counts: [Float]
    private(set) var metres = usual
    private(set) var measurements = 0

    init() {
        counts = (0..<Self.classes).map { index in
            let away = (Self.first + (Double(index) + 0.5) * Self.step - Self.usual) / Self.deviation
            return Self.weight / Float(1 + away * away * (1 + away * away))
        }
    }

    /// - Parameters:
    ///   - measured: metres.
    ///   - trust: 0…1.
    mutating func take(_ measured: Double, trust: Float) {
        let place = (measured - Self.first) / Self.step - 0.5
        guard place > -2, place < Double(Self.classes) + 1 else { return }
        measurements += 1
        for index in counts.indices {
            let away = Float(Double(index) - place)
            if away.magnitude < 4 { counts[index] += trust / (1 + away * away) }
        }
        guard let best = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return }
        // The middle of the three classes around the fullest.
        var (sum, weight) = (0.0, 0.0)
        for index in max(best - 1, 0)...min(best + 1, Self.classes - 1) {
            sum += Double(counts[index]) * (Self.first + (Double(index) + 0.5) * Self.step)
            weight += Double(counts[index])
        }
        metres = sum / weight
    }

    /// Whether it is more than a guess.
    var isKnown: Bool { measurements > 10 }
}
