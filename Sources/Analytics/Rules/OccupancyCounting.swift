import Metadata
import ONVIF

/// Counts who is behind barriers: from left to right is in, from right to left is out.
///
/// Source: ONVIF Analytics 26.06 §7.6 Occupancy Counting rule.
struct OccupancyCounting: RuleJudge {
    private let filter: RuleFilter
    private var watches: [LineWatch]
    private var report: CountReport

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        watches = rule.lines.map(LineWatch.init)
        report = CountReport(rule)
    }

    mutating func follow(_ change: MetadataIdentifierChange) {
        for index in watches.indices { watches[index].follow(change) }
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        report.resetWhenDue(view)
        guard filter.isArmed else { return report.report(at: view.time) }
        for index in watches.indices {
            for crossing in watches[index].crossings(view, filter) {
                report.count += crossing.direction == .right ? 1 : -1
            }
        }
        return report.report(at: view.time)
    }
}
