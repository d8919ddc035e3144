import ArgumentParser
import Foundation
import Vision

/// Measures the model of faces on identities that no training has seen.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures the recognition of drawn faces on identities that no training has seen.",
        discussion: """
            Drawn faces from our own renderer only: the figures say nothing about real people. Thresholds are fixed on \
            calibration identities; the false alarms printed are those of the test.
            """)

    @Option(help: "easy, medium or hard; all without.") var tier: String?
    @Option(help: "A model's bytes; the built-in one without.") var model: String?
    @Option(help: "Folder for scores.csv and comparisons.csv of the trained features, by tier.") var out: String?
    @Option(help: "Enrolled identities.") var gallery = 200
    @Option(help: "Identities that are not enrolled.") var strangers = 3000
    @Option(help: "Searches of each enrolled identity.") var passes = 5
    @Option(help: "Pictures of a search.") var sightings = 5
    @Flag(help: "A quarter of all look like others.") var lookAlikes = false
    @Flag(help: "With the hats, masks and other glasses of scenes.") var dressed = false
    @Option(help: "corrected, given or found.") var placing = "corrected"
    @Flag(help: "Only the trained features.") var trainedOnly = false
    @Flag(help: "The model's own thresholds in place of a calibration under these conditions; trained features only.")
    var stored = false

    func validate() throws {
        guard FacePass.Placing(rawValue: placing) != nil else {
            throw ValidationError("--placing \(placing): give corrected, given or found")
        }
        guard tier == nil || FaceTier.all.contains(where: { $0.name == tier }) else {
            throw ValidationError("--tier \(tier ?? ""): give easy, medium or hard")
        }
        guard gallery > 3, strangers > 0, passes > 0, sightings > 0 else {
            throw ValidationError("give at least 4 for --gallery and 1 for the other counts")
        }
    }

    func run() throws {
        let used = try model.map { try FaceModel(bytes: Array(Data(contentsOf: URL(fileURLWithPath: $0)))) } ?? .trained
        print("model \(used.checksum), \(used.bytes.count) bytes; \(sightings) pictures a search, heads \(placing)")
        if let near = overlap { print("too near to each other: seeds \(near.0) and \(near.1)") }
        for tier in FaceTier.all where self.tier == nil || self.tier == tier.name {
            var evaluation = FaceEvaluation(model: used, tier: dressed ? tier.dressed : tier)
            evaluation.gallery = gallery
            evaluation.strangers = strangers
            evaluation.passes = passes
            evaluation.sightings = sightings
            evaluation.lookAlikes = lookAlikes
            evaluation.placing = FacePass.Placing(rawValue: placing) ?? .corrected
            if trainedOnly || stored { evaluation.methods = [.trained] }
            evaluation.usesStoredThresholds = stored
            let results = evaluation.run()
            let gallery = gallery
            print(
                "\(tier.name): gallery \(gallery), mated \(gallery * passes), strangers \(strangers)"
                    + (lookAlikes ? ", a quarter look-alikes" : "") + (dressed ? ", dressed" : ""))
            for method in evaluation.methods {
                guard let result = results[method] else { continue }
                print(Self.line(method.rawValue, result))
                guard method == .trained, let out else { continue }
                let folder = URL(fileURLWithPath: out).appendingPathComponent(tier.name)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(result.scoresText.utf8).write(to: folder.appendingPathComponent("scores.csv"))
                try Data(result.comparisonsText.utf8).write(to: folder.appendingPathComponent("comparisons.csv"))
            }
            print("  chance     rank-1 \(Self.places(1 / Double(gallery)))")
        }
    }

    /// Identities of two roles that are one.
    private var overlap: (UInt64, UInt64)? {
        let plan = FaceTrainingPlan.full
        return FaceRole.overlaps(among: [
            FaceRole.training.identities(plan.identities + plan.placers), FaceRole.gallery.identities(gallery),
            FaceRole.stranger.identities(strangers),
        ]).first
    }

    private static func line(_ name: String, _ result: FaceEvaluation.Result) -> String {
        let (strict, lenient) = (result.strict, result.lenient)
        return "  " + name.padding(toLength: 10, withPad: " ", startingAt: 0)
            + " rank-1 \(places(result.rank1))"
            + "  FNIR@.01 \(places(result.misses(above: strict))) (realised FPIR \(places(result.alarms(above: strict))))"
            + "  FNIR@.1 \(places(result.misses(above: lenient))) (\(places(result.alarms(above: lenient))))"
            + "  FNMR@FMR .01 \(places(result.nonMatches(falseMatches: 0.01)))"
            + " .001 \(places(result.nonMatches(falseMatches: 0.001)))"
            + "  T \(places(Double(strict))) \(places(Double(lenient)))"
    }

    private static func places(_ value: Double) -> String { String(format: "%.4f", value) }
}
