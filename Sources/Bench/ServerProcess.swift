public import Foundation

/// Cameras in a process of their own, on one core.
public final class ServerProcess {
    /// How long it may take to listen, seconds.
    private static let patience = 30.0
    /// Between looks for the ready file, seconds.
    private static let pause = 0.02
    /// Keeps a process on a core, and becomes it.
    private static let taskset = "/usr/bin/taskset"

    /// The core that the camera has; the client finds another by itself.
    private static let core = 0

    private let process: Process
    private let folder: URL
    /// The address of the device service of the first camera.
    public let deviceService: String
    /// The streams of all cameras.
    public let streams: [String]

    /// - Parameters:
    ///   - executable: this program.
    ///   - profile: the device profile.
    ///   - cameras: how many there are.
    ///   - password: of the user `admin`.
    /// - Throws: `LoadError`.
    public init(executable: URL, profile: String, cameras: Int = 1, password: String) throws {
        let process = Process()
        let folder = FileManager.default.temporaryDirectory.appending(path: "glasseye-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let ready = folder.appending(path: "ready.json")
        process.executableURL = URL(filePath: Self.taskset)
        process.arguments = [
            "-c", "\(Self.core)", executable.path, "serve", profile, "--http-port", "0", "--rtsp-port", "0",
            "--no-discovery", "--count", "\(cameras)", "--ready-file", ready.path,
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(["GLASSEYE_PASSWORD": password]) { $1 }
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw LoadError(
                description: "\(Self.taskset) cannot run: \(error.localizedDescription); install util-linux")
        }
        let deadline = Date() + Self.patience
        while !FileManager.default.fileExists(atPath: ready.path) {
            guard process.isRunning, Date() < deadline else {
                process.terminate()
                let words =
                    process.isRunning ? "" : String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
                try? FileManager.default.removeItem(at: folder)
                throw LoadError(description: "the camera did not start: \(words.isEmpty ? "no answer" : words)")
            }
            Thread.sleep(forTimeInterval: Self.pause)
        }
        struct Ready: Decodable {
            struct Device: Decodable {
                let deviceService: String
                let streams: [String]
            }
            let devices: [Device]
        }
        let told = try JSONDecoder().decode(Ready.self, from: Data(contentsOf: ready))
        guard let device = told.devices.first else { throw LoadError(description: "the camera told no address") }
        deviceService = device.deviceService
        streams = told.devices.compactMap(\.streams.first)
        self.process = process
        self.folder = folder
    }

    /// CPU time that it has used, seconds.
    public var cpuSeconds: Double {
        ProcessFigures(of: process.processIdentifier)?.cpuSeconds ?? 0
    }

    public var pid: Int32 { process.processIdentifier }

    /// Ends it and waits for it.
    public func end() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
