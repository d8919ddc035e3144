import Foundation
import Testing
import Truth
import Worlds

@testable import Validation

/// The tiers are what the documentation says of them.
@Suite struct TierFileTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Recordings/tiers")

    private static func scene(_ name: String, seed: UInt64) throws -> Scene {
        try SceneFile(path: folder.appending(path: "\(name).yaml").path, seed: seed).scene
    }

    private struct Stated {
        var people: ClosedRange<Double>
        /// Pixels.
        var low: ClosedRange<Double>
        var high: ClosedRange<Double>
        var pillars: Int
    }

    private static let stated: [String: Stated] = [
        "easy": Stated(people: 4.5...8.5, low: 43...75, high: 145...217, pillars: 0),
        "medium": Stated(people: 9...15, low: 67...100, high: 154...230, pillars: 2),
        "hard": Stated(people: 19...30, low: 50...76, high: 150...235, pillars: 4),
    ]

    /// Without drawing: people are as high in the picture as their feet and crowns are apart.
    @Test(arguments: ["easy", "medium", "hard"], [1, 2, 101] as [UInt64])
    func peopleAreAsManyAndAsHighAsStated(name: String, seed: UInt64) throws {
        let scene = try Self.scene(name, seed: seed)
        let stated = try #require(Self.stated[name])
        let (world, view) = (World(scene), scene.cameras[0].view())
        var (heights, moments) = ([Double](), 0)
        for second in Int(scene.preRoll)..<Int(scene.duration) {
            moments += 1
            for figure in world.moment(at: Double(second)).figures {
                let metres = scene.subjects[figure.subject].appearance.height
                let foot = view.local(Vector3(figure.at.x, 0, figure.at.z))
                let crown = view.local(Vector3(figure.at.x, metres, figure.at.z))
                guard foot.z > 1, crown.z > 1 else { continue }
                let (low, high) = (view.pixel(foot), view.pixel(crown))
                guard (0..<Double(view.width)).contains(low.x), high.y < Double(view.height), low.y > 0 else {
                    continue
                }
                heights.append(low.y - high.y)
            }
        }
        heights.sort()
        #expect(stated.people.contains(Double(heights.count) / Double(moments)))
        #expect(stated.low.contains(heights[heights.count / 20]), "\(heights[heights.count / 20])")
        #expect(stated.high.contains(heights[heights.count * 19 / 20]), "\(heights[heights.count * 19 / 20])")
        #expect(scene.setting.walls.count == stated.pillars)
    }

    @Test(arguments: ["easy", "medium", "hard"])
    func theyLastAMinuteAfterFiveSeconds(name: String) throws {
        let scene = try Self.scene(name, seed: 1)
        #expect(scene.duration == 65 && scene.preRoll == 5)
        let camera = scene.cameras[0]
        #expect(scene.cameras.count == 1 && camera.width == 1280 && camera.height == 720 && camera.rate == 25)
        #expect(scene.tier.rawValue == name)
    }

    @Test(arguments: ["handover-easy", "handover-medium"], [1, 101] as [UInt64])
    func whoLeavesOneYardReachesTheOther5To20SecondsLater(name: String, seed: UInt64) throws {
        let scene = try Self.scene(name, seed: seed)
        #expect(scene.cameras.map(\.name) == ["a", "b", "c"])
        #expect((10...20).contains(scene.subjects.count))
        let events = World(scene).events.filter { $0.kind == .lineCrossed }
        let ways = scene.subjects.compactMap { subject -> Double? in
            let times = ["leaves-one", "reaches-two"].map { line in
                events.first { $0.name == line && $0.objects == [subject.id] }?.time
            }
            guard let one = times[0], let other = times[1] else { return nil }
            return abs(one - other)
        }
        #expect(ways.count >= 4)
        #expect(ways.allSatisfy { (5...20).contains($0) }, "\(ways)")
    }

    @Test(arguments: ["fleet.yaml", "handover.yaml"])
    func theFilesAreThoseThatWereCommittedTo(name: String) throws {
        #expect(try Commitment(fleet: Self.folder.appending(path: name).path).isKept == true)
    }

    @Test func anotherSeedListIsAnotherCommitment() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.copyItem(at: Self.folder, to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "fleet.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacingOccurrences(of: "105", with: "106").write(to: file, atomically: true, encoding: .utf8)
        #expect(try Commitment(fleet: file.path).isKept == false)
        try text.write(to: file, atomically: true, encoding: .utf8)
        #expect(try Commitment(fleet: file.path).isKept == true)
        let tier = folder.appending(path: "hard.yaml")
        let scene = try String(contentsOf: tier, encoding: .utf8)
        try scene.replacingOccurrences(of: "noise: 7", with: "noise: 6").write(
            to: tier, atomically: true, encoding: .utf8)
        #expect(try Commitment(fleet: file.path).isKept == false)
    }

    @Test func developmentAndTestShareNoSeed() throws {
        func seeds(_ name: String) throws -> Set<UInt64> {
            Set(try ValidationPlan(path: Self.folder.appending(path: name).path).entries.flatMap(\.seeds))
        }
        #expect(try seeds("development.yaml").isDisjoint(with: seeds("fleet.yaml").union(seeds("handover.yaml"))))
        #expect(try seeds("fleet.yaml").count >= 5)
    }
}
