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
    private let lines: [String]
    private var process: Process?

    /// - Parameters:
    ///   - listener: lines of mosquitto.conf that belong to its listener.
    ///   - settings: further lines.
    init(listener: [String] = [], settings: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var failure: any Error = Failure(description: "no attempt")
        for _ in 0..<Self.attempts {
            do {
                let port = try Self.freePort()
                let lines =
                    settings + (settings.contains { $0.hasPrefix("allow_anonymous") } ? [] : ["allow_anonymous true"])
                    + ["listener \(port) 127.0.0.1"] + listener
                let process = try Self.run(lines, folder, port)
                (self.port, self.lines, self.process) = (port, lines, process)
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

/// What `mosquitto_sub` gets of a broker, until so many messages have come.
final class TestSubscriber {
    private let process = Process()
    private let output = Pipe()

    /// - Parameters:
    ///   - port: of the broker, in the clear.
    ///   - count: messages after which it ends.
    ///   - arguments: further ones.
    init(port: Int, count: Int, _ arguments: [String] = []) throws {
        process.executableURL = URL(filePath: "/usr/bin/mosquitto_sub")
        // Ends by itself after a while, so that a test fails rather than waits.
        process.arguments =
            ["-h", "127.0.0.1", "-p", "\(port)", "-t", "#", "-C", "\(count)", "-W", "60", "-F", "%q %r %t %p"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// The messages as lines: quality, retained, topic, payload.
    func lines() -> [String] {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
