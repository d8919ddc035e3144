import Foundation
import Metadata
import ONVIF

/// Tells who stays in a field for longer than one should, and since when somebody does.
///
/// Source: ONVIF Analytics 26.06 §7.4 Loitering Detector.
struct LoiteringDetector: RuleJudge {
    private let filter: RuleFilter
    /// Seconds.
    private let threshold: Double
    private var watch: RegionWatch
    private var told: [Int] = []

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        threshold = rule.duration("TimeThreshold") ?? 0
        watch = RegionWatch(rule.region("Field"))
    }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard filter.isArmed else { return [] }
        watch.look(view, filter.lets)
        // The bound itself is not too long yet.
        let loiterers = watch.inside.filter { seconds(from: $0.stay.since, to: view.time) > threshold }
        let ids = loiterers.map(\.id)
        guard ids != told else { return [] }
        told = ids
        guard let first = loiterers.map(\.stay.since).min() else { return [.property(nil)] }
        return [
            .property([
                Event.Item("ObjectId", ids.map(String.init).joined(separator: " ")),
                Event.Item("Since", XSDateTime.string(Date(timeIntervalSince1970: first + threshold))),
            ])
        ]
    }
}
