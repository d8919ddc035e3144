/// A time of day: `xs:time` without a zone.
package struct TimeOfDay: Equatable, Sendable {
    package static let secondsOfDay = 86_400.0

    /// Since midnight.
    package let seconds: Double

    /// - Parameter text: `hh:mm:ss` with an optional fraction; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2, parts[2].utf8.count >= 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), let rest = Double(parts[2]),
            (0..<24).contains(hours), (0..<60).contains(minutes), (0..<60).contains(rest)
        else { return nil }
        seconds = Double(hours * 3600 + minutes * 60) + rest
    }
}
