import Foundation
import Worlds

/// Finds scenes by what people call them.
enum SceneFolder {
    private static let recordings = "Recordings"
    private static let file = "scene.yaml"

    /// - Parameters:
    ///   - name: a file, its folder, or the name of a folder in `Recordings`.
    ///   - seed: in place of the scene's own.
    /// - Returns: the scene and its file.
    /// - Throws: `RenderError.noScene`, or what is wrong in the file.
    static func read(_ name: String, seed: UInt64? = nil) throws -> (Scene, String) {
        let files = [name, "\(name)/\(file)", "\(recordings)/\(name)/\(file)"]
        guard let found = files.first(where: isFile) else { throw RenderError.noScene(name: name, known: known) }
        return (try SceneFile(path: found, seed: seed).scene, found)
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    private static var known: [String] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: recordings)) ?? []
        return folders.filter { isFile("\(recordings)/\($0)/\(file)") }.sorted()
    }
}
