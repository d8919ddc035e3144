/// How hard a scene is for whoever has to see it.
package enum Tier: String, Codable, Hashable, Sendable, CaseIterable {
    case easy, medium, hard
}
