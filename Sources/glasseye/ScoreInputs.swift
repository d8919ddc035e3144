import Foundation
import Gzip
import Metadata
import Scoring
import Truth

/// Truth and answers in any of their forms, told by their first signs.
struct ScoreInputs {
    /// Bytes that a compressed file may hold.
    private static let inflatedLimit = 2 << 30

    var source: String?
    var identifiers: MetadataRecording.Identifiers
    var kinds: Set<Int> = []
    var clip: String?
    /// What was done on the way, for people.
    private(set) var notes: [String] = []

    init(source: String?, identifiers: MetadataRecording.Identifiers) {
        self.source = source
        self.identifiers = identifiers
    }

    /// The forms of files.
    private enum Form { case rows, lines, metadata }

    /// Truth as MOT text or truth lines; answers as MOT text, tracker lines or metadata.
    mutating func input(truth: String, tracks: String, name: String) throws -> ClipInput {
        var input = ClipInput(name: name, truth: [], tracks: [])
        input.sheet = try sheet(beside: truth)
        try take(truth: truth, into: &input)
        let (bytes, form) = try Self.content(tracks)
        switch form {
        case .rows: input.tracks = try MOTText.rows(of: bytes, by: .tracker, file: tracks)
        case .lines: take(try TrackerLines.frames(of: bytes, file: tracks), into: &input)
        case .metadata:
            let reports: [MetadataFrame]
            do {
                reports = try MetadataParser.frames(of: bytes)
            } catch {
                throw ScoreInputError(file: tracks, what: "\(error)")
            }
            try take(reports, arrivals: [], file: tracks, into: &input)
        }
        finish(&input)
        return input
    }

    /// Truth, and reports that came from a stream.
    mutating func input(
        truth: String, reports: [MetadataFrame], arrivals: [Double], address: String, name: String
    ) throws -> ClipInput {
        var input = ClipInput(name: name, truth: [], tracks: [])
        input.sheet = try sheet(beside: truth)
        try take(truth: truth, into: &input)
        guard let sheet = input.sheet else {
            throw ScoreInputError(
                file: truth, what: "a stream needs the clip's rate and size; give its clip.json with --clip")
        }
        guard let live = LiveClip(reports, truth: input.truth, of: sheet), let last = reports.map(\.utc).max() else {
            throw ScoreInputError(file: address, what: "no boxes came, so that the place in the clip cannot be found")
        }
        let (long, rows, isScored) = live.unrolled(truth: input.truth, last: last)
        (input.sheet, input.truth, input.truthFrames) = (long, rows, nil)
        notes.append(
            "The stream began at frame \(live.place + 1) of the clip: there its boxes share \(live.overlap.inThousandths) "
                + "with the truth, elsewhere at most \(live.secondOverlap.inThousandths). Each round counts for itself."
        )
        try take(reports, arrivals: arrivals, file: address, into: &input)
        input.truth.removeAll { !isScored($0.frame) }
        input.tracks.removeAll { !isScored($0.frame) }
        finish(&input)
        return input
    }

    private mutating func take(truth: String, into input: inout ClipInput) throws {
        let (bytes, form) = try Self.content(truth)
        switch form {
        case .rows: input.truth = try MOTText.rows(of: bytes, by: .truth, file: truth)
        case .lines:
            do {
                let frames = try TruthLines.frames(of: Data(bytes))
                input.truthFrames = frames
                input.truth = TrackingRow.rows(of: frames)
            } catch {
                throw ScoreInputError(file: truth, line: error.line, what: error.what)
            }
        case .metadata:
            throw ScoreInputError(
                file: truth, what: "metadata is no truth here; give NAME.truth.jsonl.gz or NAME.gt.txt")
        }
    }

    private func take(_ frames: [AnalyticsFrame], into input: inout ClipInput) {
        input.found = frames
        input.tracks = frames.flatMap(\.rows)
    }

    private mutating func take(
        _ reports: [MetadataFrame], arrivals: [Double], file: String, into input: inout ClipInput
    ) throws {
        guard let sheet = input.sheet else {
            throw ScoreInputError(
                file: file, what: "metadata needs the clip's utc, rate and size; give its clip.json with --clip")
        }
        let recording = try MetadataRecording(
            reports, of: sheet, source: source, identifiers: identifiers, arrivals: arrivals, file: file)
        take(recording.frames, into: &input)
        input.timing = recording.timing
        input.keepReportedFrames()
        notes.append(
            "Metadata of \(recording.source.map { "source \($0)" } ?? "no named source"): \(recording.frames.count) of "
                + "\(sheet.frames) pictures are reported on, and only these are scored; \(recording.timing.astray) "
                + "reports lead to no picture; the moments lie \((recording.offset * 1000).inThousandths) ms behind "
                + "those of the pictures, which was not corrected.")
        notes.append(
            identifiers == .asStreamed
                ? "Ids are taken as they were streamed." : "Renames are applied to what was streamed before them.")
    }

    private mutating func finish(_ input: inout ClipInput) {
        if !kinds.isEmpty { input.keep(kinds: kinds) }
        if let range = input.cut() {
            notes.append("\(input.name): frames \(range.lowerBound) to \(range.upperBound) count, as the clip says.")
        }
    }

    /// `NAME.clip.json` of `NAME.gt.txt` or `NAME.truth.jsonl.gz`, or the one that was given.
    private func sheet(beside truth: String) throws -> TruthSheet? {
        var path = clip
        if path == nil {
            let ends = [".gt.txt", ".truth.jsonl.gz", ".truth.jsonl"]
            if let end = ends.first(where: truth.hasSuffix) {
                path = String(truth.dropLast(end.count)) + ".clip.json"
            } else {
                path = URL(filePath: truth).deletingLastPathComponent().appending(path: "clip.json").path
            }
            if let found = path, !FileManager.default.fileExists(atPath: found) { return nil }
        }
        guard let path else { return nil }
        do {
            return try JSONDecoder().decode(TruthSheet.self, from: Data(try ScoreFiles.bytes(path)))
        } catch is DecodingError {
            throw ScoreInputError(file: path, what: "is no clip.json of glasseye render")
        }
    }

    /// Unpacked bytes, and what they are.
    private static func content(_ path: String) throws -> ([UInt8], Form) {
        var bytes = try ScoreFiles.bytes(path)
        if bytes.starts(with: [0x1F, 0x8B]) {
            do {
                bytes = try Gzip.decompress(bytes, limit: inflatedLimit)
            } catch {
                throw ScoreInputError(file: path, what: "is damaged, or holds more than \(inflatedLimit) bytes")
            }
        }
        let start = bytes.first { $0 > 0x20 && $0 < 0x80 }
        return (bytes, start == UInt8(ascii: "{") ? .lines : start == UInt8(ascii: "<") ? .metadata : .rows)
    }

    /// Events of `NAME.events.jsonl`, those that rules tell of.
    static func events(_ path: String) throws -> [EventScore.Event] {
        let events: [TruthEvent]
        do {
            events = try TruthLines.events(of: Data(try ScoreFiles.bytes(path)))
        } catch let error as TruthTextError {
            throw ScoreInputError(file: path, line: error.line, what: error.what)
        }
        return events.filter { $0.kind != .count && $0.kind != .sound }.map { event in
            EventScore.Event(
                rule: "\(event.kind.rawValue) \(event.name)", direction: event.kind == .lineCrossed ? event.value : nil,
                time: event.time)
        }
    }
}
