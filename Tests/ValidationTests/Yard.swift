import Foundation
import Truth
import Vision
import Worlds

@testable import Validation

/// A small world for quick clips.
enum Yard {
    static func scene(_ seed: UInt64) throws -> Scene {
        try SceneFile(text, file: "yard.yaml", seed: seed).scene
    }

    private static let text = """
        name: yard
        tier: easy
        seed: 1
        duration: 12
        pre-roll: 1
        light: {sun: 0}
        ground: {material: concrete}
        paths:
          - {name: near, points: [[-6, 6], [6, 6]], width: 0.3}
          - {name: far, points: [[-8, 8.5], [8, 8.5]], width: 0.4}
        zones:
          - {name: middle, corners: [[-2, 5], [2, 5], [2, 10], [-2, 10]], count: true}
        lines:
          - {name: gate, from: [0, 3], to: [0, 12]}
        crowds:
          - {name: passer, count: 7, paths: [near, far], speeds: [1.2, 1.6]}
        cameras:
          - {name: eye, position: [0, 1.6, 0], pan: 0, tilt: 0, field-of-view: 60, width: 160, height: 90, rate: 5}
        """

    static func film(_ seed: UInt64 = 3, _ treatment: SceneFilm.Treatment = .none) throws -> SceneFilm {
        let scene = try scene(seed)
        return SceneFilm(scene, camera: scene.cameras[0], treatment: treatment, quality: 20, seconds: 9)
    }

    static func canaries() -> CanaryRun {
        CanaryRun(seed: 3, otherSeed: 4, quality: 20, seconds: 9) { try scene($0) }
    }

    /// As a core would tell it.
    static func frames(of truth: [TruthFrame]) -> [CoreFrame] {
        truth.map { frame in
            CoreFrame(
                index: frame.index,
                objects: frame.objects.filter { $0.kind == .human && $0.visibility >= 0.25 }.map {
                    CoreFrame.Object(
                        id: $0.id, kind: .human,
                        box: VisionBox(x: $0.box.x, y: $0.box.y, width: $0.box.width, height: $0.box.height))
                })
        }
    }
}

/// Looks at the pictures: whatever differs from the past is a person.
struct SeeingCore: CoreRunner {
    func run(_ job: CoreJob) async throws -> CoreAnswer {
        CoreAnswer(frames: try Baseline.blobs.answer(job, frames: 0))
    }
}

/// Knows the truth of the scene, and never looks.
struct CheatingCore: CoreRunner {
    let frames: [CoreFrame]

    init() throws { frames = Yard.frames(of: try Yard.film().truth()) }

    func run(_ job: CoreJob) async throws -> CoreAnswer { CoreAnswer(frames: frames) }
}

/// Says the same of every picture.
struct ConstantCore: CoreRunner {
    func run(_ job: CoreJob) async throws -> CoreAnswer {
        CoreAnswer(frames: try Baseline.constantBoxes.answer(job, frames: 45))
    }
}
