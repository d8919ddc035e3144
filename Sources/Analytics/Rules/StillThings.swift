import Metadata
import ONVIF

/// Watches things that lie still in a field: what was put there, and what is not there any more.
///
/// Without a class filter things are whatever cannot walk or drive. Sensitivity is how little sure of its class one may be.
struct StillThings: Sendable {
    /// A thing that goes further than this, in parts of half a picture, lies elsewhere.
    static let still = 0.02
    /// Classes that are no things.
    static let movers: Set = [
        "Human", "HumanFace", "Face", "Animal", "Vehicle", "Car", "Truck", "Bus", "Bicycle", "Bike", "Motorcycle",
        "LicensePlate",
    ]

    struct Thing: Sendable {
        var place: MetadataPoint
        /// Since when it lies there, seconds since 1970.
        var since: Double
        /// It was there when the rule began to look.
        var isOfTheScene: Bool
        var isTold = false
    }

    let field: RuleRegion?
    /// Seconds.
    let threshold: Double
    let isArmed: Bool
    private let classes: [String]?
    private let confidence: Double
    private var hasLooked = false
    var things = TrackTable<Thing>()

    init(_ rule: AnalyticsConfig) {
        field = rule.region("Field")
        threshold = rule.duration("TimeThreshold") ?? 0
        isArmed = rule.flag("Armed") ?? true
        classes = rule.words("ClassFilter")
        confidence = 1 - (rule.number("Sensitivity") ?? 50) / 100
    }

    mutating func look(_ view: RuleView) {
        defer { hasLooked = true }
        for object in view.objects where isThing(object) && !object.object.isRemoved {
            let place = object.box.center
            var thing =
                things[object.id]?.memory ?? Thing(place: place, since: view.time, isOfTheScene: !hasLooked)
            let (x, y) = (place.x - thing.place.x, place.y - thing.place.y)
            if x * x + y * y > Self.still * Self.still {
                thing = Thing(place: place, since: view.time, isOfTheScene: false)
            }
            things.remember(thing, of: object.id, at: view.time)
        }
    }

    func isInField(_ thing: Thing) -> Bool { field?.contains(thing.place) ?? true }

    private func isThing(_ object: RuleObject) -> Bool {
        if let classes { return object.isLikely(classes, confidence: confidence) }
        return !Self.movers.contains(object.type) && (object.object.types.first?.likelihood ?? 1) >= confidence
    }
}
