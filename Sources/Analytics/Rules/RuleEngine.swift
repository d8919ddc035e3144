import Foundation
package import Metadata
package import ONVIF

/// The rules of one video source at work: frames in their order go in, what the rules have to say comes out.
///
/// Source: ONVIF Analytics 26.06 §7 Specified Rules.
package struct RuleEngine: Sendable {
    /// Of the engine behind the motion alarm of the video source, 0…1.
    private static let alarmSensitivity = 0.5

    private struct Running: Sendable {
        var rule: AnalyticsConfig
        var judge: any RuleJudge
        /// It began anew, and what it said before does not hold any more.
        var isAnew = false
    }

    private var running: [Running] = []
    private var rules: [AnalyticsConfig] = []
    private var modules: [AnalyticsConfig] = []
    private var context: RuleContext
    private var motion = MotionWatch(sensitivity: alarmSensitivity)
    /// Whether anything moves in the picture.
    package private(set) var isMoving = false

    package init(context: RuleContext) { self.context = context }

    /// Takes the rules that hold from now on; those that are as they were go on, others begin anew.
    ///
    /// - Parameters:
    ///   - rules: all rules of the source.
    ///   - modules: of the same configuration.
    ///   - context: what rules know besides.
    package mutating func configure(_ rules: [AnalyticsConfig], modules: [AnalyticsConfig], context: RuleContext) {
        // Arrays that share their storage compare at once.
        let isSame = rules == self.rules && modules == self.modules
        if context != self.context { self.context = context }
        guard !isSame else { return }
        let areModulesSame = modules == self.modules
        running = rules.compactMap { rule in
            let known = running.first { $0.rule == rule }
            if let known, areModulesSame || !(known.judge is CellMotionDetector) { return known }
            return Self.judge(rule, modules: modules, context).map {
                Running(rule: rule, judge: $0, isAnew: known != nil)
            }
        }
        (self.rules, self.modules) = (rules, modules)
    }

    /// Judges the rules that look.
    ///
    /// - Parameter frame: later than the one before.
    /// - Returns: what there is to say, rule by rule.
    package mutating func observe(_ frame: MetadataFrame) -> [RuleReport] {
        let view = RuleView(
            time: Double(frame.utc) / 1e9, objects: frame.objects.compactMap(RuleObject.init), context: context)
        for change in frame.changes { motion.follow(change) }
        isMoving = !motion.moving(view).isEmpty
        var reports: [RuleReport] = []
        for index in running.indices {
            for change in frame.changes { running[index].judge.follow(change) }
            let name = running[index].rule.name
            if running[index].isAnew {
                reports.append(RuleReport(rule: name, .property(nil)))
                running[index].isAnew = false
            }
            for content in running[index].judge.judge(view) { reports.append(RuleReport(rule: name, content)) }
        }
        return reports
    }

    /// Judges the rules that listen.
    ///
    /// - Parameter sound: a word of `tt:AudioClassification`.
    /// - Returns: what there is to say, rule by rule.
    package func hear(_ sound: Likely<String>) -> [RuleReport] {
        running.flatMap { rule -> [RuleReport] in
            guard let judge = rule.judge as? AudioClassDetector else { return [] }
            return judge.hear(sound).map { RuleReport(rule: rule.rule.name, $0) }
        }
    }

    /// What judges a rule; nil for a type that does not follow what is seen.
    private static func judge(
        _ rule: AnalyticsConfig, modules: [AnalyticsConfig], _ context: RuleContext
    ) -> (any RuleJudge)? {
        switch rule.type {
        case "tt:LineDetector": LineDetector(rule)
        case "tt:LineCounting": LineCounting(rule)
        case "tt:OccupancyCounting": OccupancyCounting(rule)
        case "tt:FieldDetector": FieldDetector(rule)
        case "tt:LoiteringDetector": LoiteringDetector(rule)
        case "tt:ObjectDetection": ObjectDetection(rule)
        case "tt:ObjectAbandoned": ObjectAbandoned(rule)
        case "tt:ObjectRemoved": ObjectRemoved(rule)
        case "tt:ObjectTrackAggregation": ObjectTrackAggregation(rule)
        case "tt:MotionRegionDetector": MotionRegionDetector(rule, picture: context.picture)
        case "tt:CellMotionDetector":
            CellMotionDetector(
                rule,
                sensitivity: modules.first { $0.type == "tt:CellMotionEngine" }?.number("Sensitivity") ?? 50)
        case "tt:FaceRecognition": FaceRecognition(rule)
        case "tt:LicensePlateRecognition": LicensePlateRecognition(rule)
        case "tt:AudioClassDetector": AudioClassDetector(rule)
        default: nil
        }
    }
}
