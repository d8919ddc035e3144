import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// `analytics: { cells: [22, 18], regions: 4, source: truth }`; without a source it needs an alarm in `events` for the rules
    /// to follow.
    static func analytics(_ top: ProfileNode) throws(ProfileError) -> AnalyticsModel? {
        guard let analytics = try top.optionalMapping("analytics", known: analyticsKeys) else { return nil }
        let events = try events(top)
        let hasScene = analytics.has("source")
        guard events.motion != nil || events.tampering != nil || hasScene else {
            throw top.wrong(
                "analytics", try top.node("analytics"),
                "a \"source\", or a schedule \"motion\" or \"tampering\" in \"events\" too, which its rules follow")
        }
        var model = AnalyticsModel(
            hasMotion: events.motion != nil || hasScene, hasTampering: events.tampering != nil)
        model.hasScene = hasScene
        if analytics.has("cells") {
            let node = try analytics.node("cells")
            guard let sides = node.sequence?.compactMap(\.int), sides.count == 2, sides.allSatisfy((1...128).contains)
            else {
                throw analytics.wrong("cells", node, "two whole numbers from 1 to 128, columns first, such as [22, 18]")
            }
            (model.columns, model.rows) = (sides[0], sides[1])
        }
        model.regions = try analytics.integer("regions", in: 0...32, otherwise: model.regions)
        return model
    }
}
