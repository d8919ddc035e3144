import Foundation

/// A file in a folder of its own that goes when the test ends.
final class Scratch {
    let folder: URL
    let path: String

    init(_ name: String, _ data: Data? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "glasseye-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: name).path
        if let data { try data.write(to: URL(filePath: path)) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Makes the file from a recording with options of ffmpeg.
    func ffmpeg(_ options: [String], from recording: String = "clock-360p") throws {
        let input = ClipTests.root.appending(path: "Recordings/\(recording).mp4").path
        try Self.run(
            ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", input] + options + [path], in: folder)
    }

    /// Types a command into a shell, in the folder of the file.
    func shell(_ command: String) throws {
        try Self.run(["sh", "-c", command + " </dev/null 2>/dev/null"], in: folder)
    }

    private static func run(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandFailed(arguments: arguments) }
    }

    struct CommandFailed: Error {
        let arguments: [String]
    }
}
