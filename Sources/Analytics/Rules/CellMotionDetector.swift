import Metadata
import ONVIF

/// Tells whether something that moves covers enough cells of the grid.
///
/// Source: ONVIF Analytics 26.06 §8.1 Cell motion detector, §8.2 Cell motion analytics engine.
struct CellMotionDetector: RuleJudge {
    private let minimum: Int
    /// Seconds.
    private let onDelay: Double
    private let offDelay: Double
    private let mask: CellMask?
    private var watch: MotionWatch
    private var sinceOtherwise: Double?
    private var told = false

    /// - Parameters:
    ///   - rule: the rule.
    ///   - sensitivity: of the engine, 0…100.
    init(_ rule: AnalyticsConfig, sensitivity: Double) {
        minimum = max(1, rule.integer("MinCount") ?? 1)
        onDelay = Double(rule.integer("AlarmOnDelay") ?? 0) / 1000
        offDelay = Double(rule.integer("AlarmOffDelay") ?? 0) / 1000
        mask = rule.simple("ActiveCells").flatMap(CellMask.init(base64:))
        watch = MotionWatch(sensitivity: sensitivity / 100)
    }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        let moving = watch.moving(view)
        let model = view.context.model
        let isMotion = moving.contains { activeCells(under: $0.box, model) >= minimum }
        guard isMotion != told else {
            sinceOtherwise = nil
            return []
        }
        let since = sinceOtherwise ?? view.time
        sinceOtherwise = since
        guard seconds(from: since, to: view.time) >= (isMotion ? onDelay : offDelay) else { return [] }
        told = isMotion
        sinceOtherwise = nil
        return [.property([Event.Item("IsMotion", "\(isMotion)")])]
    }

    private func activeCells(under box: MetadataBox, _ model: AnalyticsModel) -> Int {
        guard let mask, mask.bytes.count * 8 >= model.columns * model.rows else { return 0 }
        func cells(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
            let first = min(max(0, Int((low * Double(count)).rounded(.down))), count)
            let end = min(max(first, Int((high * Double(count)).rounded(.up))), count)
            return first..<end
        }
        var sum = 0
        for row in cells((1 - box.top) / 2, (1 - box.bottom) / 2, model.rows) {
            for column in cells((box.left + 1) / 2, (box.right + 1) / 2, model.columns) {
                let cell = row * model.columns + column
                if mask.bytes[cell / 8] & 0x80 >> UInt8(cell % 8) != 0 { sum += 1 }
            }
        }
        return sum
    }
}
