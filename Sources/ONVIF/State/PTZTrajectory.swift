package import Foundation

/// The movement of one axis, from which position and speed follow at any moment; nothing ticks.
///
/// Sums and products only, so that every machine computes the same bits.
package struct PTZTrajectory: Equatable, Sendable {
    /// Seconds of uniform acceleration.
    struct Phase: Equatable, Sendable {
        /// Seconds after the start of the trajectory.
        var begin: TimeInterval
        var duration: TimeInterval
        var position: Double
        /// Units a second at the beginning.
        var speed: Double
        /// Units a second, a second.
        var acceleration: Double

        func position(after seconds: TimeInterval) -> Double {
            position + (speed + acceleration * seconds / 2) * seconds
        }

        func speed(after seconds: TimeInterval) -> Double { speed + acceleration * seconds }
    }

    /// What an axis moves evenly in.
    package enum Scale: Equatable, Sendable {
        case linear
        /// The logarithm: a lens that magnifies by the same factor in the same time.
        case geometric

        func coordinate(_ value: Double) -> Double { self == .linear ? value : value.naturalLogarithm }
        func value(_ coordinate: Double) -> Double { self == .linear ? coordinate : coordinate.exponential }
    }

    package internal(set) var start: Date
    /// Where the axis was at the start.
    package let from: Double
    /// Where the movement ends; beyond the range of an endless axis that turns through its seam.
    package let to: Double
    /// The position from the end on; differs from `to` by whole turns.
    package internal(set) var rest: Double
    /// Seconds until the axis has come to rest and settled.
    package let duration: TimeInterval
    let scale: Scale
    /// One after the other, in coordinates of the scale.
    let phases: [Phase]
    /// What swings after the last phase.
    let swing: PTZSwing?

    /// An axis at rest.
    package init(at position: Double) {
        self.init(from: position, to: position, rest: nil, start: .distantPast, phases: [])
    }

    /// A movement that is known already.
    init(
        from: Double, to: Double, rest: Double?, start: Date, scale: Scale = .linear, phases: [Phase],
        swing: PTZSwing? = nil
    ) {
        self.start = start
        self.from = from
        self.to = to
        self.rest = rest ?? to
        self.scale = scale
        self.phases = phases
        self.swing = swing
        duration = (phases.last.map { $0.begin + $0.duration } ?? 0) + (swing?.duration ?? 0)
    }

    package var end: Date { start + duration }

    package func isMoving(at time: Date) -> Bool {
        time < end
    }

    package func position(at time: Date) -> Double {
        guard time < end else { return rest }
        let seconds = time.timeIntervalSince(start)
        guard seconds > 0 else { return from }
        if let (phase, passed) = phase(after: seconds) { return scale.value(phase.position(after: passed)) }
        guard let swing else { return rest }
        return scale.value(scale.coordinate(to) + swing.displacement(after: seconds - (duration - swing.duration)))
    }

    /// Units a second; of a geometric scale the logarithm's.
    package func speed(at time: Date) -> Double {
        let seconds = time.timeIntervalSince(start)
        guard seconds >= 0, time < end else { return 0 }
        if let (phase, passed) = phase(after: seconds) { return phase.speed(after: passed) }
        return swing.map { $0.speed(after: seconds - (duration - $0.duration)) } ?? 0
    }

    private func phase(after seconds: TimeInterval) -> (Phase, TimeInterval)? {
        guard let phase = phases.last(where: { $0.begin <= seconds }), seconds - phase.begin < phase.duration else {
            return nil
        }
        return (phase, seconds - phase.begin)
    }

    /// Keeps the movement in step when the device's clock is set.
    mutating func clockMoved(by seconds: TimeInterval) {
        start += seconds
    }
}

/// What is kept of a movement is where it ends.
extension PTZTrajectory: Codable {
    private enum CodingKeys: CodingKey { case rest }

    package init(from decoder: any Decoder) throws {
        self.init(at: try decoder.container(keyedBy: CodingKeys.self).decode(Double.self, forKey: .rest))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rest, forKey: .rest)
    }
}

/// What the mechanics do after they have arrived: they swing past the place, back, and rest.
struct PTZSwing: Equatable, Sendable {
    /// Part of the way gone at full speed in the time of settling that the axis swings by.
    static let share = 0.002
    /// Part of the acceleration that the swinging takes at most.
    static let accelerationShare = 0.5

    /// Seconds.
    var duration: TimeInterval
    /// Units: the farthest from the place; negative swings to the other side first.
    var amplitude: Double

    /// s²·(1-s)³·(2-5s), which begins and ends without speed, times what makes its farthest 1.
    private static let factor = 43.092_559_721_049_41
    /// Of the greatest acceleration, at the beginning: 4 times the factor.
    private static let steepness = 4 * factor

    /// - Parameters:
    ///   - duration: seconds.
    ///   - speed: at which the axis came at the fastest; its sign is the direction.
    ///   - acceleration: of the axis; nil where there is no limit.
    ///   - room: units that it may swing to either side.
    init?(duration: TimeInterval, speed: Double, acceleration: Double?, room: Double) {
        guard duration > 0 else { return nil }
        self.duration = duration
        var size = abs(speed) * duration * Self.share
        if let acceleration {
            size = min(size, acceleration * Self.accelerationShare * duration * duration / Self.steepness)
        }
        size = max(0, min(size, room))
        amplitude = speed < 0 ? -size : size
    }

    func displacement(after seconds: TimeInterval) -> Double {
        let s = min(max(0, seconds / duration), 1)
        let r = 1 - s
        return amplitude * Self.factor * s * s * r * r * r * (2 - 5 * s)
    }

    /// Units a second.
    func speed(after seconds: TimeInterval) -> Double {
        let s = min(max(0, seconds / duration), 1)
        let slope = s * (4 + s * (-33 + s * (84 + s * (-85 + s * 30))))
        return amplitude * Self.factor * slope / duration
    }
}

extension Double {
    private static let naturalLogarithmOf2 = 0.693_147_180_559_945_3

    /// ln, of sums and products alone.
    ///
    /// - Precondition: above 0 and finite.
    var naturalLogarithm: Double {
        var (fraction, power) = (significand, Double(exponent))
        if fraction > 1.414_213_562_373_095 { (fraction, power) = (fraction / 2, power + 1) }
        let s = (fraction - 1) / (fraction + 1)
        let square = s * s
        var sum = 0.0
        for divisor in stride(from: 23.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
        return power * Self.naturalLogarithmOf2 + 2 * s * sum
    }

    /// e to this power, of sums and products alone; between 1e-300 and 1e300.
    var exponential: Double {
        let power = (Swift.min(Swift.max(self, -690), 690) / Self.naturalLogarithmOf2).rounded()
        let remainder = Swift.min(Swift.max(self, -690), 690) - power * Self.naturalLogarithmOf2
        var sum = 1.0
        for divisor in stride(from: 16.0, through: 1, by: -1) { sum = 1 + remainder / divisor * sum }
        return Double(sign: .plus, exponent: Int(power), significand: sum)
    }
}
