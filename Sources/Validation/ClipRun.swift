import Foundation
package import Truth
import Vision

/// One clip: drawn, looked at by a core, and only then judged by a truth that was nowhere before.
package struct ClipRun: Sendable {
    package let film: SceneFilm

    package init(_ film: SceneFilm) {
        self.film = film
    }

    /// - Parameters:
    ///   - core: gets the pictures in a file that tells nothing by its name.
    ///   - progress: told what is being done.
    ///   - afterwards: given the file while it is still there, when all is judged.
    /// - Returns: what came out.
    /// - Throws: what keeps the clip from being made, the core from running, or its answer from being scored.
    package func run(
        _ core: any CoreRunner, progress: @Sendable (String) -> Void = { _ in },
        afterwards: (String, ClipResult) throws -> Void = { _, _ in }
    ) async throws -> ClipResult {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "clip.mp4").path
        try film.write(to: file) { progress("drawing \($0 * 100 / film.frames) %") }
        progress("the core looks")
        let answer = try await core.run(film.job(source: file))
        let truth = try film.truth { progress("truth \($0 * 100 / film.frames) %") }
        progress("scoring")
        let result = ClipResult(
            film: film, answer: answer, truth: truth,
            score: try RunScore(answer.frames, truth: truth, events: film.events, film: film))
        try afterwards(file, result)
        return result
    }
}

/// A clip that was judged.
package struct ClipResult: Sendable {
    package let film: SceneFilm
    package let answer: CoreAnswer
    package let truth: [TruthFrame]
    package let score: RunScore
}

/// Why nothing could be validated.
package enum ValidationError: Error, Equatable, CustomStringConvertible {
    case noCamera(scene: String)
    case noSeeds(plan: String)
    case late(seconds: Double, preRoll: Double)
    case noStream(reason: String)
    case noReport(file: String, reason: String)

    package var description: String {
        switch self {
        case .noCamera(let scene): "\(scene): the scene has no camera; add one under \"cameras\""
        case .noSeeds(let plan): "\(plan): no run has one of those seeds; give --seeds some that the fleet file has"
        case .late(let seconds, let preRoll):
            "the core's first frame came \(seconds.text(1)) s after the beginning, but the pre-roll ends after "
                + "\(preRoll.text(1)) s, and what comes then is scored; run it on a machine with less to do"
        case .noStream(let reason): "no stream: \(reason)"
        case .noReport(let file, let reason): "\(file): cannot be written: \(reason); give --out a folder"
        }
    }
}
