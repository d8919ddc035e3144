import ArgumentParser
import Emulator
import Foundation
import Logging
import StreamClient
import Validation

/// The process of an emulated camera whose stream a core looks at.
struct ValidateCamera: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "camera", abstract: "Serve a camera that shows a clip, until it is ended.", shouldDisplay: false)

    /// Seconds after which it ends by itself.
    private static let timeLimit = 7200.0

    @Argument(help: "The pictures.")
    var clip: String

    @Option(help: "Where the addresses go, as JSON.")
    var readyFile: String

    @OptionGroup var credentials: Credentials

    func run() async throws {
        do {
            let fleet = try await Fleet.start(logger: .quiet)
            let ready = try await LiveCameras.serve(
                clip: clip, name: "Camera", folder: URL(filePath: readyFile).deletingLastPathComponent(),
                password: credentials.secret ?? "", in: fleet)
            try JSONEncoder().encode(ready).write(to: URL(filePath: readyFile), options: .atomic)
            // Whoever started it ends it before.
            try await Task.sleep(for: .seconds(Self.timeLimit))
            await fleet.shutDown()
        } catch {
            throw failure("the camera: \(error)")
        }
    }
}

/// The process of the core as a device: plays a stream, looks, and tells what it sees.
struct ValidateDevice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "Look at a stream and tell by a metadata stream what is seen.",
        shouldDisplay: false)

    @Argument(help: "What is to be looked at, as JSON.")
    var job: String

    @Option(help: "Where the address of the metadata goes, as JSON.")
    var readyFile: String

    @Option(help: "Where the cost goes, as JSON.")
    var out: String

    @Option(help: "How long it looks.")
    var seconds: Double

    @OptionGroup var credentials: Credentials

    func run() async throws {
        do {
            let job = try JSONDecoder().decode(CoreJob.self, from: Data(contentsOf: URL(filePath: self.job)))
            let folder = URL(filePath: readyFile).deletingLastPathComponent()
            let (password, outlet) = (credentials.secret ?? "", MetadataOutlet())
            let clip = folder.appending(path: "own.mp4").path
            try LiveCameras.writeOwnClip(to: clip)
            let fleet = try await Fleet.start(logger: .quiet)
            let ready = try await LiveCameras.serve(
                clip: clip, name: "Core", folder: folder, password: password, outlet: outlet, in: fleet)
            try JSONEncoder().encode(ready).write(to: URL(filePath: readyFile), options: .atomic)
            let options = StreamOptions(
                credentials: StreamCredentials(user: LiveCameras.user, password: password))
            let cost = try await LiveCore(job, options: options, outlet: outlet).run(for: .seconds(seconds))
            try JSONEncoder().encode(cost).write(to: URL(filePath: out), options: .atomic)
            await fleet.shutDown()
        } catch {
            throw failure("the core: \(error)")
        }
    }
}

extension Logger {
    /// Tells errors alone.
    fileprivate static var quiet: Logger {
        var logger = Logger(label: "glasseye")
        logger.logLevel = .error
        return logger
    }
}
