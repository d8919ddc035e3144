/// What a tier asks of the core: what it must reach, and what careful work should bring.
package struct TierTargets: Hashable, Sendable {
    /// A figure of the report with its two bars.
    package struct Bar: Hashable, Sendable {
        package var must: Double
        /// Nil where none is set.
        package var reach: Double?
        /// Whether more is better.
        package var isFloor: Bool

        package func isMet(by value: Double) -> Bool { isFloor ? value >= must : value <= must }
        package func isReached(by value: Double) -> Bool {
            reach.map { isFloor ? value >= $0 : value <= $0 } ?? false
        }

        static func atLeast(_ must: Double, _ reach: Double? = nil) -> Bar {
            Bar(must: must, reach: reach, isFloor: true)
        }
        static func atMost(_ must: Double, _ reach: Double? = nil) -> Bar {
            Bar(must: must, reach: reach, isFloor: false)
        }
    }

    package var hota: Bar
    package var mota: Bar
    package var idf1: Bar
    /// Crossings counted too many or too few over those that were.
    package var lineError: Bar
    /// People.
    package var occupancyError: Bar
    /// Seconds of stream for a second of one core, decoding included.
    package var speed: Bar
    /// Of the tracker alone, given the true boxes.
    package var oracleHOTA: Bar
    package var plates: Bar
    /// IDF1 of all cameras joined; nil where no such tier is.
    package var joinedIDF1: Bar?

    /// Seconds from a picture to its description at the client, of 95 of 100.
    package static let latency = Bar.atMost(0.080, 0.040)
    /// Bytes of a core with one stream.
    package static let memory = Bar.atMost(120 * 1_048_576, 60 * 1_048_576)

    package static func of(_ tier: Tier) -> TierTargets {
        switch tier {
        case .easy:
            TierTargets(
                hota: .atLeast(0.75, 0.85), mota: .atLeast(0.93, 0.97), idf1: .atLeast(0.94, 0.98),
                lineError: .atMost(0.02), occupancyError: .atMost(0.3), speed: .atLeast(4, 8),
                oracleHOTA: .atLeast(0.98), plates: .atLeast(0.99), joinedIDF1: .atLeast(0.75))
        case .medium:
            TierTargets(
                hota: .atLeast(0.52, 0.66), mota: .atLeast(0.78, 0.88), idf1: .atLeast(0.70, 0.82),
                lineError: .atMost(0.08), occupancyError: .atMost(1.5), speed: .atLeast(4, 8),
                oracleHOTA: .atLeast(0.95), plates: .atLeast(0.95), joinedIDF1: .atLeast(0.55))
        case .hard:
            TierTargets(
                hota: .atLeast(0.42, 0.54), mota: .atLeast(0.52, 0.70), idf1: .atLeast(0.55, 0.68),
                lineError: .atMost(0.20), occupancyError: .atMost(5), speed: .atLeast(3, 5),
                oracleHOTA: .atLeast(0.92), plates: .atLeast(0.75), joinedIDF1: nil)
        }
    }
}
