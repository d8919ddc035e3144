import Foundation

/// Somebody who looks at pictures and says what is in them: the reference core in its own process, or one made for a test.
package protocol CoreRunner: Sendable {
    /// - Throws: why there is no answer.
    func run(_ job: CoreJob) async throws -> CoreAnswer
}

/// The reference core in a process of its own, which gets the job and nothing else: no environment, no input, an empty folder.
package struct CoreProcess: CoreRunner {
    /// Seconds after which a core that has not answered is ended.
    package static let timeLimit = 3600.0

    /// The program, which knows `validate core`.
    package let executable: String

    package init(executable: String) {
        self.executable = executable
    }

    package func run(_ job: CoreJob) async throws -> CoreAnswer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "core-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (task, answer) = (folder.appending(path: "job.json"), folder.appending(path: "answer.json"))
        try JSONEncoder().encode(job).write(to: task)
        let command = OneProcessor.command + [executable, "validate", "core", task.path, "--out", answer.path]
        let status = try await ChildProcess.run(
            command[0], Array(command.dropFirst()), in: folder, limit: Self.timeLimit)
        guard status == 0 else { throw CoreProcessError.ended(status: status) }
        do {
            return try JSONDecoder().decode(CoreAnswer.self, from: Data(contentsOf: answer))
        } catch {
            throw CoreProcessError.noAnswer(reason: "\(error)")
        }
    }
}

/// Has a program run on one processor, so that what is measured is one core.
enum OneProcessor {
    private static let taskset = "/usr/bin/taskset"

    /// What goes in front of the program; empty where the system has no `taskset`, and processor time alone must do.
    static var command: [String] {
        guard FileManager.default.isExecutableFile(atPath: taskset), let last else { return [] }
        return [taskset, "-c", last]
    }

    /// The last processor that we may use: the first has most of the system's own work.
    private static var last: String? {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
        return line?.split(whereSeparator: { !$0.isNumber }).last.map(String.init)
    }
}

package enum CoreProcessError: Error, Equatable, CustomStringConvertible {
    case ended(status: Int32)
    case noAnswer(reason: String)

    package var description: String {
        switch self {
        case .ended(let status):
            "the core's process ended with status \(status); what it said stands above"
        case .noAnswer(let reason): "the core's process left no answer: \(reason)"
        }
    }
}

/// Processes that we start and see to their end.
enum ChildProcess {
    /// - Returns: the exit status.
    /// - Throws: why it could not be started.
    static func run(
        _ executable: String, _ arguments: [String], in folder: URL, limit: Double
    ) async throws -> Int32 {
        let process = process(executable, arguments, in: folder)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do {
                    try process.run()
                    DispatchQueue.global().asyncAfter(deadline: .now() + limit) {
                        if process.isRunning { process.terminate() }
                    }
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
    }

    /// Ends a process and waits for it.
    static func end(_ process: Process) {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// One that gets nothing but its arguments; its words go where ours go.
    static func process(_ executable: String, _ arguments: [String], in folder: URL) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        return process
    }
}
