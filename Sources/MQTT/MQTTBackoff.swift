package import NIOCore

/// How long a client waits between its attempts to reach a broker: twice as long each time.
package struct MQTTBackoff: Equatable, Sendable {
    package var first: TimeAmount
    package var limit: TimeAmount

    /// From one second to half a minute.
    package static let usual = MQTTBackoff(first: .seconds(1), limit: .seconds(30))

    package init(first: TimeAmount, limit: TimeAmount) {
        self.first = first
        self.limit = limit
    }

    /// The pause after so many failures in a row, at least one.
    package func pause(afterFailures count: Int) -> TimeAmount {
        var pause = min(first, limit)
        for _ in 1..<max(1, count) where pause < limit { pause = min(limit, pause * 2) }
        return pause
    }
}
