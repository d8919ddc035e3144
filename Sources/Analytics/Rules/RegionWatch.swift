import Metadata
import ONVIF

/// Knows who is in a region, and since when.
struct RegionWatch: Sendable {
    struct Stay: Sendable {
        var isInside: Bool
        /// Seconds since 1970; when it came in.
        var since: Double
        var type: String
    }

    /// Nil for the whole picture.
    let region: RuleRegion?
    private var stays = TrackTable<Stay>()

    init(_ region: RuleRegion?) { self.region = region }

    mutating func follow(_ change: MetadataIdentifierChange) { stays.follow(change) }

    /// Looks where everybody is; who jitters on the edge stays where he was, who vanishes is gone after a while.
    mutating func look(_ view: RuleView, _ lets: (RuleObject) -> Bool) {
        for object in view.objects where lets(object) {
            let isIn = region?.contains(object.place) ?? true
            guard var stay = stays[object.id]?.memory else {
                stays.remember(Stay(isInside: isIn, since: view.time, type: object.type), of: object.id, at: view.time)
                continue
            }
            if isIn != stay.isInside, (region?.distanceToEdge(object.place) ?? 1) >= RuleBounds.margin {
                stay.isInside = isIn
                stay.since = view.time
            }
            stay.type = object.type
            stays.remember(stay, of: object.id, at: view.time)
        }
        _ = stays.takeGone(at: view.time)
    }

    /// Those inside, in the order of their ids.
    var inside: [(id: Int, stay: Stay)] {
        stays.entries.filter { $0.value.memory.isInside }.sorted { $0.key < $1.key }.map { ($0.key, $0.value.memory) }
    }
}
