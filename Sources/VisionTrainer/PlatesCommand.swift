import ArgumentParser
import Foundation
import Vision

/// Trains the model of plates.
struct PlatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plates", abstract: "Trains the model of plates, or measures one.")

    @Option(help: "Passes to learn from.") var passes = PlateTrainer.usualPasses
    @Option(help: "Passes of vehicles seen from the side.") var sidePasses = PlateTrainer.usualSidePasses
    @Option(help: "Times that the network of the signs sees each sample.") var epochs = PlateTrainer.usualEpochs
    @Option(help: "Where the model goes as Swift, for the core's sources.") var source: String?
    @Option(help: "Measures the core's model on so many passes of each tier instead.") var measure: Int?
    @Option(help: "Measures this tier only: easy, medium, hard, or side for vehicles seen from the side.")
    var tier: String?
    @Flag(help: "Measures on the seeds for tests instead of those for calibration.") var test = false

    func run() throws {
        if let measure {
            try say(measure: measure, use: test ? .test : .calibration)
            return
        }
        let model = try PlateTrainer(passes: passes, sidePasses: sidePasses, epochs: epochs) { step in
            FileHandle.standardError.write(Data((step + "\n").utf8))
        }.train()
        if let source { try Data(Self.swift(model).utf8).write(to: URL(fileURLWithPath: source)) }
        print("\(model.bytes.count) bytes, checksum \(model.checksum)")
    }

    /// Prints each tier as soon as it is measured.
    private func say(measure passes: Int, use: PlateUse) throws {
        let plates = PlateMeasure(.standard)
        for one in PlateTier.all where tier == nil || tier == one.name {
            for line in try plates.lines(one, passes: passes, use: use) { print(line) }
        }
        guard tier == nil || tier == Self.side else { return }
        print(try plates.sideLine(passes: passes, use: use))
    }

    private static let side = "side"

    func validate() throws {
        guard tier == nil || tier == Self.side || PlateTier.all.contains(where: { $0.name == tier }) else {
            throw ValidationError("--tier \(tier ?? ""): give easy, medium, hard or side")
        }
    }

    /// The model as a literal of the core.
    static func swift(_ model: PlateModel) -> String {
        """
        // swift-format-ignore-file
        /// Made by `VisionTrainer plates` from drawn vehicles only.
        enum PlateModelData {
            static let checksum = "\(model.checksum)"
            static let base64 = "\(Data(model.bytes).base64EncodedString())"
        }

        """
    }
}
