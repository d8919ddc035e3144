import ArgumentParser
import Conformance
import Foundation

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Put the reports of several runs together.",
        discussion: "Exit codes: 0 no case failed, 1 a case failed, 2 a report cannot be read or written.")

    @Argument(
        help: "JSON reports that `glasseye test --json` or this command wrote.", completion: .file(extensions: ["json"])
    )
    var files: [String]

    @OptionGroup var output: ReportFiles

    func run() throws {
        var reports: [Report] = []
        for file in files {
            do {
                reports += try FleetReport(json: try Data(contentsOf: URL(filePath: file))).reports
            } catch is DecodingError {
                throw failure("\(file): no report of glasseye test; give the file that its --json wrote")
            } catch {
                throw failure("\(file): cannot be read: \(error.localizedDescription)")
            }
        }
        let fleet = FleetReport(reports)
        try output.write(fleet)
        if !output.isOnStandardOutput { Self.show(fleet) }
        if fleet.count("fail") > 0 { throw ExitCode.negative }
    }

    /// A row a device, and the sum.
    private static func show(_ fleet: FleetReport) {
        let words = ["pass", "fail", "not applicable", "inconclusive"]
        var rows = fleet.reports.map { report in
            [report.title, report.device.address] + words.map { String(report.count($0)) }
                + ["\((report.seconds * 10).rounded() / 10) s"]
        }
        let seconds = fleet.reports.map(\.seconds).reduce(0, +)
        rows.append(
            ["all", ""] + words.map { String(fleet.count($0)) } + ["\((seconds * 10).rounded() / 10) s"])
        print(Table(columns: ["device", "address"] + words + ["time"]).text(rows))
    }
}

/// Where reports go, alike for all commands that write them.
struct ReportFiles: ParsableArguments {
    @Option(help: "Write a JUnit report to this file.")
    var junit: String?

    @Option(help: "Write a self-contained HTML report to this file.")
    var html: String?

    @Option(help: "Write a JSON report to this file; - for standard output.")
    var json: String?

    /// Then nothing else may be printed there.
    var isOnStandardOutput: Bool { json == "-" }

    func write(_ fleet: FleetReport) throws {
        do {
            if let junit { try Data(fleet.junit().utf8).write(to: try prepared(junit)) }
            if let html { try Data(try fleet.html().utf8).write(to: try prepared(html)) }
            guard let json else { return }
            let data = fleet.reports.count == 1 ? try fleet.reports[0].json() : try fleet.json()
            if isOnStandardOutput {
                print(String(decoding: data, as: UTF8.self))
            } else {
                try data.write(to: try prepared(json))
            }
        } catch {
            throw failure(
                "the report cannot be written: \(error.localizedDescription); give a path that can be written")
        }
    }

    /// The file's address, its folder made.
    private func prepared(_ path: String) throws -> URL {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        return url
    }
}
