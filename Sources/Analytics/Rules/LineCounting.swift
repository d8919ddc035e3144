import Metadata
import ONVIF

/// Counts who crosses lines.
///
/// Source: ONVIF Analytics 26.06 §7.5 Line crossing counting rule.
struct LineCounting: RuleJudge {
    private let filter: RuleFilter
    private let direction: LineWatch.Direction?
    /// Whether only those count that have crossed every line.
    private let passesAll: Bool
    private var watches: [LineWatch]
    /// The lines that an object has crossed already.
    private var passed = TrackTable<Set<Int>>()
    private var report: CountReport

    init(_ rule: AnalyticsConfig) {
        filter = RuleFilter(rule)
        direction = rule.simple("Direction").flatMap(LineWatch.Direction.init)
        passesAll = rule.flag("PassAllPolylines") ?? false
        watches = rule.lines.map(LineWatch.init)
        report = CountReport(rule)
    }

    mutating func follow(_ change: MetadataIdentifierChange) {
        for index in watches.indices { watches[index].follow(change) }
        passed.follow(change)
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        report.resetWhenDue(view)
        guard filter.isArmed else { return report.report(at: view.time) }
        if passesAll {
            for object in view.objects {
                if let known = passed[object.id] { passed.remember(known.memory, of: object.id, at: view.time) }
            }
            _ = passed.takeGone(at: view.time)
        }
        for index in watches.indices {
            for crossing in watches[index].crossings(view, filter)
            where direction == nil || crossing.direction == direction {
                guard passesAll else {
                    report.count += 1
                    continue
                }
                var lines = passed[crossing.object.id]?.memory ?? []
                lines.insert(index)
                if lines.count == watches.count {
                    report.count += 1
                    lines = []
                }
                passed.remember(lines, of: crossing.object.id, at: view.time)
            }
        }
        return report.report(at: view.time)
    }
}
