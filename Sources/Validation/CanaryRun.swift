import Foundation
import Scoring
import Truth
package import Worlds

/// Runs a core on clips that are made to expose it.
package struct CanaryRun: Sendable {
    /// The scene of four canaries, and where there is none of the fifth, nobody's face is changed.
    package var scene: @Sendable (_ seed: UInt64) throws -> Scene
    package var faces: (@Sendable () throws -> Scene)?
    /// The manifest of those of the fifth whom the core may name; without one nobody is named.
    package var gallery: String?
    package var seed: UInt64
    /// Of the truth that does not belong to the pictures.
    package var otherSeed: UInt64
    package var quality: Int
    /// Of each clip; the scene's pre-roll is part of them.
    package var seconds: Double

    /// Seconds that are enough to judge, with a pre-roll of five.
    package static let usualSeconds = 20.0

    package init(
        seed: UInt64, otherSeed: UInt64, quality: Int = ValidationPlan.usualQuality,
        seconds: Double = CanaryRun.usualSeconds, faces: (@Sendable () throws -> Scene)? = nil, gallery: String? = nil,
        scene: @escaping @Sendable (_ seed: UInt64) throws -> Scene
    ) {
        self.scene = scene
        self.faces = faces
        self.gallery = gallery
        self.seed = seed
        self.otherSeed = otherSeed
        self.quality = quality
        self.seconds = seconds
    }

    /// - Parameters:
    ///   - core: looks at all clips.
    ///   - progress: told what is being done.
    /// - Returns: one verdict for each canary, in their order, and what guard 9 costs.
    /// - Throws: what keeps a clip or the core from running.
    package func run(
        _ core: any CoreRunner, progress: @Sendable (String) -> Void = { _ in }
    ) async throws -> (canaries: [Canary], style: StyleShift) {
        let scene = try scene(seed)
        guard let camera = scene.cameras.first else { throw ValidationError.noCamera(scene: scene.name) }
        func film(_ treatment: SceneFilm.Treatment) -> SceneFilm {
            SceneFilm(scene, camera: camera, treatment: treatment, quality: quality, seconds: seconds)
        }
        let usual = try await ClipRun(film(.none)).run(core, progress: { progress("canaries: \($0)") })
        var canaries: [Canary] = []
        let empty = try await ClipRun(film(.empty)).run(core, progress: { progress("canary background: \($0)") })
        canaries.append(.background(empty.score))
        let mirrored = try await ClipRun(film(.mirrored)).run(core, progress: { progress("canary mirror: \($0)") })
        canaries.append(.mirror(mirrored.score, usual: usual.score))
        progress("canary \(Canary.Kind.otherSeed.rawValue)")
        let strange = SceneFilm(try self.scene(otherSeed), camera: camera, quality: quality, seconds: seconds)
        canaries.append(
            .otherSeed(
                try RunScore(
                    usual.answer.frames, truth: try strange.truth(), events: strange.events, film: strange)))
        let late = try await ClipRun(film(.delayed(Canary.delay))).run(
            core, progress: { progress("canary delay: \($0)") })
        canaries.append(.delay(late.score, usual: usual.score))
        canaries.append(try await changedFaces(core, progress))
        let restyled = try await ClipRun(film(.restyled)).run(core, progress: { progress("style shift: \($0)") })
        return (
            canaries,
            StyleShift(usual: usual.score.people.hota.hota, restyled: restyled.score.people.hota.hota)
        )
    }

    /// Two people whose faces the core names change faces; what they are called must change with them.
    private func changedFaces(
        _ core: any CoreRunner, _ progress: @Sendable (String) -> Void
    ) async throws -> Canary {
        guard let scene = try faces?(), let camera = scene.cameras.first else {
            return Canary(kind: .faces, verdict: .notJudged, found: "no scene with faces was given", values: [:])
        }
        let film = SceneFilm(scene, camera: camera, quality: quality, gallery: gallery)
        let usual = try await ClipRun(film).run(core, progress: { progress("canary faces: \($0)") })
        let names = Self.names(usual)
        let named = names.sorted { ($1.value.sightings, $0.key) < ($0.value.sightings, $1.key) }
        guard let one = named.first, let other = named.first(where: { $0.value.name != one.value.name }),
            let places = Self.places(of: one.key, other.key, in: scene)
        else {
            return .faces(usual: (named.first?.value.name, nil), swapped: (nil, nil))
        }
        let changed = SceneFilm(
            scene, camera: camera, treatment: .swappedFaces(places.0, places.1), quality: quality, gallery: gallery)
        let after = Self.names(try await ClipRun(changed).run(core, progress: { progress("canary faces: \($0)") }))
        return .faces(
            usual: (one.value.name, other.value.name), swapped: (after[one.key]?.name, after[other.key]?.name))
    }

    private static func places(of one: Int, _ other: Int, in scene: Scene) -> (Int, Int)? {
        guard let first = scene.subjects.firstIndex(where: { $0.id == one }),
            let second = scene.subjects.firstIndex(where: { $0.id == other })
        else { return nil }
        return (first, second)
    }

    /// What the core called each subject most often, and how often it called it anything.
    private static func names(_ result: ClipResult) -> [Int: (name: String, sightings: Int)] {
        var votes: [Int: [String: Int]] = [:]
        for claim in IdentityClaims(result.answer.frames, truth: result.truth, result.film.scored).claims {
            votes[claim.subject, default: [:]][claim.candidate, default: 0] += 1
        }
        return votes.compactMapValues { names in
            guard let best = names.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
            return (best.key, names.values.reduce(0, +))
        }
    }
}

/// Guard 9: what another drawing style costs.
package struct StyleShift: Hashable, Codable, Sendable {
    /// HOTA.
    package var usual: Double
    package var restyled: Double

    /// HOTA that it may cost.
    package static let tolerance = 0.15

    package var loss: Double { usual - restyled }
    package var isSmall: Bool { loss < Self.tolerance && usual > 0 }
}
