import Metadata
import ONVIF

/// Tells whether somebody is in a field, and who.
///
/// Source: ONVIF Analytics 26.06 §7.3 Field Detector.
struct FieldDetector: RuleJudge {
    private let filter: RuleFilter
    private var watch: RegionWatch
    private var told: [Int] = []

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        watch = RegionWatch(rule.region("Field"))
    }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard filter.isArmed else { return [] }
        watch.look(view, filter.lets)
        let inside = watch.inside
        let ids = inside.map(\.id)
        guard ids != told else { return [] }
        told = ids
        return [
            .property([
                Event.Item("IsInside", ids.isEmpty ? "false" : "true"),
                Event.Item("ObjectId", ids.map(String.init).joined(separator: " ")),
                Event.Item("ClassTypes", inside.map(\.stay.type).joined(separator: " ")),
            ])
        ]
    }
}
