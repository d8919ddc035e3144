import ArgumentParser
import Dispatch
import Emulator
import Foundation
import Logging

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve emulated cameras until Ctrl-C or SIGTERM.",
        discussion: """
            Each profile file becomes a camera. With more than one camera the ports count up from the ones given; \
            port 0 takes free ones.
            """)

    @Argument(help: "Device profiles (YAML), such as Profiles/ptz-dome.yaml.", completion: .file(extensions: ["yaml"]))
    var profiles: [String]

    @Option(help: "Address to listen on; 0.0.0.0 for all of IPv4, :: for all of both families.")
    var address = "127.0.0.1"

    @Option(help: "Port of the web services; 0 for a free one.")
    var httpPort = 8080

    @Option(help: "Port of the streams; 0 for a free one.")
    var rtspPort = 8554

    @Option(
        help: "Port of the web services over TLS, with a self-signed certificate; 0 for a free one. Off without it.")
    var httpsPort: Int?

    @Option(
        help:
            "Port of the streams over TLS while the web services are served over TLS; 0 for a free one. Off without it."
    )
    var rtspsPort: Int?

    @OptionGroup var credentials: Credentials

    @Option(help: "Cameras to make from each profile.")
    var count = 1

    @Option(
        help:
            "A clip of your own (see Recordings/README.md) instead of the recordings of the (first) video source; repeat for more sizes."
    )
    var recording: [String] = []

    @Option(
        help:
            "Folder in which the cameras keep over restarts what clients set, users included; made where it is missing.",
        completion: .directory)
    var state: String?

    @Option(help: "Write the addresses as JSON to this file once every port listens; it is removed at the end.")
    var readyFile: String?

    @Flag(inversion: .prefixedNo, help: "Answer WS-Discovery.")
    var discovery = true

    @Option(help: "Port of WS-Discovery; 3702 is the standard's.")
    var discoveryPort = Fleet.standardDiscoveryPort

    @Option(help: "Seed a named non-conformity, to see a test notice it.")
    var mutant: String?

    @Option(
        help:
            "A script of faults (YAML) for the wire of all cameras, such as Profiles/faults/bad-network.yaml, in place of their own.",
        completion: .file(extensions: ["yaml"]))
    var faults: String?

    @Flag(help: "Print, as Markdown, what the profiles make of each operation of the standard, and serve nothing.")
    var operations = false

    @Flag(help: "Only check the profiles and say what is wrong, where, and how to mend it; no port is opened.")
    var check = false

    @Flag(help: "Print the addresses, or what the check found, as JSON.")
    var json = false

    @Flag(help: "Log what happens, on standard error.")
    var verbose = false

    func validate() throws {
        let last = profiles.count * max(1, count) - 1
        for (name, port) in [
            ("--http-port", httpPort), ("--rtsp-port", rtspPort), ("--https-port", httpsPort ?? 0),
            ("--rtsps-port", rtspsPort ?? 0),
        ] {
            guard (0...65535).contains(port), port == 0 || port + last <= 65535 else {
                throw ValidationError("\(name) is \(port); give 0 or a port from 1 to \(65535 - last)")
            }
        }
        guard (1...Self.cameraLimit).contains(count) else {
            throw ValidationError("--count is \(count); give 1 to \(Self.cameraLimit)")
        }
    }

    /// The most cameras of one profile that one process serves.
    private static let cameraLimit = 10_000

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = verbose ? .debug : .warning
            return handler
        }
        if check {
            let found = ProfileCheck(files: profiles, recordings: recording, faults: faults)
            found.show(asJSON: json)
            fflush(nil)
            throw found.exitCode
        }
        if operations {
            do {
                return print(
                    CameraProfile.operationTable(try profiles.map { try CameraProfile(path: $0) }), terminator: "")
            } catch {
                throw failure("\(error)")
            }
        }
        guard let password = credentials.secret, !password.isEmpty else {
            throw failure("no password; give --password or set \(Credentials.variable)")
        }
        removeReadyFile()
        let stop = Signals()
        let loaded: [CameraProfile]
        let script: FaultScript?
        do {
            script = try faults.map { try FaultScript(path: $0) }
            loaded = try profiles.map { try CameraProfile(path: $0, recordings: recording) }
        } catch {
            throw failure("\(error)")
        }
        let fleet: Fleet
        do {
            fleet = try await Fleet.start(
                discoveryAddress: discovery ? address : nil, discoveryPort: discoveryPort,
                state: state, logger: Logger(label: "glasseye"))
        } catch let error as StateError {
            throw failure(error)
        } catch {
            throw failure(
                "discovery on port \(discoveryPort) of \(address): \(error); give --discovery-port or --no-discovery")
        }
        do {
            for (index, profile) in loaded.flatMap({ Array(repeating: $0, count: count) }).enumerated() {
                try await fleet.add(
                    profile,
                    CameraSettings(
                        address: address, httpPort: httpPort == 0 ? 0 : httpPort + index,
                        rtspPort: rtspPort == 0 ? 0 : rtspPort + index, username: credentials.user, password: password,
                        number: index + 1, mutant: mutant, httpsPort: httpsPort.map { $0 == 0 ? 0 : $0 + index },
                        rtspsPort: rtspsPort.map { $0 == 0 ? 0 : $0 + index }, faults: script))
            }
            let served = await Served(fleet)
            try writeReadyFile(served)
            show(served)
        } catch {
            await fleet.shutDown()
            throw failure("\(error)")
        }
        await stop.wait()
        removeReadyFile()
        await fleet.shutDown()
    }

    private func writeReadyFile(_ served: Served) throws {
        guard let readyFile else { return }
        do {
            // Atomic: whoever waits for the file never reads half of it.
            try served.json().write(to: URL(filePath: readyFile), options: .atomic)
        } catch {
            throw ReadyFileError(file: readyFile, reason: error.localizedDescription)
        }
    }

    private func removeReadyFile() {
        if let readyFile { try? FileManager.default.removeItem(atPath: readyFile) }
    }

    private func show(_ served: Served) {
        // Whoever reads our output through a pipe waits for these lines.
        defer { fflush(nil) }
        if json { return print(String(decoding: served.json(), as: UTF8.self)) }
        let count = served.devices.count
        print("Glasseye serves \(count) camera\(count == 1 ? "" : "s") to user \(credentials.user); Ctrl-C ends it.\n")
        for device in served.devices.prefix(Self.shownCameras) {
            print("\(device.name)")
            print("  device    \(device.deviceService)")
            if let secure = device.secureDeviceService { print("  over TLS  \(secure)") }
            for stream in device.streams {
                let address = stream.replacing(
                    "rtsp://", with: "rtsp://\(credentials.user):PASSWORD@", maxReplacements: 1)
                print("  look      ffplay -rtsp_transport tcp '\(address)'")
            }
            for snapshot in device.snapshots.prefix(1) { print("  snapshot  \(snapshot)") }
        }
        if count > Self.shownCameras { print("… and \(count - Self.shownCameras) more") }
        print(
            "\nTest it:    glasseye test \(served.devices[0].deviceService) --user \(credentials.user) --profile \(served.devices[0].profiles)"
        )
    }

    /// Cameras whose addresses are printed; the ready file has all.
    private static let shownCameras = 10
}

private struct ReadyFileError: Error, CustomStringConvertible {
    let file: String
    let reason: String
    var description: String {
        "\(file): cannot be written: \(reason); give --ready-file a path in a folder that exists"
    }
}

/// The cameras that are served, as the ready file tells them.
private struct Served: Encodable {
    struct Device: Encodable {
        let name: String
        /// The ONVIF profiles that the camera claims, as `glasseye test --profile` takes them.
        let profiles: String
        let deviceService: String
        /// Nil while HTTPS is off.
        let secureDeviceService: String?
        let streams: [String]
        /// Nil while RTSPS is off.
        let secureStreams: [String]?
        let snapshots: [String]
    }

    let devices: [Device]

    init(_ fleet: Fleet) async {
        var devices: [Device] = []
        for camera in await fleet.cameras {
            let secureStreams = await camera.secureStreams()
            devices.append(
                Device(
                    name: camera.name, profiles: camera.profiles.joined(separator: ","),
                    deviceService: camera.deviceService, secureDeviceService: camera.secureDeviceService,
                    streams: await camera.streams(), secureStreams: secureStreams.isEmpty ? nil : secureStreams,
                    snapshots: await camera.snapshots()))
        }
        self.devices = devices
    }

    func json() -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("strings always encode") }
        return data
    }
}

/// SIGINT and SIGTERM as something to wait for.
private final class Signals {
    private let stream: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        self.stream = stream
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.finish() }
            source.resume()
            return source
        }
    }

    func wait() async {
        for await _ in stream {}
    }
}
