public import ArgumentParser
import Foundation
import Scoring
public import Truth

struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Score analytics against truth.",
        discussion: """
            Tracking of one sequence (--truth, --tracks), of several cameras with common ids (--cameras), of several \
            sequences as one benchmark (--case, repeated), or open-set identification (--open-set, --comparisons). \
            docs/scoring.md has the files, the rules and the keys of the JSON.

            Exit codes: 0 scored, 1 less than --require asks for, 2 something cannot be read, 64 wrong usage.
            """)

    @Option(help: "Ground truth: MOT text (NAME.gt.txt), or truth lines (NAME.truth.jsonl.gz).")
    var truth: String?

    @Option(help: "What a tracker says: MOT text, tracker lines (JSON), or recorded ONVIF metadata; also with gzip.")
    var tracks: String?

    @Option(help: "A metadata stream (rtsp://…) instead of --tracks, watched for --seconds.")
    var stream: String?

    @Option(help: "How long the stream is watched.")
    var seconds = 30.0

    @OptionGroup var credentials: Credentials

    @Option(help: "A folder with cam1, cam2 …, each with gt.txt and tracker.txt, of one clock and common ids.")
    var cameras: String?

    @Option(name: .customLong("case"), help: "A folder with gt.txt and tracker.txt; several are one benchmark.")
    var cases: [String] = []

    @Option(help: "Searches in a gallery: probe,mated,mate,candidates.")
    var openSet: String?

    @Option(help: "1:1 comparisons: genuine,score.")
    var comparisons: String?

    @Option(help: "Events that happened (NAME.events.jsonl), with --found-events.")
    var events: String?

    @Option(help: "Events that were told, in the same form.")
    var foundEvents: String?

    @Option(help: "The clip.json of the truth; found by itself beside NAME.gt.txt or NAME.truth.jsonl.gz.")
    var clip: String?

    @Option(
        help: ArgumentHelp(
            "Tracker rows that go because they found what nobody asked for: none; flagged, those on rows of flag 0; mot17, "
                + "those on distractors. flagged with a clip.json, else none.", valueName: "rule"))
    var ignore: IgnoreRule?

    @Option(name: .customLong("class"), help: "Only objects of this class: Human, Vehicle, Bag …; may be repeated.")
    var classes: [TruthClass] = []

    @Option(help: "Whose frames of the metadata count, where several producers report.")
    var source: String?

    @Flag(help: "Let renames of ids hold for what was streamed before them.")
    var renamesApplied = false

    @Option(help: ArgumentHelp("A condition of a case, for the report; may be repeated.", valueName: "case:word"))
    var label: [String] = []

    @Option(help: "Seed of the intervals.")
    var seed: UInt64 = 1

    @OptionGroup var output: ScoreOutput

    func validate() throws {
        let kinds = [
            truth != nil || tracks != nil || stream != nil, cameras != nil, !cases.isEmpty,
            openSet != nil || comparisons != nil, events != nil && truth == nil,
        ]
        guard kinds.count(where: { $0 }) == 1 else {
            throw ValidationError(
                "say what to score: --truth and --tracks, or --cameras, or --case, or --open-set and --comparisons")
        }
        if (truth == nil) != (tracks == nil && stream == nil) {
            throw ValidationError("--truth goes with --tracks or --stream")
        }
        if tracks != nil, stream != nil { throw ValidationError("give --tracks or --stream, not both") }
        if (events == nil) != (foundEvents == nil) { throw ValidationError("--events and --found-events go together") }
        guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds is more than 0, a day at most") }
        guard label.allSatisfy({ $0.contains(":") }) else { throw ValidationError("write --label CASE:WORD") }
        try output.validateRequirements()
    }

    func run() async throws {
        do {
            if output.isPlain, events == nil, try scorePlainly() { return }
            try output.write(try await report())
        } catch let error as ScoreInputError {
            throw failure(error)
        }
    }

    /// Rows alone, without what takes longer: intervals, curves, drawings.
    ///
    /// - Returns: false where the files are not only rows.
    private func scorePlainly() throws -> Bool {
        if let cameras {
            let score = try MultiCameraScore(try ScoreFiles.cameras(in: cameras), ignoring: ignore ?? .none)
            try output.show(
                .object([.init("case", .text(Self.folder(cameras)))]).merging(score.json), score.joined,
                score.joined.summary)
        } else if !cases.isEmpty, cases.allSatisfy({ ScoreFiles.isPlainCase($0) }) {
            var scored = ScoredCases()
            for folder in cases {
                let sequence = try ScoreFiles.sequence(
                    truth: folder + "/gt.txt", tracks: folder + "/tracker.txt", ignoring: ignore ?? .none)
                scored.add(Self.folder(folder), TrackingScore(sequence))
            }
            try output.show(scored.json, scored.combined, scored.combined.summary)
        } else if let truth, let tracks, classes.isEmpty, clip == nil, ScoreFiles.isPlain(truth, tracks) {
            let score = TrackingScore(
                try ScoreFiles.sequence(truth: truth, tracks: tracks, ignoring: ignore ?? .none))
            try output.show(
                .object([.init("case", .text(Self.parent(truth)))]).merging(score.json), score, score.summary)
        } else if openSet != nil || comparisons != nil {
            let report = try openSetReport()
            var document = ScoreDocument.object(openSet.map { [.init("case", .text(Self.parent($0)))] } ?? [])
            if let identification = report.identification { document = document.merging(identification.json) }
            if let verification = report.verification {
                document = document.merging(.object([.init("verification", verification.json)]))
            }
            try output.show(document, nil, report.summary)
        } else {
            return false
        }
        return true
    }

    private func openSetReport() throws -> ScoreReport {
        var report = ScoreReport(title: (openSet ?? comparisons).map(Self.parent) ?? "")
        if let openSet {
            report.identification = IdentificationScore(
                try IdentificationProbe.probes(of: try ScoreFiles.bytes(openSet), file: openSet))
        }
        if let comparisons {
            report.verification = try VerificationScore(of: try ScoreFiles.bytes(comparisons), file: comparisons)
        }
        report.notes = [
            "A candidate counts when its likeness is above the threshold. FPIR 0.01 needs "
                + "\(IdentificationScore.strangersForHundredth) strangers, 0.1 needs "
                + "\(IdentificationScore.strangersForTenth); with fewer it is not resolvable."
        ]
        return report
    }

    private func report() async throws -> ScoreReport {
        guard openSet == nil, comparisons == nil else { return try openSetReport() }
        var inputs = ScoreInputs(
            source: source, identifiers: renamesApplied ? .renamesApplied : .asStreamed)
        inputs.kinds = Set(classes.map(\.motNumber))
        inputs.clip = clip
        var clips: [ClipInput] = []
        var report = ScoreReport(title: "")
        report.bootstrap = Bootstrap(seed: seed)
        if let truth, let stream {
            let heard = try await ScoreStream(url: stream, seconds: seconds, credentials: credentials).listen()
            clips.append(
                try inputs.input(
                    truth: truth, reports: heard.frames, arrivals: heard.arrivals, address: heard.address,
                    name: Self.title(truth)))
        } else if let truth, let tracks {
            clips.append(try inputs.input(truth: truth, tracks: tracks, name: Self.title(truth)))
        } else if let cameras {
            let all = try ScoreFiles.cameras(in: cameras)
            report.joined = try MultiCameraScore(all, ignoring: ignore ?? .none).joined
            clips = all.map { ClipInput(name: $0.name, truth: $0.truth, tracks: $0.tracks) }
        } else {
            for folder in cases {
                let (truth, tracks) = try ScoreFiles.files(ofCase: folder)
                clips.append(try inputs.input(truth: truth, tracks: tracks, name: Self.folder(folder)))
            }
        }
        for place in clips.indices {
            clips[place].labels = label.filter { $0.hasPrefix(clips[place].name + ":") }
                .map { String($0.dropFirst(clips[place].name.count + 1)) }
            let rule = ignore ?? (clips[place].sheet == nil ? .none : .flagged)
            do {
                report.clips.append(try ClipScore(clips[place], ignoring: rule, bootstrap: report.bootstrap))
            } catch {
                throw ScoreInputError(file: clips[place].name, what: "\(error)")
            }
        }
        if let events, let foundEvents {
            report.events = EventScore(
                truth: try ScoreInputs.events(events), found: try ScoreInputs.events(foundEvents))
        }
        report.title =
            clips.count == 1
            ? clips[0].name : cameras.map(Self.folder) ?? (clips.isEmpty ? "events" : "\(clips.count) cases")
        report.notes = inputs.notes + notes(report)
        return report
    }

    private func notes(_ report: ScoreReport) -> [String] {
        let share = report.clips.map(\.ignoredShare).max() ?? 0
        return [
            "Tracker rows on truth that nobody asks for: rule \(ignore?.rawValue ?? "flagged with a clip.json, else none"); "
                + "at most \(share.inThousandths) of the truth's rows of a clip are not asked for.",
            "Intervals hold 95 %: by track within a clip, by scene over at least \(Bootstrap.leastScenes); seed \(seed), "
                + "\(report.bootstrap.repetitions) samples.",
            "Drawn subjects in drawn scenes: the figures say nothing about people.",
        ]
    }

    private static func parent(_ file: String) -> String {
        URL(filePath: file).deletingLastPathComponent().standardizedFileURL.lastPathComponent
    }

    private static func folder(_ path: String) -> String { URL(filePath: path).standardizedFileURL.lastPathComponent }

    /// `plaza/north` of `…/plaza/north.gt.txt`.
    private static func title(_ file: String) -> String {
        let name = URL(filePath: file).lastPathComponent.prefix { $0 != "." }
        return name == "gt" ? parent(file) : "\(parent(file))/\(name)"
    }
}

extension IgnoreRule: ExpressibleByArgument {}
extension TruthClass: ExpressibleByArgument {}
