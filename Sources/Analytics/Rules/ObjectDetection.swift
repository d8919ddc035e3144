import Metadata
import ONVIF

/// Tells which classes of objects are seen, whenever that changes.
///
/// Source: ONVIF Analytics 26.06 §7.7 Object Detection.
struct ObjectDetection: RuleJudge {
    private let filter: RuleFilter
    private let classes: [String]
    /// 0…1
    private let confidence: Double
    /// Seconds.
    private let dwell: Double
    private let region: RuleRegion?
    private var watch = RegionWatch(nil)
    private var told: Set<String> = []

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        classes = rule.words("ClassFilter") ?? []
        confidence = (rule.number("ConfidenceLevel") ?? 0) / 100
        dwell = rule.duration("DwellTime") ?? 0
        region = rule.region("Field")
    }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard filter.isArmed else { return [] }
        watch.look(view) { object in filter.lets(object) && region?.contains(object.place) ?? true }
        let seen = Set(
            watch.inside.map(\.stay).filter {
                seconds(from: $0.since, to: view.time) >= dwell && classes.contains($0.type)
            }.map(\.type))
        guard seen != told else { return [] }
        told = seen
        return [.event([Event.Item("ClassTypes", seen.sorted().joined(separator: " "))])]
    }
}
