import Foundation
import NIOCore
import NIOPosix

/// Debian's mosquitto with a folder and ports of its own; killed when it is let go of.
final class TestBroker {
    /// How long a broker may take to listen, seconds.
    private static let patience: Double = 20
    /// Ports are chosen by the system and may be taken by somebody else meanwhile.
    private static let attempts = 5

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let folder: URL
    let port: Int
    /// Of a listener in the clear, if there is a second one; else as `port`.
    let secondPort: Int
    private let lines: [String]
    private var process: Process?

    /// - Parameters:
    ///   - listener: lines of mosquitto.conf that belong to its listener.
    ///   - settings: further lines.
    ///   - secondListener: whether it listens in the clear beside it.
    /// - Throws: `Failure`, and what the system says.
    init(listener: [String] = [], settings: [String] = [], secondListener: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var failure: any Error = Failure(description: "no attempt")
        for _ in 0..<Self.attempts {
            do {
                let port = try Self.freePort()
                let second = secondListener ? try Self.freePort() : port
                let lines =
                    // It would not write as nobody else where it is started by root.
                    ["user \(NSUserName())"] + settings
                    + (settings.contains { $0.hasPrefix("allow_anonymous") } ? [] : ["allow_anonymous true"])
                    + (secondListener ? ["listener \(second) 127.0.0.1"] : [])
                    + ["listener \(port) 127.0.0.1"] + listener
                let process = try Self.run(lines, folder, port)
                (self.port, self.secondPort, self.lines, self.process) = (port, second, lines, process)
                return
            } catch { failure = error }
        }
        throw failure
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Ends it as a power cut does.
    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Starts it again on its port, with what it kept.
    func restart() throws {
        kill()
        process = try Self.run(lines, folder, port)
    }

    private static func run(_ lines: [String], _ folder: URL, _ port: Int) throws -> Process {
        let file = folder.appending(path: "mosquitto.conf")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/mosquitto")
        process.arguments = ["-c", file.path]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let end = Date() + patience
        while Date() < end {
            guard process.isRunning else { throw Failure(description: "mosquitto ended; see \(file.path)") }
            if let channel = try? ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port).wait()
            {
                try channel.close().wait()
                return process
            }
        }
        process.terminate()
        throw Failure(description: "mosquitto does not listen on port \(port) after \(patience) s")
    }

    private static func freePort() throws -> Int {
        let channel = try ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).wait()
        defer { try? channel.close().wait() }
        guard let port = channel.localAddress?.port else { throw Failure(description: "no port") }
        return port
    }
}

/// A subscriber to everything whose session the broker keeps while it is away.
struct TestSubscriber {
    private let port: Int
    private let identifier = UUID().uuidString

    /// Makes its session, so that nothing is missed from now on.
    ///
    /// - Parameter port: of the broker, in the clear.
    /// - Throws: what the system says.
    init(port: Int) throws {
        self.port = port
        _ = try run(["-E"])
    }

    /// - Parameter count: of messages that are waited for.
    /// - Returns: messages as lines, in their order: quality, retained, topic, payload.
    /// - Throws: what the system says.
    func lines(_ count: Int) throws -> [String] { try run(["-C", "\(count)"]) }

    private func run(_ arguments: [String]) throws -> [String] {
        let process = Process()
        // Ends by itself after a while, so that a test fails rather than waits.
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments =
            ["60", "mosquitto_sub", "-h", "127.0.0.1", "-p", "\(port)", "-t", "#", "-q", "2", "-c", "-i", identifier]
            + ["-F", "%q %r %t %p"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
