import Metadata
import ONVIF

/// Tells when somebody of the enrolment list is recognised: once for each time that the face is seen.
///
/// Source: ONVIF Analytics 26.06 §13.2 Face Recognition.
struct FaceRecognition: RuleJudge {
    /// A face that is not seen for so long is told anew, seconds.
    static let patience = 5.0

    /// 0…1
    private let threshold: Double
    private let region: RuleRegion?
    private let isArmed: Bool
    private let includesImage: Bool
    /// The enrollment that was told last of an object.
    private var told = TrackTable<String>()

    init(_ rule: AnalyticsConfig) {
        threshold = rule.number("Threshold") ?? 0
        region = rule.region("Region")
        isArmed = rule.flag("Armed") ?? true
        includesImage = rule.simple("IncludeImage") == "Embedded"
    }

    mutating func follow(_ change: MetadataIdentifierChange) { told.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard isArmed else { return [] }
        var contents: [RuleReport.Content] = []
        for object in view.objects {
            guard object.type == "HumanFace", let identity = object.object.identity else { continue }
            let before = told[object.id]?.memory
            guard identity.likelihood >= threshold, region?.contains(object.place) ?? true,
                let subject = view.context.model.enrolled.first(where: { $0.subject == identity.value })
            else {
                if let before { told.remember(before, of: object.id, at: view.time) }
                continue
            }
            told.remember(subject.enrollment, of: object.id, at: view.time)
            guard before != subject.enrollment else { continue }
            contents.append(
                .event(
                    object.items(
                        likelihood: identity.likelihood, label: subject.label,
                        more: [Event.Item("EnrollmentID", subject.enrollment)], includesImage: includesImage)))
        }
        _ = told.takeGone(at: view.time, after: Self.patience)
        return contents
    }
}
