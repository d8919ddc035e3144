import Crypto
package import Documents
import Foundation

/// Guard 7: what is measured, fixed before anything was measured.
package struct Commitment: Hashable, Codable, Sendable {
    /// SHA-256, lower-case hexadecimal, of the fleet file and each of its scenes in their order: the digests of the files,
    /// a line each.
    package var digest: String
    /// Whether it is what stands in `COMMITMENT` beside the fleet file; nil where there is none.
    package var isKept: Bool?

    /// - Throws: the first file that cannot be read.
    package init(fleet: String) throws(DocumentError) {
        let plan = try ValidationPlan(path: fleet)
        var files = [fleet]
        for entry in plan.entries where !files.contains(entry.scene) { files.append(entry.scene) }
        var digests: [String] = []
        for file in files {
            digests.append(Self.hexadecimal(SHA256.hash(data: Data(try DocumentNode.text(file).utf8))))
        }
        digest = Self.hexadecimal(SHA256.hash(data: Data(digests.joined(separator: "\n").utf8)))
        let url = URL(filePath: fleet)
        let beside = url.deletingLastPathComponent().appending(path: "COMMITMENT").path
        let name = url.lastPathComponent
        let lines = (try? String(contentsOfFile: beside, encoding: .utf8))?.split(separator: "\n") ?? []
        let line = lines.first { $0.hasSuffix(" \(name)") }
        isKept = line.map { $0.split(separator: " ")[0] == digest[...] }
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { String(format: "%02x", $0) }.joined()
    }
}

extension ValidationPlan {
    /// Nil for what is no fleet file but a scene.
    ///
    /// - Throws: the first file that cannot be read.
    package func commitment(of path: String) throws(DocumentError) -> Commitment? {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let file = isFolder.boolValue ? path + (path.hasSuffix("/") ? "" : "/") + "fleet.yaml" : path
        let isScene = entries.count == 1 && URL(filePath: entries[0].scene).path == URL(filePath: file).path
        guard !isScene, FileManager.default.fileExists(atPath: file) else { return nil }
        return try Commitment(fleet: file)
    }
}
