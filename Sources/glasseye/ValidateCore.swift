import ArgumentParser
import Foundation
import Validation

/// The process of the core: all that it knows stands in its job.
struct ValidateCore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "core", abstract: "Look at the pictures of one job.", shouldDisplay: false)

    @Argument(help: "What is to be looked at, as JSON.")
    var job: String

    @Option(help: "Where the answer goes, as JSON.")
    var out: String

    func run() async throws {
        do {
            let job = try JSONDecoder().decode(CoreJob.self, from: Data(contentsOf: URL(filePath: self.job)))
            let answer = try CoreWorker(job).run()
            try JSONEncoder().encode(answer).write(to: URL(filePath: out), options: .atomic)
        } catch {
            throw failure("the core: \(error)")
        }
    }
}
