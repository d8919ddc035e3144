import Analytics
import Foundation
import Metadata
import ONVIF
import Testing

/// A rule and the frames that it is shown.
struct RuleBench {
    /// The first second of a day.
    static let midnight = 1_780_012_800.0

    /// An object in a frame.
    struct Thing {
        var id: Int
        var place: (x: Double, y: Double)
        var type = "Human"
        var likelihood = 1.0
        var change: (inout MetadataObject) -> Void = { _ in }

        /// A tenth of the picture's height above its foot.
        var object: MetadataObject {
            let box = MetadataBox(
                left: place.x - 0.02, top: place.y + 0.2, right: place.x + 0.02, bottom: place.y)
            var object = MetadataObject(id: id, box: box, types: [Likely(type, likelihood)])
            change(&object)
            return object
        }
    }

    private var engine: RuleEngine
    private let start: Double

    /// - Throws: the fault that a client would get for the rule.
    init(
        _ type: String, points: [(Double, Double)] = [], _ parameters: [(String, String)] = [],
        model: AnalyticsModel = .seeing, clock: DeviceClock = DeviceClock(), start: Double = midnight
    ) throws {
        let request = try #require(
            AnalyticsConfig(type: type, name: "rule", points: points, parameters: parameters))
        try self.init(request, model: model, clock: clock, start: start)
    }

    /// - Throws: the fault that a client would get for the rule.
    init(
        _ request: AnalyticsConfig, model: AnalyticsModel = .seeing, clock: DeviceClock = DeviceClock(),
        start: Double = midnight
    ) throws {
        var model = model
        try model.configure(request, ofSource: 0, picture: Resolution(width: 1280, height: 720))
        let context = RuleContext(model: model, clock: clock, picture: Resolution(width: 1280, height: 720))
        engine = RuleEngine(context: context)
        engine.configure(model.configured[0] ?? [], modules: [], context: context)
        self.start = start
    }

    /// What the rule says of a frame, `time` seconds after the first.
    mutating func see(
        _ things: [Thing], at time: Double, changes: [MetadataIdentifierChange] = []
    ) -> [RuleReport.Content] {
        let frame = MetadataFrame(
            utc: Int64((start + time) * 1000) * 1_000_000, objects: things.map(\.object), changes: changes)
        return engine.observe(frame).map(\.content)
    }

    /// What the rule says while an object goes from place to place, a step each 40 ms.
    mutating func walk(
        _ places: [(Double, Double)], id: Int = 1, from time: Double = 0, type: String = "Human", likelihood: Double = 1
    ) -> [RuleReport.Content] {
        places.enumerated().flatMap { index, place in
            see(
                [Thing(id: id, place: place, type: type, likelihood: likelihood)],
                at: time + 0.04 * Double(index))
        }
    }
}

extension AnalyticsModel {
    static let seeing = {
        var model = AnalyticsModel()
        model.hasScene = true
        model.hears = true
        return model
    }()
}

extension [RuleReport.Content] {
    /// The values of an item, content by content; a property without instance says nothing.
    func values(_ name: String) -> [String?] {
        map { content in
            switch content {
            case .property(let data): data?.first { $0.name == name }?.value
            case .event(let data): data.first { $0.name == name }?.value
            }
        }
    }
}

/// Evenly from one number to another, both included.
func steps(_ from: Double, _ to: Double, _ count: Int) -> [Double] {
    (0..<count).map { from + (to - from) * Double($0) / Double(count - 1) }
}
