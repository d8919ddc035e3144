import ArgumentParser
import Foundation
import Scoring

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

    @Option(help: "Ground truth in MOT text: frame,id,left,top,width,height,flag,class,visibility.")
    var truth: String?

    @Option(help: "What a tracker says, in MOT text: frame,id,left,top,width,height,score.")
    var tracks: String?

    @Option(help: "A folder with cam1, cam2 …, each with gt.txt and tracker.txt, of one clock and common ids.")
    var cameras: String?

    @Option(name: .customLong("case"), help: "A folder with gt.txt and tracker.txt; several are one benchmark.")
    var cases: [String] = []

    @Option(help: "Searches in a gallery: probe,mated,mate,candidates.")
    var openSet: String?

    @Option(help: "1:1 comparisons: genuine,score.")
    var comparisons: String?

    @Option(
        help: ArgumentHelp(
            "Tracker rows that go because they found what nobody asked for: none; flagged, those on rows of flag 0; mot17, "
                + "those on distractors.", valueName: "rule"))
    var ignore = IgnoreRule.none

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        let kinds = [
            truth != nil || tracks != nil, cameras != nil, !cases.isEmpty, openSet != nil || comparisons != nil,
        ]
        guard kinds.count(where: { $0 }) == 1 else {
            throw ValidationError(
                "say what to score: --truth and --tracks, or --cameras, or --case, or --open-set and --comparisons")
        }
        if (truth == nil) != (tracks == nil) { throw ValidationError("--truth and --tracks go together") }
    }

    func run() async throws {
        do {
            try score()
        } catch let error as ScoreInputError {
            throw failure(error)
        }
    }

    private func score() throws {
        if let truth, let tracks {
            let sequence = try ScoreFiles.sequence(truth: truth, tracks: tracks, ignoring: ignore)
            let score = TrackingScore(sequence)
            try show(.object([.init("case", .text(Self.name(truth)))] + score.countMembers + score.scoreMembers)) {
                score.summary
            }
        } else if let cameras {
            let score = try MultiCameraScore(try ScoreFiles.cameras(in: cameras), ignoring: ignore)
            try show(.object([.init("case", .text(Self.name(cameras + "/.")))]).merging(score.json)) {
                score.joined.summary
            }
        } else if !cases.isEmpty {
            try scoreCases()
        } else {
            try scoreOpenSet()
        }
    }

    private func scoreCases() throws {
        var scored = ScoredCases()
        for folder in cases {
            let sequence = try ScoreFiles.sequence(
                truth: folder + "/gt.txt", tracks: folder + "/tracker.txt", ignoring: ignore)
            scored.add(Self.name(folder + "/gt.txt"), TrackingScore(sequence))
        }
        try show(scored.json) { scored.combined.summary }
    }

    private func scoreOpenSet() throws {
        var members: [ScoreDocument.Member] = []
        var words: [String] = []
        if let openSet {
            let probes = try IdentificationProbe.probes(of: try ScoreFiles.bytes(openSet), file: openSet)
            let score = IdentificationScore(probes)
            members.append(.init("case", .text(Self.name(openSet))))
            if case .object(let own) = score.json { members += own }
            words.append(score.summary)
        }
        if let comparisons {
            let score = try VerificationScore(of: try ScoreFiles.bytes(comparisons), file: comparisons)
            members.append(.init("verification", score.json))
            words.append(score.summary)
        }
        try show(.object(members)) { words.joined(separator: "; ") }
    }

    private func show(_ document: ScoreDocument, summary: () -> String) throws {
        print(json ? document.text : summary(), terminator: json ? "" : "\n")
    }

    /// The folder that a file lies in.
    private static func name(_ file: String) -> String {
        URL(filePath: file).deletingLastPathComponent().standardizedFileURL.lastPathComponent
    }
}

extension IgnoreRule: ExpressibleByArgument {}
