/// How far a figure may lie from what another sample of the same kind would give.
///
/// The units (tracks of a clip, or scenes) are drawn again, with repetition, as often as there are; the interval holds the
/// middle 95 % of the figures. The same seed gives the same interval.
///
/// Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, §13 (percentile interval).
package struct Bootstrap: Sendable {
    /// Samples that are drawn.
    package static let defaultRepetitions = 1000
    /// Scenes for an interval over scenes.
    package static let leastScenes = 5
    private static let confidence = 0.95

    package var seed: UInt64
    package var repetitions: Int

    package init(seed: UInt64 = 1, repetitions: Int = defaultRepetitions) {
        self.seed = seed
        self.repetitions = repetitions
    }

    /// The ends of an interval.
    package struct Interval: Hashable, Sendable {
        package var low: Double
        package var high: Double

        package var json: ScoreDocument { .numbers([low, high]) }
    }

    /// Draws samples.
    ///
    /// - Parameters:
    ///   - counts: how many units there are, of each kind.
    ///   - figures: of a sample, told as how often each unit is in it, kind by kind.
    /// - Returns: an interval for each figure.
    package func intervals(
        units counts: [Int], figures: (_ times: [[Int]]) -> [Double]
    ) -> [Interval] {
        var numbers = SeededNumbers(seed: seed)
        var drawn: [[Double]] = []
        for _ in 0..<repetitions {
            let times = counts.map { count in
                var times = [Int](repeating: 0, count: count)
                for _ in 0..<count { times[Int.random(in: 0..<count, using: &numbers)] += 1 }
                return times
            }
            for (place, figure) in figures(times).enumerated() {
                if place == drawn.count { drawn.append([]) }
                drawn[place].append(figure)
            }
        }
        let tail = (1 - Self.confidence) / 2
        return drawn.map { values in
            let sorted = values.sorted()
            return Interval(low: Quantile.of(sorted, tail) ?? 0, high: Quantile.of(sorted, 1 - tail) ?? 0)
        }
    }
}

/// Chance that is the same again: SplitMix64.
///
/// Source: Steele, Lea and Flood 2014, Fast Splittable Pseudorandom Number Generators.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
