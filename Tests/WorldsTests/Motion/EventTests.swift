import Testing
import Truth

@testable import Worlds

/// Events against sums done by hand: people brake and speed up with 1.5 m/s².
@Suite struct EventTests {
    private static func world(_ text: String) throws -> World {
        World(
            try SceneFile(
                """
                name: events
                tier: easy
                seed: 1
                duration: 20
                cameras: [{name: c, position: [0, 4, -9], pan: 0, tilt: 0, field-of-view: 60, width: 64, height: 64, rate: 5}]

                """ + text, file: "s.yaml"
            ).scene)
    }

    private static let walker = "subjects: [{name: a, from: [0, 0], speed: 2, course: [{go: [0, 10]}]}]\n"

    @Test func aLineIsCrossedAfterItsMetresOverTheSpeed() throws {
        let events = try Self.world(
            Self.walker + "lines: [{name: l, from: [-5, 5], to: [5, 5]}, {name: m, from: [5, 8], to: [-5, 8]}]"
        ).events
        #expect(events.map(\.name) == ["l", "m"])
        #expect(abs(events[0].time - 2.5) < 1e-9 && abs(events[1].time - 4) < 1e-9)
        // Who goes north over a line from west to east comes to its left side.
        #expect(events.map(\.value) == ["left", "right"])
        #expect(events.allSatisfy { $0.kind == .lineCrossed && $0.objects == [1] })
    }

    @Test func aLineThatEndsBesideTheWayIsNotCrossed() throws {
        #expect(try Self.world(Self.walker + "lines: [{name: l, from: [0.01, 5], to: [5, 5]}]").events.isEmpty)
    }

    @Test func aZoneIsEnteredAndLeftAndCounted() throws {
        let events = try Self.world(
            Self.walker + "zones: [{name: z, corners: [[-1, 2], [1, 2], [1, 6], [-1, 6]], count: true, loitering: 1.5}]"
        ).events
        #expect(events.map(\.kind) == [.count, .zoneEntered, .count, .loitering, .zoneLeft, .count])
        for (event, time) in zip(events, [0, 1, 1, 2.5, 3, 3]) { #expect(abs(event.time - time) < 1e-9) }
        #expect(events.filter { $0.kind == .count }.map(\.value) == ["0", "1", "0"])
    }

    @Test func whoIsInAZoneFromTheFirstDoesNotEnterIt() throws {
        let events = try Self.world(
            "subjects: [{name: a, start: -3, from: [0, 0], course: [{stay: 60}]}]\n"
                + "zones: [{name: z, corners: [[-1, -1], [1, -1], [1, 1], [-1, 1]], count: true, loitering: 4}]"
        ).events
        #expect(events.map(\.kind) == [.count, .loitering])
        #expect(events[0].value == "1")
        #expect(events[1].time == 4)
    }

    /// Arrives after (3 - 0.75) / 1.5 + 1 = 2.5 s. The thing stands 0.35 m aside, so that its owner is 3 m away after
    /// √(9 - 0.35²) = 2.97951 m: 1 s for the first 0.75 m, the rest at 1.5 m/s; and 5 s later it is left behind.
    @Test func aThingIsLeftBehindWhenItsOwnerHasBeenFarForFiveSeconds() throws {
        let events = try Self.world(
            """
            things: [{name: bag, kind: suitcase, carried-by: a}]
            subjects: [{name: a, from: [0, 0], speed: 1.5, course: [{go: [0, 3]}, {drop: bag}, {go: [0, 9]}]}]
            """
        ).events
        #expect(events.map(\.kind) == [.leftBehind])
        #expect(abs(events[0].time - (2.5 + 1 + (2.979513 - 0.75) / 1.5 + 5)) < 1e-5)
        #expect(events[0].name == "bag" && events[0].objects == [1])
    }

    @Test func aThingThatIsTakenInTimeIsNotLeftBehind() throws {
        let world = try Self.world(
            """
            things: [{name: bag, kind: backpack, carried-by: a}]
            subjects:
              - {name: a, from: [0, 0], speed: 1.5, course: [{go: [0, 3]}, {drop: bag}, {go: [0, 9]}]}
              - {name: b, from: [9, 3], speed: 1.5, start: 1, course: [{go: [1, 3]}, {take: bag}, {go: [9, 3]}]}
            """)
        // 8 m: (8 - 0.75) / 1.5 + 1 s after its start.
        let taken = 1 + 7.25 / 1.5 + 1
        #expect(world.events.map(\.kind) == [.taken])
        #expect(abs(world.events[0].time - taken) < 1e-9)
        #expect(world.events[0].objects == [2])
        func moment(_ time: Double) -> (standing: Int, carriers: [Int]) {
            let moment = world.moment(at: time)
            return (moment.things.count, moment.figures.filter { $0.carries == .backpack }.map(\.subject))
        }
        #expect(moment(2) == (0, [0]))
        #expect(moment(4).standing == 1)
        #expect(!moment(4).carriers.contains(0))
        #expect(moment(taken + 0.5).standing == 0)
        #expect(moment(taken + 0.5).carriers.contains(1))
    }

    @Test func aSoundIsTold() throws {
        let events = try Self.world("sound: {marks: [{name: m, kind: tone, time: 3.5}]}").events
        #expect(events == [TruthEvent(time: 3.5, kind: .sound, name: "m", value: "tone")])
    }
}
