import Testing

@testable import Worlds

@Suite struct TrackTests {
    /// Walks north from the middle at 2 m/s and stops after 10 m: it brakes with 1.5 m/s² over 4/3 m and 4/3 s.
    private static let walk = Track(
        Course(
            start: 1, from: GroundPoint(0, 0),
            steps: [.go(to: GroundPoint(0, 10), speed: 2), .stay(seconds: 2, heading: 90)]),
        .person)

    @Test func brakesSoftlyAsASumByHandSays() throws {
        let arrival = 1 + (10 - 4.0 / 3) / 2 + 4.0 / 3
        #expect(abs(Self.walk.end - (arrival + 2)) < 1e-9)
        let half = try #require(Self.walk.state(at: 4))
        #expect(abs(half.at.z - 6) < 1e-9 && half.speed == 2)
        let braking = try #require(Self.walk.state(at: arrival - 1))
        #expect(abs(braking.at.z - (10 - 0.75)) < 1e-9)
        #expect(abs(braking.speed - 1.5) < 1e-9 && braking.acceleration == -1.5)
    }

    @Test func isOutOfTheWorldBeforeAndAfterItsCourse() {
        #expect(Self.walk.state(at: 0.99) == nil)
        #expect(Self.walk.state(at: 1) != nil)
        #expect(Self.walk.state(at: Self.walk.end) == nil)
    }

    @Test func turnsToWhereItIsToFace() throws {
        let turned = try #require(Self.walk.state(at: Self.walk.end - 0.9))
        #expect(abs(turned.heading - 90) < 1e-9)
    }

    @Test func tellsWhenItWasAtAPlace() throws {
        for way in [0.0, 0.1, 5, 9.2, 9.999] {
            let time = try #require(Self.walk.time(after: way))
            #expect(abs((Self.walk.state(at: time)?.way ?? -1) - way) < 1e-9)
        }
        #expect(Self.walk.time(after: 10.5) == nil)
    }

    /// A course with corners of many angles.
    private static func winding(seed: UInt64, _ mover: Track.Mover) -> Track {
        var random = SeededRandom(seed: seed)
        var course = Course(start: 0, from: GroundPoint(0, 0), steps: [])
        for _ in 0..<8 {
            let to = GroundPoint(random.number(in: -15...15), random.number(in: -15...15))
            course.steps.append(.go(to: to, speed: random.number(in: 0.8...2)))
            if random.chance(0.2) { course.steps.append(.stay(seconds: 1.5, heading: random.number(in: 0...360))) }
            if random.chance(0.1) { course.steps.append(.away(seconds: 2)) }
        }
        return Track(course, mover)
    }

    @Test(arguments: 1...20)
    func neverJumpsNorSpinsNorMovesAside(seed: UInt64) {
        for mover in [Track.Mover.person, .vehicle] {
            let track = Self.winding(seed: seed, mover)
            let step = 0.01
            var last: Track.State?
            var time = 0.0
            while time < track.end {
                let state = track.state(at: time)
                if let last, let state, state.way >= last.way {
                    let metres = state.at.distance(to: last.at)
                    #expect(metres <= 2 * step + 1e-6)
                    #expect(abs(metres - (state.way - last.way)) < 2e-3, "as far as its way says")
                    #expect(abs(state.speed - last.speed) <= mover.acceleration * step + 1e-6)
                    if metres > 0.005, last.standing == nil {
                        let aside = (last.at.heading(to: state.at) - (last.heading)).remainder(dividingBy: 360)
                        #expect(abs(aside) < 25, "faces where it goes, at \(time)")
                    }
                }
                last = state
                time += step
            }
        }
    }

    /// Against looking every 0.5 ms on which side of the line it is.
    @Test(arguments: 1...20)
    func crossingsAreWhereLookingOftenFindsThem(seed: UInt64) {
        let track = Self.winding(seed: seed, .person)
        let (a, b) = (GroundPoint(-20, -3), GroundPoint(20, 4))
        func side(_ point: GroundPoint) -> Double { (b.x - a.x) * (point.z - a.z) - (b.z - a.z) * (point.x - a.x) }
        var found: [(time: Double, toRight: Bool)] = []
        var last: Double?
        for step in 0..<Int(track.end * 2000) {
            let time = Double(step) / 2000
            guard let state = track.state(at: time) else {
                last = nil
                continue
            }
            let now = side(state.at)
            if let last, (last > 0) != (now > 0) { found.append((time, now < 0)) }
            last = now
        }
        let exact = track.crossings(from: a, to: b)
        #expect(exact.count == found.count)
        for (one, other) in zip(exact, found) {
            #expect(abs(one.time - other.time) < 0.001)
            #expect(one.toRight == other.toRight)
        }
    }
}
