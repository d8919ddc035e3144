import Foundation
import Gzip
import Synchronization
import Truth

/// The files of truth beside a clip, read when somebody wants them: `NAME.clip.json`, and `NAME.truth.jsonl.gz` or
/// `NAME.truth.jsonl`.
final class SharedTruth: Sendable {
    /// What is wrong with the files.
    struct Failure: Error, Equatable, CustomStringConvertible {
        var description: String
    }

    /// Bytes of the lines at the most.
    private static let byteLimit = 1 << 30

    private struct State {
        var sheet: Result<TruthSheet, Failure>?
        var sidecar: Result<TruthSidecar, Failure>?
    }

    /// The clip's file without its extension.
    private let base: String
    private let state = Mutex(State())

    /// - Parameter clip: the file of the clip.
    init(besideClip clip: String) {
        base = URL(filePath: clip).deletingPathExtension().path
    }

    /// What the clip is.
    ///
    /// - Throws: what is missing, and how to make it.
    func sheet() throws(Failure) -> TruthSheet {
        try state.withLock { state in
            let result = state.sheet ?? read { try Self.sheet(base) }
            state.sheet = result
            return result
        }.get()
    }

    /// What is in the clip's frames. The first time, it takes some seconds for a long clip.
    ///
    /// - Throws: what is missing, and how to make it.
    func sidecar() throws(Failure) -> TruthSidecar {
        try state.withLock { state in
            let result =
                state.sidecar ?? read { TruthSidecar(sheet: try Self.sheet(base), frames: try Self.frames(base)) }
            state.sidecar = result
            return result
        }.get()
    }

    /// Whether lines lie beside the clip; they are not read.
    var hasLines: Bool {
        [".truth.jsonl.gz", ".truth.jsonl"].contains { FileManager.default.fileExists(atPath: base + $0) }
    }

    private func read<Value>(_ value: () throws -> Value) -> Result<Value, Failure> {
        do {
            return .success(try value())
        } catch {
            return .failure(
                Failure(
                    description: "the truth of \(base) cannot be read: \(error); glasseye render writes it beside the "
                        + "clip, as NAME.clip.json and NAME.truth.jsonl.gz"))
        }
    }

    private static func sheet(_ base: String) throws -> TruthSheet {
        let sheet = try JSONDecoder().decode(
            TruthSheet.self, from: Data(contentsOf: URL(filePath: base + ".clip.json")))
        guard sheet.width > 0, sheet.height > 0, sheet.position.count == 3, sheet.pose.count == 4 else {
            throw Failure(description: "\(base).clip.json lacks numbers")
        }
        return sheet
    }

    private static func frames(_ base: String) throws -> [TruthFrame] {
        let zipped = base + ".truth.jsonl.gz"
        guard FileManager.default.fileExists(atPath: zipped) else {
            return try TruthLines.frames(of: Data(contentsOf: URL(filePath: base + ".truth.jsonl")))
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: zipped)))
        return try TruthLines.frames(of: Data(try Gzip.decompress(bytes, limit: byteLimit)))
    }
}

/// What is in the frames of a clip.
struct TruthSidecar: Sendable {
    let sheet: TruthSheet
    let frames: [TruthFrame]
}
