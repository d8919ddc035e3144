import Testing
import Truth

@testable import Worlds

@Suite struct WorldTests {
    @Test(arguments: ["plaza", "street", "corridor"])
    func theSameSceneGivesTheSameMomentsInAnyOrder(name: String) throws {
        let (one, other) = (World(try CommittedScenes.scene(name)), World(try CommittedScenes.scene(name)))
        let times = (0..<60).map { Double($0 * 37 % 60) / 2 }
        let moments = times.map { one.moment(at: $0) }
        #expect(moments == times.map { other.moment(at: $0) })
        #expect(Array(moments.reversed()) == times.reversed().map { one.moment(at: $0) })
        #expect(one.events == other.events)
    }

    @Test func anotherSeedGivesAnotherCrowd() throws {
        let text = { (seed: Int) in
            """
            {name: s, tier: hard, seed: \(seed), duration: 20, paths: [{name: p, points: [[-20, 0], [20, 0]], width: 3}],
             crowds: [{name: k, count: 5, paths: [p]}],
             cameras: [{name: c, position: [0, 4, -9], pan: 0, tilt: 0, field-of-view: 60, width: 64, height: 64, rate: 5}]}
            """
        }
        let (one, other) = (try SceneFile(text(1), file: "s").scene, try SceneFile(text(2), file: "s").scene)
        #expect(one.subjects.map(\.course) != other.subjects.map(\.course))
        #expect(one.subjects.map(\.appearance) != other.subjects.map(\.appearance))
        #expect(one.subjects.map(\.name) == ["k-1", "k-2", "k-3", "k-4", "k-5"])
        #expect(one.subjects.map(\.id) == [1, 2, 3, 4, 5])
    }

    @Test func timeBeginsAgainAfterTheEnd() throws {
        let world = World(try CommittedScenes.scene("plaza"))
        let length = world.scene.duration
        #expect(world.moment(at: length + 5) == world.moment(at: 5))
        #expect(world.moment(at: 3 * length + 5.25).time == 5.25)
        #expect(world.moment(at: -1).time == length - 1)
    }

    /// Continuous in all scenes: nobody moves further than its speed allows, and the gait follows the way gone.
    @Test(arguments: CommittedScenes.names)
    func nobodyJumpsAndNoFootSlides(name: String) throws {
        let world = World(try CommittedScenes.scene(name))
        let step = 0.04
        var last = world.moment(at: 0)
        for number in 1..<Int(world.scene.duration / step) {
            let next = world.moment(at: Double(number) * step)
            for figure in next.figures {
                guard let before = last.figures.first(where: { $0.subject == figure.subject }) else { continue }
                let metres = figure.at.distance(to: before.at)
                #expect(metres <= 4 * step + 1e-9)
                let cycle = world.scene.subjects[figure.subject].appearance.metresPerCycle
                #expect(abs((figure.gait - before.gait) * cycle - metres) < 6e-3)
                #expect(abs((figure.headYaw - before.headYaw)) < 45)
            }
            for vehicle in next.vehicles {
                guard let before = last.vehicles.first(where: { $0.vehicle == vehicle.vehicle }) else { continue }
                #expect(vehicle.at.distance(to: before.at) <= 40 * step)
                #expect(abs((vehicle.heading - before.heading).remainder(dividingBy: 360)) < 12)
            }
            last = next
        }
    }

    @Test func aGroupMeetsAtItsTimeAndFacesItsMiddle() throws {
        let world = World(try CommittedScenes.scene("plaza"))
        for name in ["lena", "marc", "yara"] {
            let index = try #require(world.scene.subjects.firstIndex { $0.name == name })
            let middle = GroundPoint(4.5, 5.5)
            for time in [9.8, 13, 16.2] {
                let figure = try #require(world.moment(at: time).figures.first { $0.subject == index })
                #expect(figure.speed == 0)
                #expect(figure.at.distance(to: middle) < 1.2)
                #expect(abs((figure.at.heading(to: middle) - figure.heading).remainder(dividingBy: 360)) < 1)
            }
            let parted = try #require(world.moment(at: 22).figures.first { $0.subject == index })
            #expect(parted.at.distance(to: middle) > 3)
        }
    }
}
