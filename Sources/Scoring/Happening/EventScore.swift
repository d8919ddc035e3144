/// Which events are told, and how late.
///
/// Events of one rule and direction are matched one to one in the order of time, no further apart than the tolerance.
package struct EventScore: Sendable {
    /// Seconds that an event may be early or late.
    package static let tolerance = 0.5
    /// What decimal fractions of a second may lack of it.
    private static let slack = 1e-9

    package struct Event: Hashable, Sendable {
        /// The line, the zone or the rule, with its kind.
        package var rule: String
        package var direction: String?
        /// Seconds.
        package var time: Double

        package init(rule: String, direction: String? = nil, time: Double) {
            self.rule = rule
            self.direction = direction
            self.time = time
        }
    }

    package private(set) var truePositives = 0
    package private(set) var falseNegatives = 0
    package private(set) var falsePositives = 0
    /// Seconds after the truth, rising; below 0 for what is told early.
    package private(set) var delays: [Double] = []

    package init(truth: [Event], found: [Event], tolerance: Double = tolerance) {
        let limit = tolerance + Self.slack
        func groups(_ events: [Event]) -> [Event: [Double]] {
            Dictionary(grouping: events) { Event(rule: $0.rule, direction: $0.direction, time: 0) }
                .mapValues { $0.map(\.time).sorted() }
        }
        let (wanted, told) = (groups(truth), groups(found))
        for key in Set(wanted.keys).union(told.keys) {
            let (one, other) = (wanted[key] ?? [], told[key] ?? [])
            var (place, at) = (0, 0)
            while place < one.count, at < other.count {
                let delay = other[at] - one[place]
                if delay < -limit {
                    at += 1
                } else if delay > limit {
                    place += 1
                } else {
                    delays.append(delay)
                    (place, at) = (place + 1, at + 1)
                }
            }
        }
        delays.sort()
        truePositives = delays.count
        falseNegatives = truth.count - delays.count
        falsePositives = found.count - delays.count
    }

    package var precision: Double { ratio(truePositives, truePositives + falsePositives) }
    package var recall: Double { ratio(truePositives, truePositives + falseNegatives) }

    private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    package var json: ScoreDocument {
        .object([
            .init("TP", .count(truePositives)), .init("FN", .count(falseNegatives)),
            .init("FP", .count(falsePositives)), .init("precision", .number(precision)),
            .init("recall", .number(recall)),
            .init("delay_p50", Quantile.of(delays, 0.5).map { .number($0) } ?? .nothing),
            .init("delay_p95", Quantile.of(delays, 0.95).map { .number($0) } ?? .nothing),
        ])
    }
}
