import Foundation
import Scoring
import Truth
import Vision
import Worlds

/// Validates a core on all runs of a plan, one after the other, so that speed is that of a quiet machine.
package struct Validator: Sendable {
    package let plan: ValidationPlan
    /// Whether the baselines are run on the first seed of each scene.
    package var hasBaselines = true
    /// Whether pictures of the worst frames are kept.
    package var hasPictures = true

    package init(_ plan: ValidationPlan) {
        self.plan = plan
    }

    /// - Parameters:
    ///   - core: makes who looks at a clip, given the seconds of its pre-roll.
    ///   - report: runs are added to it.
    ///   - progress: told what is being done.
    /// - Throws: what keeps a run from being made or judged.
    package func run(
        _ core: @Sendable (_ preRoll: Double) -> any CoreRunner, into report: inout ValidationReport,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let total = plan.entries.reduce(0) { $0 + $1.seeds.count }
        var done = 0
        for entry in plan.entries {
            for seed in entry.seeds {
                done += 1
                let scene = try SceneFile(path: entry.scene, seed: seed).scene
                let cameras = scene.cameras.filter { entry.cameras.isEmpty || entry.cameras.contains($0.name) }
                var results: [ClipResult] = []
                for camera in cameras {
                    let film = SceneFilm(
                        scene, camera: camera, quality: entry.quality, seconds: entry.seconds,
                        gallery: entry.gallery(seed: seed))
                    let place = "\(done) of \(total): \(scene.name), seed \(seed), \(camera.name): "
                    var run: ValidationReport.Run?
                    let wantsBaselines = hasBaselines && seed == entry.seeds.first && camera == cameras.first
                    let result = try await ClipRun(film).run(core(scene.preRoll), progress: { progress(place + $0) }) {
                        file, result in
                        run = try self.run(result, file: file, seed: seed, wantsBaselines: wantsBaselines, entry)
                    }
                    results.append(result)
                    if let run { report.runs.append(run) }
                }
                if results.count > 1, !report.runs.isEmpty {
                    let last = report.runs.count - 1
                    report.runs[last].figures.merge(try HandoverScore(results).figures) { $1 }
                }
                report.summarize()
            }
        }
    }

    private func run(
        _ result: ClipResult, file: String, seed: UInt64, wantsBaselines: Bool, _ entry: ValidationPlan.Entry
    ) throws -> ValidationReport.Run {
        let film = result.film
        var baselines: [String: Double] = [:]
        var figures = result.score.figures
        if wantsBaselines {
            figures["oracle HOTA"] = try Self.hota(Oracle.answer(result.truth, film.job(source: "")), result)
            for baseline in Baseline.allCases {
                let frames = try baseline.answer(film.job(source: file), frames: film.frames)
                baselines[baseline.rawValue] = try Self.hota(frames, result)
            }
        }
        return ValidationReport.Run(
            scene: film.scene.name, tier: Tier(film.scene.tier), camera: film.camera.name, seed: seed,
            quality: entry.quality, seconds: Double(film.frames) / Double(film.rate),
            scoredSeconds: Double(film.scored.count) / Double(film.rate), figures: figures,
            cost: result.answer.cost, baselines: baselines,
            pictures: hasPictures ? try MissPicture.worst(of: result, file: file) : [])
    }
}

extension Validator {
    private static func hota(_ frames: [CoreFrame], _ result: ClipResult) throws -> Double {
        let scored = result.film.scored
        return try TrackingScore(
            TrackingSequence(
                truth: RunScore.rows(of: result.truth, .human, scored),
                tracks: RunScore.rows(of: frames, .human, scored), ignoring: .flagged)
        ).hota.hota
    }
}

extension Tier {
    init(_ tier: Scene.Tier) {
        switch tier {
        case .easy: self = .easy
        case .medium: self = .medium
        case .hard: self = .hard
        }
    }
}
