import Foundation
import Scoring
import Truth
import Vision
import Worlds

/// How well people keep their ids from camera to camera: the core's hand-over joins what the cores of all cameras said.
package struct HandoverScore: Sendable {
    /// IDF1 of all cameras as one.
    package let joined: Double
    /// The same where nobody is known by a face.
    package let joinedWithoutFaces: Double
    /// The same where each camera has ids of its own.
    package let apart: Double

    /// Ids of different cameras are different ones unless they are joined.
    private static let idsOfCamera = 10_000_000

    /// - Parameter results: of the cameras of one scene.
    /// - Throws: `RepeatedID` where an id is given twice in a frame.
    package init(_ results: [ClipResult]) throws {
        let answers = results.map(\.answer.frames)
        let jobs = results.map { $0.film.job(source: "") }
        joined = try Self.idf1(results, Self.join(answers, jobs, usesFaces: true))
        joinedWithoutFaces = try Self.idf1(results, Self.join(answers, jobs, usesFaces: false))
        apart = try Self.idf1(
            results,
            answers.enumerated().map { number, frames in
                frames.map { frame in
                    var frame = frame
                    for index in frame.objects.indices { frame.objects[index].id += number * Self.idsOfCamera }
                    return frame
                }
            })
    }

    package var figures: [String: Double] {
        [
            "joined IDF1": joined, "joined IDF1 without faces": joinedWithoutFaces,
            "joined IDF1 without hand-over": apart,
        ]
    }

    /// What the core makes of several cameras: it gets their descriptions in order of time, and where they stand.
    package static func join(_ answers: [[CoreFrame]], _ jobs: [CoreJob], usesFaces: Bool) -> [[CoreFrame]] {
        var handover = CameraHandover(usesFaces: usesFaces)
        var result = answers
        let order = answers.enumerated().flatMap { camera, frames in
            frames.indices.map {
                (camera: camera, place: $0, time: Double(frames[$0].index) / Double(jobs[camera].rate))
            }
        }.sorted { ($0.time, $0.camera) < ($1.time, $1.camera) }
        for (camera, place, time) in order {
            let (job, frame) = (jobs[camera], answers[camera][place])
            let joined = handover.join(
                VisionFrame(frame, time: time), camera: camera, pose: job.camera, size: (job.width, job.height))
            result[camera][place] = CoreFrame(index: frame.index, joined)
        }
        return result
    }

    private static func idf1(_ results: [ClipResult], _ frames: [[CoreFrame]]) throws -> Double {
        try MultiCameraScore(
            zip(results, frames).map { result, frames in
                MultiCameraScore.Camera(
                    name: result.film.camera.name,
                    truth: RunScore.rows(of: result.truth, .human, result.film.scored),
                    tracks: RunScore.rows(of: frames, .human, result.film.scored))
            }, ignoring: .flagged
        ).joined.identity.idf1
    }
}

extension VisionFrame {
    /// As the core said it.
    init(_ frame: CoreFrame, time: Double) {
        self.init(
            time: time,
            objects: frame.objects.map { object in
                var seen = VisionObject(
                    id: object.id, kind: object.kind, box: object.box, confidence: object.confidence,
                    parent: object.parent)
                seen.colors = object.colors.filter { $0.count == 3 }.map {
                    VisionColor(y: $0[0], cb: $0[1], cr: $0[2])
                }
                if let candidate = object.candidate {
                    seen.identity = IdentityClaim(
                        candidate: candidate, similarity: object.similarity ?? 0, isKnown: object.isKnown ?? false,
                        sightings: 1)
                }
                return seen
            })
    }
}
