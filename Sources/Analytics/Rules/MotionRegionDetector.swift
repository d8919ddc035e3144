import Metadata
import ONVIF
import XML

/// Tells whether something moves in a region.
///
/// Source: ONVIF Analytics 26.06 §9.1 Motion region detector.
struct MotionRegionDetector: RuleJudge {
    private let isArmed: Bool
    /// Nil for the whole picture.
    private let region: RuleRegion?
    private var watch: MotionWatch
    private var told = false

    /// - Parameters:
    ///   - rule: the rule; its corners are normalized or, where one lies beyond, in pixels.
    ///   - picture: what the source sees, pixels.
    init(_ rule: AnalyticsConfig, picture: Resolution) {
        let configuration = rule.element("MotionRegion")
        isArmed = !["false", "0"].contains(configuration?.attribute("Armed"))
        let sensitivity = configuration?.attribute("Sensitivity").flatMap { Double($0) } ?? 0.5
        watch = MotionWatch(sensitivity: sensitivity)
        let polygon = configuration?.child("Polygon").flatMap(RuleRegion.init)
        if let polygon, polygon.corners.contains(where: { abs($0.x) > 1 || abs($0.y) > 1 }) {
            region = RuleRegion(
                polygon.corners.map {
                    MetadataPoint(
                        x: 2 * $0.x / Double(picture.width) - 1, y: 1 - 2 * $0.y / Double(picture.height))
                })
        } else {
            region = polygon
        }
    }

    mutating func follow(_ change: MetadataIdentifierChange) { watch.follow(change) }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard isArmed else { return [] }
        let isMotion = watch.moving(view).contains { region?.touches($0.box) ?? true }
        guard isMotion != told else { return [] }
        told = isMotion
        return [.property([Event.Item("State", "\(isMotion)")])]
    }
}
