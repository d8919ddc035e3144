import Foundation
import Metadata
import ONVIF

/// Which objects a rule looks at.
///
/// Source: ONVIF Analytics 26.06 §7.1.2 Parameters.
struct RuleFilter: Sendable {
    /// Nil for all classes.
    private let classes: [String]?
    /// 0…1
    private let confidence: Double
    let isArmed: Bool
    private let takesParts: Bool

    init(_ rule: AnalyticsConfig) {
        classes = rule.words("ClassFilter")
        confidence = (rule.number("ConfidenceLevel") ?? 0) / 100
        isArmed = rule.flag("Armed") ?? true
        takesParts = false
    }

    /// Everything, parts of others too.
    static let all = RuleFilter()

    private init() {
        (classes, confidence, isArmed, takesParts) = (nil, 0, true, true)
    }

    /// The parts of others, faces and plates, are looked at where they are asked for.
    func lets(_ object: RuleObject) -> Bool {
        guard let classes else {
            return (takesParts || object.object.parent == nil)
                && (object.object.types.first?.likelihood ?? 1) >= confidence
        }
        return object.isLikely(classes, confidence: confidence)
    }
}

extension AnalyticsConfig {
    func number(_ name: String) -> Double? { simple(name).flatMap { Double($0) } }
    /// Seconds.
    func duration(_ name: String) -> Double? { simple(name).flatMap { XSDuration.parse($0) } }
    func flag(_ name: String) -> Bool? { simple(name).map { ["true", "1"].contains($0) } }
    /// The words of a list; nil where it is left out or empty.
    func words(_ name: String) -> [String]? {
        let words = simple(name)?.split(separator: " ").map(String.init) ?? []
        return words.isEmpty ? nil : words
    }
    var lines: [RuleLine] { elements("Segments").compactMap(RuleLine.init) }
    func region(_ name: String) -> RuleRegion? { element(name).flatMap(RuleRegion.init) }
}

extension [RuleObject] {
    /// `ObjectId` and `ClassTypes`.
    var items: [Event.Item] {
        [
            Event.Item("ObjectId", map { String($0.id) }.joined(separator: " ")),
            Event.Item("ClassTypes", map(\.type).joined(separator: " ")),
        ]
    }
}
