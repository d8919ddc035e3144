import Foundation
import Testing

@testable import Worlds

/// A scene as a template of many.
@Suite struct SceneSeedTests {
    private static func scene(_ seed: UInt64?) throws -> Scene {
        try SceneFile(path: CommittedScenes.folder.appending(path: "tiers/medium.yaml").path, seed: seed).scene
    }

    @Test func anotherSeedGivesOtherPeopleOnOtherWaysInTheSamePlace() throws {
        let (one, other) = (try Self.scene(41), try Self.scene(42))
        #expect((one.seed, other.seed) == (41, 42))
        #expect(one.setting == other.setting && one.cameras == other.cameras)
        #expect(one.subjects.count == other.subjects.count)
        let pairs = zip(one.subjects, other.subjects)
        #expect(!pairs.contains { $0.course == $1.course })
        #expect(!pairs.contains { $0.appearance.face == $1.appearance.face })
    }

    @Test func theSceneItselfIsThatOfItsOwnSeed() throws {
        #expect(try Self.scene(nil) == Self.scene(1))
    }
}
