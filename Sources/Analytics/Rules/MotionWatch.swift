import Metadata
import ONVIF

/// Knows which objects move: those whose edges have gone a step, and for a while after it.
struct MotionWatch: Sendable {
    /// How long an object that took a step counts as moving, seconds.
    static let hold = 1.0
    /// The step at no sensitivity, and what full sensitivity leaves of it; parts of half a picture.
    static let step = 0.024
    static let leastStep = 0.002

    private struct Rest: Sendable {
        var box: MetadataBox
        var movedAt: Double?
    }

    private let step: Double
    private var rests = TrackTable<Rest>()

    /// - Parameter sensitivity: 0…1; the higher, the shorter a way is motion.
    init(sensitivity: Double) {
        step = Self.leastStep + (Self.step - Self.leastStep) * (1 - sensitivity)
    }

    mutating func follow(_ change: MetadataIdentifierChange) { rests.follow(change) }

    /// The objects that move; what has just come is not known to.
    mutating func moving(_ view: RuleView) -> [RuleObject] {
        var moving: [RuleObject] = []
        for object in view.objects {
            guard var rest = rests[object.id]?.memory else {
                rests.remember(Rest(box: object.box), of: object.id, at: view.time)
                continue
            }
            let (box, before) = (object.box, rest.box)
            let way = max(
                abs(box.left - before.left), abs(box.right - before.right), abs(box.top - before.top),
                abs(box.bottom - before.bottom))
            if way >= step { rest = Rest(box: box, movedAt: view.time) }
            rests.remember(rest, of: object.id, at: view.time)
            if let movedAt = rest.movedAt, seconds(from: movedAt, to: view.time) <= Self.hold { moving.append(object) }
        }
        _ = rests.takeGone(at: view.time)
        return moving
    }
}
