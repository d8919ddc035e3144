import Metadata
import ONVIF

/// Tells of things that were put into a field and stay there.
///
/// Source: ONVIF Analytics 26.06 §7.8 Object Abandoned.
struct ObjectAbandoned: RuleJudge {
    private var watch: StillThings

    init(_ rule: AnalyticsConfig) { watch = StillThings(rule) }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.things.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard watch.isArmed else { return [] }
        watch.look(view)
        var contents: [RuleReport.Content] = []
        for (id, entry) in watch.things.entries.sorted(by: { $0.key < $1.key }) {
            var thing = entry.memory
            guard !thing.isTold, !thing.isOfTheScene, seconds(from: thing.since, to: view.time) >= watch.threshold,
                watch.isInField(thing)
            else { continue }
            thing.isTold = true
            watch.things.remember(thing, of: id, at: entry.seen)
            contents.append(.event([Event.Item("ObjectId", String(id))]))
        }
        // Somebody may stand before it for a while.
        _ = watch.things.takeGone(at: view.time, after: max(RuleBounds.patience, watch.threshold))
        return contents
    }
}
