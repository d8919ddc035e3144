import Foundation
import Testing
import Truth

@testable import Worlds

/// The scenes that come with the project.
enum CommittedScenes {
    static let names = ["car-park", "chart", "corridor", "entrance", "night", "plaza", "street"]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Recordings")

    static func scene(_ name: String) throws -> Scene {
        try SceneFile(path: folder.appending(path: name).path).scene
    }
}

@Suite struct CommittedScenesTests {
    @Test func everyFolderWithASceneIsTested() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: CommittedScenes.folder.path).filter {
            FileManager.default.fileExists(atPath: CommittedScenes.folder.appending(path: "\($0)/scene.yaml").path)
        }
        #expect(folders.sorted() == CommittedScenes.names)
    }

    @Test(arguments: CommittedScenes.names)
    func itIsSoundAndNamesTheSchemaAndItsStory(name: String) throws {
        let scene = try CommittedScenes.scene(name)
        #expect(scene.name == name)
        #expect((24...40).contains(scene.duration))
        let file = CommittedScenes.folder.appending(path: "\(name)/scene.yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines[0] == "# yaml-language-server: $schema=../scene.schema.json")
        #expect(lines[1].hasPrefix("# ") && lines[1].hasSuffix("."))
    }

    @Test func theNightIsEmpty() throws {
        let world = World(try CommittedScenes.scene("night"))
        for second in 0..<24 {
            let moment = world.moment(at: Double(second))
            #expect(moment.figures.isEmpty && moment.vehicles.isEmpty && moment.things.isEmpty)
        }
    }

    @Test func thePlazaHasWhatItsStorySays() throws {
        let world = World(try CommittedScenes.scene("plaza"))
        let kinds = Set(world.events.map(\.kind))
        #expect(kinds.isSuperset(of: [.lineCrossed, .zoneEntered, .zoneLeft, .loitering, .leftBehind, .count, .sound]))
        let pablo = try #require(world.scene.subjects.firstIndex { $0.name == "pablo" })
        let seen = (0..<320).map { tenth in
            world.moment(at: Double(tenth) / 10).figures.contains { $0.subject == pablo }
        }
        let returns = zip(seen, seen.dropFirst()).count { !$0.0 && $0.1 }
        #expect(returns == 1, "he leaves and comes back")
    }

    @Test func theSamePeopleComeToTheSecondCameraOfTheCorridorWithin5To20Seconds() throws {
        let world = World(try CommittedScenes.scene("corridor"))
        let handovers = world.scene.subjects.compactMap { subject -> Double? in
            func time(_ line: String) -> Double? {
                world.events.first { $0.name == line && $0.objects == [subject.id] }?.time
            }
            guard let a = time("leaves-a"), let b = time("reaches-b") else { return nil }
            return abs(b - a)
        }
        #expect(handovers.count >= 5)
        #expect(handovers.allSatisfy { (5...20).contains($0) }, "\(handovers)")
    }

    @Test func theParcelOfTheCarParkIsLeftAndTakenAgain() throws {
        let events = World(try CommittedScenes.scene("car-park")).events.filter { $0.name == "parcel" }
        #expect(events.map(\.kind) == [.leftBehind, .taken])
    }

    @Test(arguments: ["plaza", "street", "entrance", "corridor", "car-park"])
    func peopleHardlyWalkThroughEachOther(name: String) throws {
        let world = World(try CommittedScenes.scene(name))
        var (pairs, touching) = (0, 0)
        for step in 0..<Int(world.scene.duration * 4) {
            let figures = world.moment(at: Double(step) / 4).figures
            for (index, one) in figures.enumerated() {
                for other in figures[(index + 1)...] {
                    pairs += 1
                    if one.at.distance(to: other.at) < 0.4 { touching += 1 }
                }
            }
        }
        #expect(Double(touching) < 0.004 * Double(pairs), "\(touching) of \(pairs)")
    }
}
