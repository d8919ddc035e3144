import Foundation
import Scoring

/// Files of scoring, read for values.
enum ScoreFiles {
    /// Bytes of a file that are read at most: a day of a crowd.
    private static let byteLimit = 4 << 30

    /// - Throws: `ScoreInputError` for what cannot be read.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            throw ScoreInputError(file: path, what: "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var information = stat()
        guard fstat(fileno(file), &information) == 0, information.st_mode & S_IFMT != S_IFDIR else {
            throw ScoreInputError(file: path, what: "is a folder; give a file")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(information.st_size))
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { break }
            bytes.append(contentsOf: piece[..<count])
            guard bytes.count <= byteLimit else {
                throw ScoreInputError(
                    file: path, what: "has more than \(byteLimit) bytes; give the sequences one by one")
            }
        }
        guard ferror(file) == 0 else { throw ScoreInputError(file: path, what: "cannot be read to its end") }
        return bytes
    }

    /// Rows of a MOT text file, no id twice in a frame.
    static func rows(_ path: String, by writer: MOTText.Writer) throws -> [TrackingRow] {
        try MOTText.rows(of: try bytes(path), by: writer, file: path)
    }

    /// - Throws: `ScoreInputError` with the line of an id that a frame has twice.
    static func sequence(truth: String, tracks: String, ignoring: IgnoreRule) throws -> TrackingSequence {
        let (one, other) = (try rows(truth, by: .truth), try rows(tracks, by: .tracker))
        do {
            return try TrackingSequence(truth: one, tracks: other, ignoring: ignoring)
        } catch {
            throw place(of: error, [(truth, one), (tracks, other)])
        }
    }

    /// The line of an id that a frame has twice.
    static func place(of error: RepeatedID, _ files: [(path: String, rows: [TrackingRow])]) -> any Error {
        for (path, rows) in files {
            let same = rows.indices.filter { rows[$0].frame == error.row.frame && rows[$0].id == error.row.id }
            guard same.count > 1 else { continue }
            let line = (try? bytes(path)).map { MOTText.line(ofRow: same[1], in: $0) }
            return ScoreInputError(file: path, line: line, what: error.description)
        }
        return error
    }

    /// Folders `cam1`, `cam2` … in order of their numbers.
    static func cameras(in folder: String) throws -> [MultiCameraScore.Camera] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw ScoreInputError(file: folder, what: "is no folder that can be read")
        }
        let numbers = names.compactMap { name in name.hasPrefix("cam") ? Int(name.dropFirst(3)) : nil }.sorted()
        guard !numbers.isEmpty else {
            throw ScoreInputError(
                file: folder, what: "no cameras; each is a folder cam1, cam2 … with gt.txt and tracker.txt")
        }
        return try numbers.map { number in
            let (truth, tracks) = ("\(folder)/cam\(number)/gt.txt", "\(folder)/cam\(number)/tracker.txt")
            let camera = MultiCameraScore.Camera(
                name: "cam\(number)", truth: try rows(truth, by: .truth), tracks: try rows(tracks, by: .tracker))
            do {
                _ = try MultiCameraScore.sequence(of: [camera])
            } catch let error as RepeatedID {
                throw place(of: error, [(truth, camera.truth), (tracks, camera.tracks)])
            }
            return camera
        }
    }

    /// Whether both files are rows, and nothing beside them tells more of the clip.
    static func isPlain(_ truth: String, _ tracks: String) -> Bool {
        let names = [
            URL(filePath: truth).deletingLastPathComponent().appending(path: "clip.json").path,
            truth.hasSuffix(".gt.txt") ? truth.dropLast(6) + "clip.json" : "",
        ]
        guard !names.contains(where: { FileManager.default.fileExists(atPath: $0) }) else { return false }
        return [truth, tracks].allSatisfy { path in
            guard let file = fopen(path, "rb") else { return true }
            defer { fclose(file) }
            let first = fgetc(file)
            return first != 0x1F && first != 0x7B && first != 0x3C
        }
    }

    static func isPlainCase(_ folder: String) -> Bool {
        guard let files = try? files(ofCase: folder) else { return true }
        return files.truth == folder + "/gt.txt" && isPlain(files.truth, files.tracks)
    }

    /// Truth as `gt.txt` or `truth.jsonl.gz`, answers as `tracker.txt`, `tracker.jsonl` or `metadata.xml`.
    static func files(ofCase folder: String) throws -> (truth: String, tracks: String) {
        func first(_ names: [String]) -> String? {
            names.map { folder + "/" + $0 }.first { FileManager.default.fileExists(atPath: $0) }
        }
        guard let truth = first(["truth.jsonl.gz", "truth.jsonl", "gt.txt"]) else {
            throw ScoreInputError(file: folder, what: "no truth; give gt.txt or truth.jsonl.gz")
        }
        guard let tracks = first(["tracker.txt", "tracker.jsonl", "metadata.xml", "metadata.xml.gz"]) else {
            throw ScoreInputError(file: folder, what: "no answers; give tracker.txt, tracker.jsonl or metadata.xml")
        }
        return (truth, tracks)
    }
}
