import Foundation
import Worlds

/// What was made, and how fast.
struct RenderResult {
    private let plan: RenderPlan
    /// The clip first.
    var files: [String] = []
    /// Rows of all frames.
    var objects = 0
    var elapsed = Duration.zero
    var drawing = Duration.zero
    var encoding = Duration.zero

    init(_ plan: RenderPlan) { self.plan = plan }

    private var seconds: Double { Double(plan.frames) / Double(plan.rate) }
    /// Seconds of clip for each second of work.
    private var speed: Double { seconds / max(1e-6, elapsed / .seconds(1)) }

    func progress(_ done: Int, since elapsed: Duration) -> String {
        let passed = max(1e-6, elapsed / .seconds(1))
        let left = passed / Double(done) * Double(plan.frames - done)
        return "\(plan.scene.name), \(plan.camera.name): \(done) of \(plan.frames) frames, "
            + String(format: "%.1f x real time, %.0f s left", Double(done) / Double(plan.rate) / passed, left)
    }

    var text: String {
        let total = max(1e-6, elapsed / .seconds(1))
        let head =
            "\(plan.scene.name), \(plan.camera.name): \(plan.frames) frames of \(plan.width)x\(plan.height) in "
            + String(
                format: "%.1f s, %.1f x real time (drawing %.0f %%, encoding %.0f %%)", total, speed,
                drawing / .seconds(1) / total * 100, encoding / .seconds(1) / total * 100)
        let rows = files.map { [$0, Self.size($0)] }
        return head + "\n\n" + Table(columns: ["file", "kB"]).text(rows)
    }

    private static func bytes(_ file: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    private static func size(_ file: String) -> String { String((bytes(file) + 999) / 1000) }

    var json: String {
        get throws {
            struct Output: Encodable {
                struct File: Encodable {
                    let name: String
                    let bytes: Int
                }

                let scene, camera: String
                let width, height, rate, frames: Int
                let start, seconds: Double
                let objects: Int
                let files: [File]
                /// Seconds.
                let elapsed, drawing, encoding: Double
                let realTime: Double
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let output = Output(
                scene: plan.scene.name, camera: plan.camera.name, width: plan.width, height: plan.height,
                rate: plan.rate, frames: plan.frames, start: plan.start, seconds: seconds, objects: objects,
                files: files.map { Output.File(name: $0, bytes: Self.bytes($0)) },
                elapsed: elapsed / .seconds(1), drawing: drawing / .seconds(1), encoding: encoding / .seconds(1),
                realTime: speed)
            return String(decoding: try encoder.encode(output), as: UTF8.self)
        }
    }
}

/// Why nothing was rendered.
enum RenderError: Error, Equatable, CustomStringConvertible {
    case noScene(name: String, known: [String])
    case wrongCamera(file: String, wish: String, known: [String])
    case beyondTheEnd(file: String, start: Double, duration: Double)
    case cannotWrite(file: String, reason: String)
    case interrupted(frame: Int, of: Int)

    var description: String {
        switch self {
        case .noScene(let name, let known):
            "\(name): no such scene; give the file of one"
                + (known.isEmpty ? "" : ", or one of \(known.joined(separator: ", "))")
        case .wrongCamera(let file, let wish, let known):
            "\(file): \(wish); choose with --camera "
                + (known.isEmpty ? "once the scene has one" : known.joined(separator: ", "))
        case .beyondTheEnd(let file, let start, let duration):
            "\(file): lasts \(duration) s; let --start be less than that instead of \(start)"
        case .cannotWrite(let file, let reason):
            "\(file): cannot be written (\(reason)); see that its folder is there, may be written to and has room"
        case .interrupted(let frame, let count): "stopped after \(frame) of \(count) frames; nothing was written"
        }
    }
}
