/// Where the analytics of an emulated camera take what they tell.
package enum AnalyticsSource: String, Codable, Hashable, Sendable, CaseIterable {
    /// The clip's or the world's truth, as it is.
    case truth
    /// The truth with errors of a chosen rate.
    case degraded
    /// The reference core, run on the picture.
    case core

    /// What `tt:Frame/@Source` says, so that nobody takes truth for the work of analytics.
    package var name: String {
        switch self {
        case .truth: "ground-truth"
        case .degraded: "ground-truth with errors"
        case .core: "reference-core"
        }
    }
}
