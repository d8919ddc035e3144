import Foundation
public import Logging
import NIOCore
import NIOPosix

/// Emulated cameras in one process: they share event loops, clips and the discovery socket.
///
/// ```swift
/// let fleet = try await Fleet.start()
/// let camera = try await fleet.add(CameraProfile(path: "Profiles/ptz-dome.yaml"), CameraSettings(password: "secret"))
/// print(camera.deviceService)
/// ```
public actor Fleet {
    private let loops: [SendLoop]
    private let snapshots = SnapshotMaker()
    private let encodings = EncodingPool()
    private let discovery: DiscoveryResponder?
    private let store: StateStore?
    private let logger: Logger
    public private(set) var cameras: [Camera] = []

    private init(loops: [SendLoop], discovery: DiscoveryResponder?, store: StateStore?, logger: Logger) {
        self.loops = loops
        self.discovery = discovery
        self.store = store
        self.logger = logger
    }

    /// Makes an empty fleet.
    ///
    /// - Parameters:
    ///   - discoveryAddress: where WS-Discovery is answered: an address of this machine, `0.0.0.0` for all, nil for
    ///     nowhere.
    ///   - discoveryPort: 3702 except in tests.
    ///   - state: the folder in which devices keep their state over restarts; nil where they begin as from the factory.
    ///   - logger: takes what happens on the side.
    /// - Returns: a fleet without cameras.
    /// - Throws: `StateError`, or what the system says of the discovery socket.
    public static func start(
        discoveryAddress: String? = nil, discoveryPort: Int = standardDiscoveryPort,
        state: String? = nil, logger: Logger = Logger(label: "glasseye")
    ) async throws -> Fleet {
        let store = try state.map { try StateStore(folder: $0, logger: logger) }
        return try await start(
            discoveryAddress: discoveryAddress, discoveryPort: discoveryPort, keepingIn: store, logger: logger)
    }

    /// `store`: where devices keep their state; the fleet closes it.
    static func start(
        discoveryAddress: String? = nil, discoveryPort: Int = standardDiscoveryPort, keepingIn store: StateStore?,
        logger: Logger = Logger(label: "glasseye")
    ) async throws -> Fleet {
        let group = MultiThreadedEventLoopGroup.singleton
        let loops = group.makeIterator().map { SendLoop(on: $0) }
        var discovery: DiscoveryResponder?
        if let discoveryAddress {
            discovery = try await DiscoveryResponder.start(
                address: discoveryAddress, port: discoveryPort, loop: group.next(), logger: logger)
        }
        return Fleet(loops: loops, discovery: discovery, store: store, logger: logger)
    }

    /// The port that WS-Discovery knows.
    public static let standardDiscoveryPort = DiscoveryResponder.standardPort

    /// The port on which discovery is answered.
    public nonisolated var discoveryPort: Int? { discovery?.port }

    /// Starts a camera.
    ///
    /// - Throws: `CameraError` or `StateError`, with nothing of the camera left behind.
    @discardableResult
    public func add(_ profile: CameraProfile, _ settings: CameraSettings) async throws -> Camera {
        let loop = loops[cameras.count % loops.count]
        let camera = try await Camera.start(
            profile, settings, sendLoop: loop, snapshots: snapshots, encodings: encodings, discovery: discovery,
            store: store, logger: logger)
        cameras.append(camera)
        return camera
    }

    /// Says goodbye for every camera and closes all ports.
    public func shutDown() async {
        await withDiscardingTaskGroup { group in
            for camera in cameras { group.addTask { await camera.shutDown() } }
        }
        cameras = []
        await discovery?.shutDown()
        await snapshots.shutDown()
        await encodings.shutDown()
        store?.close()
    }
}
