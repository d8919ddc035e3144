import ArgumentParser
import Foundation
import Validation
import Worlds

struct ValidateRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Validate the reference core on a fleet of drawn cameras.",
        discussion: """
            FLEET is a file such as Recordings/tiers/fleet.yaml, a folder with a fleet.yaml, or a scene. For each seed the \
            scene is drawn as its cameras see it, the reference core looks at the pictures in a process of its own, and only \
            then truth is made and the answer scored. docs/validation.md tells what stands in the report.

            Exit codes: 0 every must is met, 1 something is missed or a canary died, 2 it could not run, 64 wrong usage.
            """)

    @Argument(help: "What is validated: a fleet file, its folder, or a scene.", completion: .file(extensions: ["yaml"]))
    var fleet: String?

    @Option(name: .shortAndLong, help: "Folder for report.json and report.html; made where it is missing.")
    var out = "validation"

    @Flag(
        help:
            "Have the core look at files as fast as it can, instead of at the streams of cameras in real time; also tells its speed."
    )
    var offline = false

    @Flag(help: "Also run the five canaries and the shift of style; alone where no FLEET is given.")
    var canaries = false

    @Option(help: "The scene of the canaries, a template of many.", completion: .file(extensions: ["yaml"]))
    var canaryScene = "Recordings/tiers/easy.yaml"

    @Option(help: "The scene whose people change faces.", completion: .file(extensions: ["yaml"]))
    var faceScene = "Recordings/entrance/scene.yaml"

    @Option(
        help: "Manifest of the drawn people of that scene, whom the core may name.",
        completion: .file(extensions: ["json"]))
    var faceGallery: String?

    @Option(
        help: ArgumentHelp(
            "Only these seeds of each run, separated by commas; the report tells that it is a part.", valueName: "N,N"))
    var seeds: String?

    @Option(help: "Only so many seconds of each scene.")
    var seconds: Double?

    @Flag(inversion: .prefixedNo, help: "Run what needs no skill on the first seed of each scene.")
    var baselines = true

    @Flag(help: "Print the report as JSON, too.")
    var json = false

    func validate() throws {
        guard fleet != nil || canaries else {
            throw ArgumentParser.ValidationError(
                "say what is validated: a FLEET such as Recordings/tiers, or --canaries")
        }
        if let seconds, !(1...600).contains(seconds) {
            throw ArgumentParser.ValidationError("--seconds is \(seconds); give 1 to 600")
        }
        guard chosenSeeds?.isEmpty != true else {
            throw ArgumentParser.ValidationError("--seeds is \(seeds ?? ""); give whole numbers such as 101,102")
        }
    }

    private var chosenSeeds: [UInt64]? {
        guard let seeds else { return nil }
        let parts = seeds.split(separator: ",").map { UInt64($0.trimmingCharacters(in: .whitespaces)) }
        return parts.contains(nil) ? [] : parts.compactMap(\.self)
    }

    func run() async throws {
        let progress = StandardErrorLine()
        let report: ValidationReport
        do {
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            report = try await validated { progress.show($0) }
            progress.clear()
            try write(report)
        } catch {
            progress.clear()
            throw failure("\(error)")
        }
        if json {
            print(String(decoding: try report.json, as: UTF8.self))
        } else {
            show(report)
        }
        if !report.isGood { throw ExitCode.negative }
    }

    private func validated(_ progress: @escaping @Sendable (String) -> Void) async throws -> ValidationReport {
        let core = CoreProcess(executable: Bundle.main.executablePath ?? CommandLine.arguments[0])
        var plan = try fleet.map { try ValidationPlan(path: $0) }
        if let chosenSeeds {
            for index in plan?.entries.indices ?? 0..<0 {
                plan?.entries[index].seeds.removeAll { !chosenSeeds.contains($0) }
            }
            plan?.entries.removeAll { $0.seeds.isEmpty }
            if let plan, plan.entries.isEmpty { throw Validation.ValidationError.noSeeds(plan: plan.name) }
        }
        if let seconds { for index in plan?.entries.indices ?? 0..<0 { plan?.entries[index].seconds = seconds } }
        let isPart = chosenSeeds != nil || seconds != nil
        var report = ValidationReport(
            name: (plan?.name ?? "canaries") + (isPart ? " (a part)" : ""), way: offline ? "offline" : "live")
        if let plan, let fleet {
            report.commitment = try plan.commitment(of: fleet)
            var validator = Validator(plan)
            validator.hasBaselines = baselines
            let live: @Sendable (Double) -> any CoreRunner = {
                LiveRunner(executable: core.executable, preRoll: $0)
            }
            let isOffline = offline
            try await validator.run(
                { isOffline ? core as any CoreRunner : live($0) }, into: &report, progress: progress)
        }
        if canaries {
            let (scene, faces) = (canaryScene, faceScene)
            let gallery = faceGallery.map { URL(filePath: $0).path }
            let run = CanaryRun(seed: 1, otherSeed: 2, faces: { try SceneFile(path: faces).scene }, gallery: gallery) {
                seed in
                try SceneFile(path: scene, seed: seed).scene
            }
            (report.canaries, report.style) = try await run.run(core, progress: progress)
        }
        return report
    }

    private func write(_ report: ValidationReport) throws {
        let folder = URL(filePath: out)
        try report.json.write(to: folder.appending(path: "report.json"), options: .atomic)
        try Data(report.html().utf8).write(to: folder.appending(path: "report.html"), options: .atomic)
    }

    private func show(_ report: ValidationReport) {
        for group in report.groups {
            print("\n\(group.scene) (\(group.tier.rawValue))\n")
            let rows = group.rows.filter { $0.must != nil }.map { row in
                let isBytes = row.name.hasSuffix("bytes")
                func text(_ value: Double) -> String {
                    isBytes ? "\(Int(value / 1_048_576)) MB" : String(format: "%.3f", value)
                }
                return [
                    row.name.replacingOccurrences(of: ", bytes", with: ""), text(row.mean), text(row.worst),
                    row.must.map(text) ?? "", row.isMet == true ? "met" : "missed",
                    row.isReached == true ? "reached" : "",
                ]
            }
            print(Table(columns: ["figure", "mean", "worst", "must", "", ""]).text(rows))
        }
        if !report.canaries.isEmpty {
            print("")
            print(
                Table(columns: ["canary", "", "found"]).text(
                    report.canaries.map { [$0.kind.rawValue, $0.verdict.rawValue, $0.found] }))
        }
        let unjudged = report.canaries.filter { $0.verdict == .notJudged }
        if !unjudged.isEmpty {
            let names = unjudged.map(\.kind.rawValue).joined(separator: ", ")
            print("\nNOT JUDGED: \(names). That is no success; for faces give --face-gallery (docs/validation.md).")
        }
        if let style = report.style {
            print(
                String(
                    format: "\nother style: HOTA %.3f instead of %.3f: %@", style.restyled, style.usual,
                    style.isSmall ? "good" : "too much is lost"))
        }
        print("\n\(out)/report.html")
    }
}
