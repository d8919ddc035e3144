package import Foundation

/// The movement of one axis at constant speed, from which its position follows at any moment; nothing ticks.
package struct PTZTrajectory: Codable, Equatable, Sendable {
    package private(set) var start: Date
    /// Where the axis was at the start.
    package let from: Double
    /// Where the line ends; beyond the range of an endless axis that turns through its seam.
    package let to: Double
    /// The position from the end on; differs from `to` by whole turns.
    package let rest: Double
    /// Seconds.
    package let duration: TimeInterval

    /// An axis at rest.
    package init(at position: Double) {
        start = .distantPast
        from = position
        to = position
        rest = position
        duration = 0
    }

    /// - Parameters:
    ///   - from: where the axis is.
    ///   - to: where it goes.
    ///   - rest: how the end is told; `to` where nil.
    ///   - speed: units a second; an axis without speed stays where it is.
    ///   - start: when it leaves.
    package init(from: Double, to: Double, rest: Double? = nil, speed: Double, start: Date) {
        let isMoving = speed > 0 && from != to
        self.start = isMoving ? start : .distantPast
        self.from = from
        self.to = speed > 0 ? to : from
        self.rest = speed > 0 ? rest ?? to : from
        duration = isMoving ? abs(to - from) / speed : 0
    }

    package var end: Date { start + duration }

    package func isMoving(at time: Date) -> Bool {
        time < end
    }

    package func position(at time: Date) -> Double {
        guard time < end else { return rest }
        return from + (to - from) * max(0, time.timeIntervalSince(start)) / duration
    }

    /// Keeps the movement in step when the device's clock is set.
    mutating func clockMoved(by seconds: TimeInterval) {
        start += seconds
    }
}
