import Foundation
import XML

/// A type of rule or module, as `tt:ConfigDescription` tells it: what can be set, and what it reports.
package struct AnalyticsType: Sendable {
    package enum Role: Sendable {
        case module, rule
    }

    /// The event of a rule.
    struct Message: Sendable {
        let topic: String
        let source: [(String, String)]
        let data: [EventTopic.ItemDescription]
        /// An event that is no property happens and is over.
        var isProperty = true
        /// What the property of a rule says before anything was seen; nil for nothing, as there is no instance.
        var resting: [Event.Item]?
    }

    let role: Role
    /// Local name; no two types have the same.
    package let name: String
    /// Simple ones first.
    let parameters: [AnalyticsParameter]
    let message: Message?
    /// There is always one, which clients may set but neither create nor delete.
    let isFixed: Bool
    /// The most in one configuration; none where the model does not have the type.
    let maximumInstances: @Sendable (AnalyticsModel) -> Int
    /// The schedule that the event follows.
    let schedule: @Sendable (EventModel) -> AlarmSchedule?
    /// When an instance of the rule is on, given the schedule; nil for never.
    let alarm: @Sendable (AnalyticsConfig, AlarmSchedule) -> DelayedAlarm?
    /// Whether what is seen decides where the model sees something; the schedule does otherwise.
    var isObserved = false
    /// Of the name: that of the standard, or ours for what it has no name for.
    var namespace = XMLNamespace.tt

    /// Every type; those that a model does not support are not announced.
    static let all =
        [cellMotionEngine, sceneDescription, cellMotionDetector, motionRegionDetector, tamperingDetection] + observed
        + recognizing

    /// The name as messages write it.
    var qualifiedName: String { "\(namespace.prefix):\(name)" }

    /// An instance with the standard value of every parameter.
    func standard(named name: String, _ model: AnalyticsModel) -> AnalyticsConfig {
        var config = AnalyticsConfig(name: name, type: qualifiedName)
        for parameter in parameters {
            if let value = parameter.standard(model) { config.set(parameter.name, to: [value]) }
        }
        return config
    }
}

extension AnalyticsType: Equatable {
    package static func == (left: AnalyticsType, right: AnalyticsType) -> Bool { left.name == right.name }
}

// MARK: - The types

extension AnalyticsType {
    /// Source: ONVIF Analytics 26.06 §8.2 Cell motion analytics engine.
    static let cellMotionEngine = AnalyticsType(
        role: .module, name: "CellMotionEngine",
        parameters: [.integer("Sensitivity", 0...100, standard: 50), .cellLayout("Layout")],
        message: nil, isFixed: true, maximumInstances: { $0.hasMotion ? 1 : 0 },
        schedule: { $0.motion }, alarm: { _, _ in nil })

    /// Motion is everywhere in the picture while the schedule has it: enough active cells see it.
    ///
    /// Source: ONVIF Analytics 26.06 §8.1 Cell motion detector.
    static let cellMotionDetector = AnalyticsType(
        role: .rule, name: "CellMotionDetector",
        parameters: [
            .count("MinCount", standard: 1), .integer("AlarmOnDelay", 0...60_000, standard: 0),
            .integer("AlarmOffDelay", 0...60_000, standard: 0), .cells("ActiveCells"),
        ],
        message: Message(
            topic: "tns1:RuleEngine/CellMotionDetector/Motion",
            source: [
                ("VideoSourceConfigurationToken", "tt:ReferenceToken"),
                ("VideoAnalyticsConfigurationToken", "tt:ReferenceToken"), ("Rule", "xs:string"),
            ], data: [EventTopic.ItemDescription(name: "IsMotion", type: "xs:boolean")],
            resting: [Event.Item("IsMotion", "false")]),
        isFixed: false, maximumInstances: { $0.hasMotion ? 4 : 0 }, schedule: { $0.motion },
        alarm: { rule, schedule in
            guard let text = rule.simple("ActiveCells"), let mask = CellMask(base64: text),
                mask.activeCount >= rule.integer("MinCount") ?? 0
            else { return nil }
            return DelayedAlarm(
                schedule: schedule, onDelay: Double(rule.integer("AlarmOnDelay") ?? 0) / 1000,
                offDelay: Double(rule.integer("AlarmOffDelay") ?? 0) / 1000)
        }, isObserved: true)

    /// Source: ONVIF Analytics 26.06 §9.1 Motion region detector.
    static let motionRegionDetector = AnalyticsType(
        role: .rule, name: "MotionRegionDetector", parameters: [.motionRegion("MotionRegion")],
        message: Message(
            topic: "tns1:RuleEngine/MotionRegionDetector/Motion",
            source: [("VideoSource", "tt:ReferenceToken"), ("RuleName", "xs:string")],
            data: [EventTopic.ItemDescription(name: "State", type: "xs:boolean")],
            resting: [Event.Item("State", "false")]),
        isFixed: false, maximumInstances: { $0.hasMotion ? $0.regions : 0 }, schedule: { $0.motion },
        alarm: { rule, schedule in
            guard let region = rule.element("MotionRegion"), !["false", "0"].contains(region.attribute("Armed")) else {
                return nil
            }
            return DelayedAlarm(schedule: schedule)
        }, isObserved: true)

    /// Source: ONVIF Analytics 26.06 §11.1 Tampering Detection.
    static let tamperingDetection = AnalyticsType(
        role: .rule, name: "TamperingDetection",
        parameters: [
            .choice("Mode", ["GlobalSceneChange"]), .number("Threshold", 0...100, standard: 50),
            .duration("Duration", 0...60, standard: 0),
        ],
        message: Message(
            topic: "tns1:VideoSource/GlobalSceneChange/AnalyticsService",
            source: [("VideoSource", "tt:ReferenceToken"), ("RuleName", "xs:string")],
            data: [EventTopic.ItemDescription(name: "State", type: "xs:boolean")],
            resting: [Event.Item("State", "false")]),
        isFixed: false, maximumInstances: { $0.hasTampering ? 1 : 0 }, schedule: { $0.tampering },
        alarm: { rule, schedule in
            guard let duration = rule.simple("Duration").flatMap(XSDuration.parse) else { return nil }
            return DelayedAlarm(schedule: schedule, onDelay: duration)
        })
}
