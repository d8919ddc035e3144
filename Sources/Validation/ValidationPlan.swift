package import Documents
import Foundation
import Worlds
import Yams

/// What is validated: which scenes with which seeds, as a fleet file has it.
package struct ValidationPlan: Sendable {
    package struct Entry: Hashable, Sendable {
        /// The file of the scene.
        package var scene: String
        /// Names of cameras; empty for all of the scene.
        package var cameras: [String]
        package var seeds: [UInt64]
        /// Rate factor of the encoder.
        package var quality: Int
        /// Seconds of the scene; nil for all.
        package var seconds: Double?
        /// The manifest of those whom the core may name; `{seed}` in it stands for the seed.
        package var gallery: String?

        /// The manifest for one seed.
        package func gallery(seed: UInt64) -> String? {
            gallery?.replacingOccurrences(of: "{seed}", with: "\(seed)")
        }
    }

    package var name: String
    package var entries: [Entry]

    static let keys = ["name", "runs"]
    static let entryKeys = ["scene", "cameras", "seeds", "quality", "seconds", "gallery"]
    private static let qualities = 0...51
    private static let seedLimit = Int(UInt32.max)
    /// Rate factor where the file says nothing.
    package static let usualQuality = 23

    package init(name: String, entries: [Entry]) {
        self.name = name
        self.entries = entries
    }

    /// Reads a fleet file, the `fleet.yaml` of a folder, or a scene, which is then the only run.
    ///
    /// - Throws: what is wrong with it, and where.
    package init(path: String) throws(DocumentError) {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists else { throw .noSuchScene(file: path) }
        var file = path
        if isFolder.boolValue {
            let inside = ["fleet.yaml", "scene.yaml"].map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
            guard let found = inside.first(where: FileManager.default.fileExists) else {
                throw .noSuchScene(file: inside[0])
            }
            file = found
        }
        let text = try DocumentNode.text(file)
        guard let root = try DocumentNode.compose(text, file: file) else {
            throw .missingKey(file: file, line: 1, key: "runs", inside: "")
        }
        guard root.mapping?["runs"] != nil else {
            let scene = try SceneFile(text, file: file).scene
            self.init(
                name: scene.name,
                entries: [
                    Entry(scene: file, cameras: [], seeds: [scene.seed], quality: Self.usualQuality, seconds: nil)
                ])
            return
        }
        try self.init(try DocumentNode(root, file: file, name: "", known: Self.keys))
    }

    private init(_ top: DocumentNode) throws(DocumentError) {
        name = try top.string("name")
        entries = []
        let folder = URL(filePath: top.file).deletingLastPathComponent()
        for node in try top.mappings("runs", known: Self.entryKeys) {
            let scene = URL(filePath: try node.string("scene"), relativeTo: folder).standardizedFileURL.path
            var cameras: [String] = []
            if node.has("cameras") { for (name, _) in try node.strings("cameras") { cameras.append(name) } }
            let known = try SceneFile(path: scene).scene.cameras.map(\.name)
            if let strange = cameras.first(where: { !known.contains($0) }) {
                throw .contradiction(
                    file: top.file, line: node.line(of: "cameras"),
                    reason: "the scene has no camera \"\(strange)\"; use \(known.joined(separator: ", "))")
            }
            var seeds: [UInt64] = []
            for (text, line) in try node.strings("seeds") {
                guard let seed = UInt64(text), seed <= UInt64(Self.seedLimit) else {
                    throw .wrongValue(
                        file: top.file, line: line, key: "seeds", value: text,
                        expected: "whole numbers from 0 to \(Self.seedLimit)")
                }
                guard !seeds.contains(seed) else {
                    throw .contradiction(
                        file: top.file, line: line, reason: "the seed \(seed) is given twice; give each once")
                }
                seeds.append(seed)
            }
            let gallery = node.has("gallery") ? try node.string("gallery") : nil
            guard !seeds.isEmpty else { throw node.wrong("seeds", try node.node("seeds"), "at least one seed") }
            entries.append(
                Entry(
                    scene: scene, cameras: cameras, seeds: seeds,
                    quality: try node.integer("quality", in: Self.qualities, otherwise: Self.usualQuality),
                    seconds: node.has("seconds") ? try node.number("seconds", in: 1...600) : nil,
                    gallery: gallery.map { URL(filePath: $0, relativeTo: folder).standardizedFileURL.path }))
        }
        guard !entries.isEmpty else { throw top.wrong("runs", try top.node("runs"), "at least one run") }
    }
}
