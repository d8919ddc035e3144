import Metadata
import ONVIF

/// Notices objects that cross a line.
///
/// An object crosses once it is clearly on the other side; what jitters on the line, or turns back, does not.
struct LineWatch: Sendable {
    enum Direction: String, Sendable {
        case left = "Left"
        case right = "Right"
    }

    struct Crossing {
        var object: RuleObject
        var direction: Direction
    }

    private struct Way: Sendable {
        var place: MetadataPoint
        /// Crossings to the right minus those to the left, since it was clearly on one side.
        var net = 0
        /// Whether it was clear of the line before.
        var isClear: Bool
    }

    let line: RuleLine
    private var ways = TrackTable<Way>()

    init(_ line: RuleLine) { self.line = line }

    mutating func follow(_ change: MetadataIdentifierChange) { ways.follow(change) }

    mutating func crossings(_ view: RuleView, _ filter: RuleFilter) -> [Crossing] {
        var crossings: [Crossing] = []
        for object in view.objects where filter.lets(object) {
            let isClear = line.distance(to: object.place) >= RuleBounds.margin
            guard let known = ways[object.id], seconds(from: known.seen, to: view.time) <= RuleBounds.patience,
                abs(object.place.x - known.memory.place.x) <= RuleBounds.stride,
                abs(object.place.y - known.memory.place.y) <= RuleBounds.stride
            else {
                ways.remember(Way(place: object.place, isClear: isClear), of: object.id, at: view.time)
                continue
            }
            var way = known.memory
            if way.isClear { way.net += line.crossings(from: way.place, to: object.place) }
            way.place = object.place
            if isClear {
                if way.net != 0 {
                    crossings.append(Crossing(object: object, direction: way.net > 0 ? .right : .left))
                }
                way.net = 0
                way.isClear = true
            }
            ways.remember(way, of: object.id, at: view.time)
        }
        _ = ways.takeGone(at: view.time)
        return crossings
    }
}
