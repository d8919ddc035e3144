import Analytics
import Documents
import Yams

extension ProfileFile {
    /// What describes the pictures, with the line that says so.
    struct Scenes: Equatable {
        var settings: AnalyticsSettings
        var line: Int
    }

    static let analyticsKeys = ["cells", "regions", "source", "rate", "errors"] + ruleKeys
    private static let errorKeys = [
        "seed", "misses", "false-alarms", "jitter", "id-switches", "renames", "merges", "delay", "wrong-identity",
        "wrong-signs",
    ]
    private static let seeds = 0...4_294_967_295

    /// The `source`, `rate` and `errors` of `analytics`; nil where nothing describes the pictures.
    static func scenes(_ top: ProfileNode) throws(ProfileError) -> Scenes? {
        guard let analytics = try top.optionalMapping("analytics", known: analyticsKeys) else { return nil }
        guard analytics.has("source") else {
            for key in ["rate", "errors"] where analytics.has(key) {
                throw analytics.wrong(
                    key, try analytics.node(key), "\"source\" too, which tells what is in the pictures")
            }
            return nil
        }
        let source = try analytics.choice("source", else: AnalyticsSource.truth)
        var settings = AnalyticsSettings(source: source)
        if analytics.has("rate") { settings.rate = try analytics.number("rate", in: AnalyticsSettings.rates) }
        if analytics.has("errors"), source != .degraded {
            throw analytics.wrong("errors", try analytics.node("errors"), "\"source: degraded\" too, which makes them")
        }
        if let errors = try analytics.optionalMapping("errors", known: errorKeys) {
            func part(_ key: String) throws(ProfileError) -> Double {
                try errors.number(key, in: 0...1, otherwise: 0)
            }
            settings.errors.seed = UInt64(try errors.integer("seed", in: seeds, otherwise: 1))
            settings.errors.misses = try part("misses")
            settings.errors.falseAlarms = try errors.number(
                "false-alarms", in: 0...ErrorModel.alarmLimit, otherwise: 0)
            settings.errors.jitter = try part("jitter")
            settings.errors.idSwitches = try part("id-switches")
            settings.errors.renames = try part("renames")
            settings.errors.merges = try part("merges")
            settings.errors.wrongIdentities = try part("wrong-identity")
            settings.errors.wrongSigns = try part("wrong-signs")
            settings.delay = try errors.number("delay", in: AnalyticsSettings.delays, otherwise: 0)
        }
        return Scenes(settings: settings, line: try analytics.node("source").mark?.line ?? 1)
    }
}
