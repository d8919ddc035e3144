import Foundation
import Metadata
package import ONVIF

/// What a rule remembers and decides; given the frames in their order.
protocol RuleJudge: Sendable {
    /// - Returns: what the rule has to say of this frame; empty for nothing new.
    mutating func judge(_ view: RuleView) -> [RuleReport.Content]

    /// Follows what happens to the ids of objects, before the frame in which it happens is judged.
    mutating func follow(_ change: MetadataIdentifierChange)
}

/// A frame as rules see it.
struct RuleView {
    /// Seconds since 1970.
    let time: Double
    let objects: [RuleObject]
    let context: RuleContext

    var date: Date { Date(timeIntervalSince1970: time) }
}

/// An object that is somewhere in the picture.
struct RuleObject {
    let object: MetadataObject
    let box: MetadataBox
    /// Where it stands; the middle of what hangs, such as faces and plates.
    let place: MetadataPoint

    var id: Int { object.id }
    /// What it is most likely.
    var type: String { object.types.first?.value ?? "Other" }

    init?(_ object: MetadataObject) {
        guard let box = object.box else { return nil }
        self.object = object
        self.box = box
        place = object.parent == nil ? box.foot : box.center
    }

    /// Whether it is one of these classes, at least so likely, 0…1.
    func isLikely(_ types: [String], confidence: Double) -> Bool {
        object.types.contains { types.contains($0.value) && $0.likelihood >= confidence }
    }
}

/// What rules know besides the frames.
package struct RuleContext: Equatable, Sendable {
    package var model: AnalyticsModel
    /// Tells local time.
    package var clock: DeviceClock
    /// What the source sees, pixels.
    package var picture: Resolution

    package init(
        model: AnalyticsModel, clock: DeviceClock = DeviceClock(), picture: Resolution = Resolution(width: 1, height: 1)
    ) {
        self.model = model
        self.clock = clock
        self.picture = picture
    }
}

/// Seconds between two times of frames, to the millisecond, so that a bound is met at its very frame.
func seconds(from start: Double, to end: Double) -> Double { ((end - start) * 1000).rounded() / 1000 }

/// Seconds, and parts of half a picture, that all rules use.
enum RuleBounds {
    /// An object that is not seen for so long is gone; one that comes back sooner is the same, and went straight.
    static let patience = 1.0
    /// How far from a line or the edge of a region an object is clearly on one side: 0.5 % of the picture. What jitters
    /// within does not cross.
    static let margin = 0.01
    /// The longest way from one frame to the next, in parts of half a picture; what goes further was put elsewhere.
    static let stride = 0.4
    /// Objects that a rule remembers; more are not looked at.
    static let objectLimit = 1024
}
