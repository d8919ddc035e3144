import Metadata
import ONVIF

/// Tells of things that lay in a field and are not there any more.
///
/// Source: ONVIF Analytics 26.06 §7.9 Object Removed.
struct ObjectRemoved: RuleJudge {
    /// What lies still for so long has its place there, seconds.
    static let settling = 1.0

    private struct Place: Sendable {
        var place: MetadataPoint
        /// When the thing was there last.
        var left: Double
    }

    private var watch: StillThings
    /// The places of things that have gone or moved, by their ids.
    private var empty: [Int: Place] = [:]
    /// The places of things that lie there.
    private var settled: [Int: MetadataPoint] = [:]

    init(_ rule: AnalyticsConfig) { watch = StillThings(rule) }

    mutating func follow(_ change: MetadataIdentifierChange) {
        // What is deleted may have been removed.
        if case .delete = change { return }
        watch.things.follow(change)
        if case .rename(let from, let to) = change {
            settled[to] = settled.removeValue(forKey: from)
            empty[to] = empty.removeValue(forKey: from)
        }
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard watch.isArmed else { return [] }
        watch.look(view)
        for (id, entry) in watch.things.entries {
            let isThere = entry.seen == view.time
            if isThere, seconds(from: entry.memory.since, to: view.time) >= Self.settling, watch.isInField(entry.memory)
            {
                settled[id] = entry.memory.place
                empty[id] = nil
            } else if let place = settled[id], empty[id] == nil, !isThere || entry.memory.place != place {
                empty[id] = Place(place: place, left: isThere ? entry.memory.since : entry.seen)
            }
        }
        var contents: [RuleReport.Content] = []
        for (id, place) in empty.sorted(by: { $0.key < $1.key })
        where seconds(from: place.left, to: view.time) >= max(watch.threshold, RuleBounds.patience) {
            contents.append(.event([Event.Item("ObjectId", String(id))]))
            empty[id] = nil
            settled[id] = nil
        }
        _ = watch.things.takeGone(at: view.time, after: watch.threshold + RuleBounds.patience)
        return contents
    }
}
