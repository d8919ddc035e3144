import ArgumentParser
import Foundation
import Vision

/// Makes the constants of the reference core from drawn identities.
@main
struct Trainer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "VisionTrainer", abstract: "Makes the constants of the reference core from drawn identities.",
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, GalleryCommand.self, SheetCommand.self, PlatesCommand.self,
        ])
}

/// Trains the model of faces.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "train", abstract: "Trains the model of faces.")

    @Option(help: "Where the model's bytes go.") var out: String
    @Option(help: "Where it goes as Swift, for the core's sources.") var source: String?

    func run() throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let training = FaceTraining(plan: .full) { step in
            FileHandle.standardError.write(Data("\(clock.now - begin) \(step)\n".utf8))
        }
        let model = try training.run()
        try Data(model.bytes).write(to: URL(fileURLWithPath: out))
        if let source { try Data(Self.swift(model).utf8).write(to: URL(fileURLWithPath: source)) }
        print("\(model.bytes.count) bytes, checksum \(model.checksum)")
    }
}

extension TrainCommand {
    /// The model as a literal of the core.
    static func swift(_ model: FaceModel) -> String {
        """
        // swift-format-ignore-file
        /// Made by `VisionTrainer train` from drawn identities only: seeds from \(model.origin.firstSeed), \
        \(model.origin.identities) identities × \(model.origin.pictures) pictures.
        enum FaceModelData {
            static let checksum = "\(model.checksum)"
            static let base64 = "\(Data(model.bytes).base64EncodedString())"
        }

        """
    }
}
