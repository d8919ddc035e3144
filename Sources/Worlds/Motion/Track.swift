/// A course worked out: where its owner is at any moment, and when it is at any place of its way.
struct Track: Hashable, Sendable {
    /// A time of steady acceleration, of standing, or out of the world.
    struct Phase: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case moving
            /// Turns from the first heading to the second at the beginning, and to the third at the end.
            case standing(arriving: Double, facing: Double, leaving: Double)
            case away
        }

        var kind: Kind
        /// Seconds of the scene.
        var time: Double
        var duration: Double
        /// Metres gone at its beginning.
        var way: Double
        /// Metres a second at its beginning.
        var speed: Double
        /// Metres a second, each second.
        var acceleration: Double

        var end: Double { time + duration }
    }

    struct State: Hashable, Sendable {
        var at: GroundPoint
        var heading: Double
        var speed: Double
        var acceleration: Double
        /// Metres gone since it began.
        var way: Double
        /// The phase if it stands.
        var standing: Int?
    }

    /// What is done with a thing on the way.
    struct Handling: Hashable, Sendable {
        var time: Double
        var thing: String
        var isDrop: Bool
    }

    let from: GroundPoint
    let legs: [Leg]
    let phases: [Phase]
    let handlings: [Handling]

    /// Seconds of the scene.
    var start: Double { phases.first?.time ?? 0 }
    /// Seconds of the scene.
    var end: Double { phases.last?.end ?? 0 }

    /// - Parameter time: seconds of the scene.
    /// - Returns: nil while it is out of the world.
    func state(at time: Double) -> State? {
        guard time >= start, time < end else { return nil }
        let index = phases.lastIndex(upTo: time, by: \.time)
        let phase = phases[index]
        let seconds = time - phase.time
        switch phase.kind {
        case .away: return nil
        case .standing(let arriving, let facing, let leaving):
            return State(
                at: place(after: phase.way).at,
                heading: Self.heading(arriving, facing, leaving, after: seconds, of: phase.duration), speed: 0,
                acceleration: 0, way: phase.way, standing: index)
        case .moving:
            let way = phase.way + seconds * (phase.speed + phase.acceleration * seconds / 2)
            let (at, heading) = place(after: way)
            return State(
                at: at, heading: heading, speed: max(0, phase.speed + phase.acceleration * seconds),
                acceleration: phase.acceleration, way: way)
        }
    }

    func place(after way: Double) -> (at: GroundPoint, heading: Double) {
        guard !legs.isEmpty else { return (from, 0) }
        let leg = legs[legs.lastIndex(upTo: way, by: \.start)]
        return leg.place(after: min(max(way - leg.start, 0), leg.length))
    }

    /// When it has gone so many metres; the first moment where it stands there.
    func time(after way: Double) -> Double? {
        for phase in phases where phase.kind == .moving {
            let metres = way - phase.way
            let length = phase.duration * (phase.speed + phase.acceleration * phase.duration / 2)
            guard metres >= 0, metres <= length + 1e-9 else { continue }
            // The root without a difference of near numbers.
            let root = max(0, phase.speed * phase.speed + 2 * phase.acceleration * metres).squareRoot()
            let seconds = phase.speed + root > 0 ? 2 * metres / (phase.speed + root) : 0
            return phase.time + min(seconds, phase.duration)
        }
        return nil
    }

    /// When the way meets a straight line, in order of time.
    func crossings(from a: GroundPoint, to b: GroundPoint) -> [(time: Double, toRight: Bool)] {
        legs.flatMap { leg in
            leg.meetings(from: a, to: b).compactMap { meeting in
                time(after: leg.start + meeting.metres).map { ($0, meeting.toRight) }
            }
        }
    }

    /// Seconds that a turn on the spot takes, at most.
    static let turning = 0.7

    private static func heading(
        _ arriving: Double, _ facing: Double, _ leaving: Double, after seconds: Double, of duration: Double
    ) -> Double {
        let turning = min(Self.turning, duration / 2)
        guard turning > 0 else { return leaving }
        if seconds < turning { return blend(arriving, facing, seconds / turning) }
        if seconds > duration - turning { return blend(facing, leaving, 1 - (duration - seconds) / turning) }
        return facing
    }

    /// The shorter way round, softly.
    private static func blend(_ a: Double, _ b: Double, _ part: Double) -> Double {
        a + (b - a).remainder(dividingBy: 360) * part.soft
    }
}

extension Double {
    /// From 0 to 1 with a soft beginning and a soft end.
    var soft: Double {
        let x = Swift.min(Swift.max(self, 0), 1)
        return x * x * (3 - 2 * x)
    }
}

extension Array {
    /// The last element whose value is not above; the first where all are.
    ///
    /// - Precondition: sorted by that value, not empty.
    func lastIndex(upTo value: Double, by key: KeyPath<Element, Double>) -> Int {
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if self[middle][keyPath: key] <= value { low = middle } else { high = middle }
        }
        return low
    }
}
