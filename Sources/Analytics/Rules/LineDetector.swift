import Metadata
import ONVIF

/// Tells who crosses a line.
///
/// Source: ONVIF Analytics 26.06 §7.2 Line Detector.
struct LineDetector: RuleJudge {
    private let filter: RuleFilter
    /// Nil for both.
    private let direction: LineWatch.Direction?
    private var watches: [LineWatch]

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        direction = rule.simple("Direction").flatMap(LineWatch.Direction.init)
        watches = rule.lines.map(LineWatch.init)
    }

    mutating func follow(_ change: MetadataIdentifierChange) {
        for index in watches.indices { watches[index].follow(change) }
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard filter.isArmed else { return [] }
        var contents: [RuleReport.Content] = []
        for index in watches.indices {
            for crossing in watches[index].crossings(view, filter)
            where direction == nil || crossing.direction == direction {
                contents.append(.event([crossing.object].items))
            }
        }
        return contents
    }
}
