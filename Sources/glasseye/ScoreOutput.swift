import ArgumentParser
import Foundation
import Scoring

/// Where scores go, and how good they have to be.
struct ScoreOutput: ParsableArguments {
    /// Figures that may be asked for.
    private static let names = ["HOTA", "DetA", "AssA", "MOTA", "MOTP", "IDF1", "Recall", "Precision"]

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "With intervals, detection, counting and more in the JSON.")
    var detail = false

    @Option(help: "Write a self-contained HTML report to this file.")
    var html: String?

    @Option(help: "Write the JSON with all details to this file.")
    var out: String?

    @Option(
        help: ArgumentHelp(
            "The least that a figure may be, such as HOTA=0.5, or exit code 1; may be repeated.",
            valueName: "name=value"))
    var require: [String] = []

    /// Whether rows alone are enough.
    var isPlain: Bool { html == nil && out == nil && !detail }

    func validateRequirements() throws { _ = try requirements() }

    private func requirements() throws -> [(name: String, least: Double)] {
        try require.map { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, Self.names.contains(String(parts[0])), let least = Double(parts[1]),
                least.isFinite
            else {
                throw ValidationError(
                    "--require \(text): write NAME=VALUE with one of \(Self.names.joined(separator: ", "))")
            }
            return (String(parts[0]), least)
        }
    }

    /// - Throws: `ExitCode.negative` where a figure is less than was asked for.
    func show(_ document: ScoreDocument, _ score: TrackingScore?, _ summary: String) throws {
        print(json ? document.text : summary + "\n", terminator: "")
        for (name, least) in try requirements() {
            guard let score else {
                throw failure("--require \(name): there is no tracking to score; leave it out")
            }
            let found = Self.figure(name, of: score)
            if found < least {
                FileHandle.standardError.write(
                    Data("glasseye: \(name) is \(found); at least \(least) is asked for\n".utf8))
                throw ExitCode.negative
            }
        }
    }

    func write(_ report: ScoreReport) throws {
        let document = report.json
        do {
            if let html { try Data(try report.html().utf8).write(to: URL(filePath: html)) }
            if let out { try Data(document.text.utf8).write(to: URL(filePath: out)) }
        } catch {
            throw failure(
                "the report cannot be written: \(error.localizedDescription); give a path that can be written")
        }
        try show(document, report.whole, report.summary)
    }

    private static func figure(_ name: String, of score: TrackingScore) -> Double {
        switch name {
        case "HOTA": score.hota.hota
        case "DetA": score.hota.mean(\.detA)
        case "AssA": score.hota.mean(\.assA)
        case "MOTA": score.clear.mota
        case "MOTP": score.clear.motp
        case "IDF1": score.identity.idf1
        case "Recall": score.clear.recall
        default: score.clear.precision
        }
    }
}
