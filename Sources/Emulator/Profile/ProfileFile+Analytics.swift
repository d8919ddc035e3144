import Analytics
import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// `analytics: { source: truth }`, or `analytics: { cells: [22, 18], regions: 4 }`, which needs an alarm in `events` for
    /// the rules to follow.
    static func analytics(_ top: ProfileNode) throws(ProfileError) -> AnalyticsModel? {
        guard let analytics = try top.optionalMapping("analytics", known: analyticsKeys) else { return nil }
        let events = try events(top)
        let hasScene = analytics.has("source")
        guard hasScene || events.motion != nil || events.tampering != nil else {
            throw top.wrong(
                "analytics", try top.node("analytics"),
                "a \"source\", or a schedule \"motion\" or \"tampering\" in \"events\" too, which its rules follow")
        }
        var model = AnalyticsModel(hasMotion: hasScene || events.motion != nil, hasTampering: events.tampering != nil)
        if hasScene {
            model.hasScene = true
        }
        if analytics.has("cells") {
            let node = try analytics.node("cells")
            guard let sides = node.sequence?.compactMap(\.int), sides.count == 2, sides.allSatisfy((1...128).contains)
            else {
                throw analytics.wrong("cells", node, "two whole numbers from 1 to 128, columns first, such as [22, 18]")
            }
            (model.columns, model.rows) = (sides[0], sides[1])
        }
        model.regions = try analytics.integer("regions", in: 0...32, otherwise: model.regions)
        try rules(analytics, into: &model, sources: try sources(top).count)
        return model
    }
}
