import Metadata
import ONVIF
import XML

/// Tells of sounds of known classes.
///
/// Source: ONVIF Analytics 26.06 §14.1 Audio Classification.
struct AudioClassDetector: RuleJudge {
    private let classes: [String]?
    /// 0…1
    private let confidence: Double

    init(_ rule: AnalyticsConfig) {
        classes = rule.words("ClassFilter")
        confidence = (rule.number("ConfidenceLevel") ?? 0) / 100
    }

    mutating func follow(_ change: MetadataIdentifierChange) {}

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] { [] }

    /// Judges a sound.
    ///
    /// - Parameter sound: a word of `tt:AudioClassification`.
    /// - Returns: what there is to say of it.
    func hear(_ sound: Likely<String>) -> [RuleReport.Content] {
        guard classes?.contains(sound.value) ?? true, sound.likelihood >= confidence else { return [] }
        return [
            .event([Event.Item("Class", sound.value), Event.Item("Score", XMLWriter.string(sound.likelihood))])
        ]
    }
}
