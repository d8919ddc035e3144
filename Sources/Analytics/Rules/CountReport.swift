import Foundation
import ONVIF

/// A count that begins anew at times of the day and is told now and then.
///
/// Source: ONVIF Analytics 26.06 §7.5 Line crossing counting rule, §7.6 Occupancy Counting rule.
struct CountReport: Sendable {
    var count = 0
    private var told: Int?
    private var toldAt: Double?
    private var judgedAt: Double?
    /// Seconds between reports; 0 for at once.
    private let interval: Double
    /// Seconds since local midnight.
    private let resets: [Double]

    init(_ rule: AnalyticsConfig) {
        interval = rule.duration("ReportTimeInterval") ?? 0
        resets = rule.simples("ResetTime").compactMap { TimeOfDay($0)?.seconds }
    }

    /// Begins anew where a time of the day has passed since the frame before; call it before counting.
    mutating func resetWhenDue(_ view: RuleView) {
        defer { judgedAt = view.time }
        guard let before = judgedAt, before < view.time else { return }
        let day = TimeOfDay.secondsOfDay
        let east = Double(view.context.clock.secondsEast(at: Int64(view.time)))
        let isDue = resets.contains { reset in
            ((view.time + east - reset) / day).rounded(.down) > ((before + east - reset) / day).rounded(.down)
        }
        if isDue { (count, toldAt) = (0, nil) }
    }

    /// What there is to tell now.
    mutating func report(at time: Double) -> [RuleReport.Content] {
        guard count != told else { return [] }
        if let toldAt, seconds(from: toldAt, to: time) < interval { return [] }
        (told, toldAt) = (count, time)
        return [.property([Event.Item("Count", String(count))])]
    }
}
