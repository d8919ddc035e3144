import Certificates
import Crypto
import Foundation
import Logging
import NIOCore
import NIOPosix
import ONVIF

/// One emulated camera with its listeners.
public final class Camera: Sendable {
    /// How long a reboot takes, seconds.
    static let rebootDuration: Int64 = 2
    /// The answer to SystemReboot leaves before the camera does, milliseconds.
    static let rebootGrace: Int64 = 200

    package let device: Device
    /// The profile file's name.
    public let name: String
    /// The letters of the ONVIF profiles that the camera claims.
    public let profiles: [String]
    public let settings: CameraSettings
    public let httpPort: Int
    private let http: HTTPServer
    private let rtsp: RTSPSwitch
    private let https: HTTPSSwitch
    private let discovery: DiscoveryResponder?
    private let faults: CameraFaults
    private let scenes: SceneAnalytics?
    /// When picture 0 of its recordings and worlds was due, nanoseconds since 1970 by the clock of its sender reports.
    package let pictureEpoch: Int64
    private let effects: AsyncStream<Effect>.Continuation
    private let worker: Task<Void, Never>

    /// `http://…/onvif/device_service`, as a client on this machine reaches it.
    public var deviceService: String { "http://\(reachableHost):\(httpPort)\(Service.device.path)" }

    /// The port of HTTPS while it is served.
    public var httpsPort: Int? { https.port }

    /// `https://…/onvif/device_service` while HTTPS is served.
    public var secureDeviceService: String? {
        https.port.map { "https://\(reachableHost):\($0)\(Service.device.path)" }
    }

    /// The RTSP addresses of the media profiles that the factory made.
    public func streams() async -> [String] {
        let (media, port) = await device.mediaAndPort()
        return media.profiles.filter { media.rendition(ofProfile: $0.token) != nil }
            .map { "rtsp://\(reachableHost):\(port)/\($0.token)" }
    }

    /// The same over TLS; empty while RTSPS is not served.
    public func secureStreams() async -> [String] {
        guard let port = rtsp.openSecurePort else { return [] }
        let (media, _) = await device.mediaAndPort()
        return media.profiles.filter { media.rendition(ofProfile: $0.token) != nil }
            .map { "rtsps://\(reachableHost):\(port)/\($0.token)" }
    }

    /// The addresses of the still pictures.
    public func snapshots() async -> [String] {
        let (media, _) = await device.mediaAndPort()
        return media.profiles.filter { media.rendition(ofProfile: $0.token) != nil }
            .map { "http://\(reachableHost):\(httpPort)\(SnapshotPath.prefix)\($0.token)" }
    }

    /// Puts a script of faults into force, in place of the one before; an empty one ends them all. Its schedules count from now.
    ///
    /// - Throws: `CameraError.noBlackPicture`; the script before stays in force.
    public func setFaults(_ script: FaultScript) async throws {
        try await faults.set(script)
    }

    /// As URIs name it.
    private var reachableHost: String {
        switch settings.address {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        case let address: address.uriHost
        }
    }

    /// The address that discovery tells; nil where the camera is on all of them.
    static func announcedHost(_ settings: CameraSettings) -> String? {
        ["0.0.0.0", "::"].contains(settings.address) ? nil : settings.address.uriHost
    }

    /// What clients sent to the loudspeaker by an audio backchannel.
    public var loudspeaker: Loudspeaker { rtsp.loudspeaker }

    private init(
        device: Device, profile: CameraProfile, settings: CameraSettings, http: HTTPServer, rtsp: RTSPSwitch,
        https: HTTPSSwitch, discovery: DiscoveryResponder?, faults: CameraFaults, scenes: SceneAnalytics?,
        pictureEpoch: Int64, effects: (stream: AsyncStream<Effect>, continuation: AsyncStream<Effect>.Continuation)
    ) {
        self.device = device
        name = profile.name
        profiles = profile.model.profiles.map(\.letter)
        self.settings = settings
        self.http = http
        self.rtsp = rtsp
        self.https = https
        self.discovery = discovery
        self.faults = faults
        self.scenes = scenes
        self.pictureEpoch = pictureEpoch
        httpPort = http.port
        self.effects = effects.continuation
        // Ends when `shutDown` finishes the stream of effects.
        worker = Task {
            for await effect in effects.stream {
                await Self.perform(
                    effect, device: device, rtsp: rtsp, https: https, discovery: discovery, settings: settings)
            }
        }
    }

    /// Opens the ports and announces the camera.
    ///
    /// - Throws: `CameraError` or `StateError`; no port stays open then.
    static func start(
        _ profile: CameraProfile, _ settings: CameraSettings, sendLoop: SendLoop, snapshots: SnapshotMaker,
        encodings: EncodingPool, discovery: DiscoveryResponder?, store: StateStore?, logger: Logger
    ) async throws -> Camera {
        let loop = sendLoop.eventLoop
        let mutation = try settings.mutant.map(Mutation.named)
        let faults = CameraFaults(profile, loop: sendLoop)
        let slot = try await loop.submit { NIOLoopBound(Slot(), eventLoop: loop) }.get()
        let rtsp = RTSPSwitch(
            sendLoop: sendLoop, address: settings.address, securePort: settings.rtspsPort, habit: mutation?.habit,
            faults: faults.faultSwitch, slot: slot)
        let takeover: HTTPServer.Takeover = { rtsp.takeOver($0) }
        let http: HTTPServer
        do {
            // A held pull point is a connection.
            let limit = HTTPServer.connectionLimit + profile.model.events.maximumPullPoints
            http = try await HTTPServer.start(
                address: settings.address, port: settings.httpPort, loop: loop, connectionLimit: limit,
                bodyLimit: { target in
                    slot.value.device?.assumeIsolated { $0.bodyLimit(ofTarget: target) } ?? HTTPServer.bodyLimit
                },
                takeover: takeover,
                answer: { request in slot.value.device?.assumeIsolated { $0.answer(request) } ?? .none })
        } catch {
            throw CameraError(opening: "HTTP", settings.address, settings.httpPort, error)
        }
        let effects = AsyncStream<Effect>.makeStream()
        var rtspPort = settings.rtspPort
        do {
            var identity = DeviceIdentity(
                model: profile.model, settings: settings, httpPort: http.port, rtspPort: rtspPort, isKept: store != nil)
            let key = StateStore.Key(identity, profile.model)
            let kept = try store?.load(key)
            rtspPort = kept?.chosenRTSPPort ?? settings.rtspPort
            try await faults.set(settings.faults ?? profile.faults)
            if kept?.isRTSPEnabled ?? true {
                let port = try await rtsp.open(port: rtspPort)
                identity.rtspPort = kept?.chosenRTSPPort == nil ? port : settings.rtspPort
            } else if rtspPort == 0 {
                identity.rtspPort = kept?.identity.rtspPort ?? 0
            }
            let now = Date()
            var state = DeviceState(
                model: profile.model, identity: identity,
                users: [User(name: settings.username, password: settings.password, level: .administrator)], now: now)
            if let kept { state.restore(kept, host: now) }
            if settings.httpsPort != nil || settings.rtspsPort != nil {
                guard profile.model.security?.tls != nil else { throw CameraError.noHTTPS(profile: profile.name) }
            }
            if let port = settings.httpsPort {
                try state.switchOnHTTPS(port: port, now: now)
            }
            let https = HTTPSSwitch(loop: loop, address: settings.address, slot: slot, takeover: takeover)
            let clock = sendLoop.clock
            let airing = AiringBox(
                profile: profile, seed: identity.seed, clock: clock, pool: encodings, faults: faults.faultSwitch,
                loop: loop, state: { slot.value.device?.assumeIsolated { $0.state } },
                metadata: { token, occasion in
                    slot.value.device?.assumeIsolated { $0.metadata(ofProfile: token, occasion) }
                },
                metadataEnded: { token in slot.value.device?.assumeIsolated { $0.endMetadata(ofProfile: token) } },
                observe: { frame, source in
                    slot.value.device?.assumeIsolated {
                        $0.observe(frame, ofSource: source)
                        $0.publish(frame, ofSource: source)
                    }
                })
            let habit = mutation?.habit
            var keep: (@Sendable (KeptState) -> EventLoopFuture<Void>)?
            if let store { keep = { store.save($0, key, on: loop) } }
            let surroundings = Device.Surroundings(
                now: { Date() },
                perform: { effect in
                    switch effect {
                    case .hello, .discoveryModeChanged:
                        // At once, so that a Probe after the answer meets the new state.
                        guard let target = slot.value.device?.assumeIsolated({ $0.discoveryTarget(settings) }) else {
                            return
                        }
                        discovery?.update(target, habit: habit, hello: effect == .hello)
                    case .streamsChanged(let profiles):
                        // At once, so that a session set up after the answer is not taken for one of the old stream.
                        rtsp.endSessions(ofProfiles: profiles)
                    case .pictureChanged: rtsp.pictureChanged()
                    case .multicast(let profile, let isOn): rtsp.multicast(profile, isOn: isOn)
                    case .synchronizationPoint(let profiles): rtsp.synchronize(profiles: profiles)
                    case .brokersChanged: slot.value.device?.assumeIsolated { $0.followBrokers() }
                    case .generateKey(let id, let algorithm):
                        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { try PrivateKey(generating: algorithm) }
                            .whenComplete { result in
                                slot.value.device?.assumeIsolated { $0.keyGenerated(id, try? result.get()) }
                            }
                    case .siren(let siren):
                        rtsp.loudspeaker.play(siren.samples, sampleRate: Siren.sampleRate)
                    case .rtspPort, .reboot, .tlsServingChanged: effects.continuation.yield(effect)
                    }
                },
                notify: { push in
                    guard habit != .notifiesNobody else { return }
                    NotificationSender.send(push.envelope, to: push.consumer, on: loop).whenSuccess { isDelivered in
                        slot.value.device?.assumeIsolated { $0.notified(push, isDelivered: isDelivered) }
                    }
                },
                snapshot: { token in
                    guard habit != .snapshotIsMissing, let still = airing.still(of: token) else { return nil }
                    let picture = snapshots.picture(still, on: loop)
                    return switch habit {
                    case .snapshotIsNoJPEG: picture.map { $0.map { ~$0 } }
                    case .snapshotIsCutShort: picture.map { Array($0.prefix($0.count / 2)) }
                    default: picture
                    }
                },
                heard: { rtsp.loudspeaker.heard.wav }, keep: keep)
            let device = Device(
                state: state, loop: loop, surroundings: surroundings, mutation: mutation, habits: profile.habits)
            let (scenes, pictureEpoch) = try await loop.submit { () -> (SceneAnalytics?, Int64) in
                slot.value.fill(device, airing)
                if let world = airing.world { device.assumeIsolated { $0.look(into: world, clock: clock) } }
                let now = Int64(Date().timeIntervalSince1970 * 1e9)
                return (airing.scenes, now - clock.now + airing.epoch)
            }.get()
            do {
                try await Self.serveHTTPS(https, device)
            } catch {
                await rtsp.close()
                throw CameraError(opening: "HTTPS", settings.address, settings.httpsPort ?? 0, error)
            }
            do {
                try await rtsp.secure(with: https.tls)
            } catch {
                await https.close()
                await rtsp.close()
                throw CameraError(opening: "RTSPS", settings.address, settings.rtspsPort ?? 0, error)
            }
            await device.tellSecurePort(rtsp.openSecurePort)
            await device.switchOn()
            let camera = Camera(
                device: device, profile: profile, settings: settings, http: http, rtsp: rtsp, https: https,
                discovery: discovery, faults: faults, scenes: scenes, pictureEpoch: pictureEpoch,
                effects: effects)
            if let scenes {
                loop.execute {
                    scenes.serveRules(
                        wants: {
                            slot.value.device?.assumeIsolated { $0.wantsObservation || $0.wantsBrokerMetadata } ?? false
                        },
                        stream: { slot.value.airing?.stream(of: $0) })
                }
            }
            await discovery?.add(await device.discoveryTarget(settings), habit: habit)
            return camera
        } catch {
            await http.shutDown()
            if error is StateError { throw error }
            throw error as? CameraError ?? CameraError(opening: "RTSP", settings.address, rtspPort, error)
        }
    }

    /// Says goodbye and closes everything.
    public func shutDown() async {
        scenes?.stop()
        effects.finish()
        worker.cancel()
        await worker.value
        await discovery?.remove(await device.state.identity.endpointReference)
        await device.goDown()
        await rtsp.close()
        await https.close()
        await http.shutDown()
    }

    /// Serves HTTPS as the state says, and tells the state the port that was chosen for it.
    private static func serveHTTPS(_ https: HTTPSSwitch, _ device: Device) async throws {
        let serving = await device.state.tlsServing
        guard let port = try await https.serve(serving), port != serving?.port else { return }
        await device.update { state, _ in state.setHTTPS(true, port: port) }
    }

    /// Serves HTTPS, and RTSPS where it is wanted; where a port is taken, it stays silent, as RTSP does.
    private static func serveTLS(_ https: HTTPSSwitch, _ rtsp: RTSPSwitch, _ device: Device) async {
        try? await serveHTTPS(https, device)
        try? await rtsp.secure(with: https.tls)
        await device.tellSecurePort(rtsp.openSecurePort)
    }

    private static func perform(
        _ effect: Effect, device: Device, rtsp: RTSPSwitch, https: HTTPSSwitch, discovery: DiscoveryResponder?,
        settings: CameraSettings
    ) async {
        let habit = device.mutation?.habit
        switch effect {
        case .hello, .discoveryModeChanged, .streamsChanged, .pictureChanged, .synchronizationPoint, .generateKey,
            .brokersChanged, .multicast, .siren:
            // Performed at once, on the device's loop.
            break
        case .rtspPort(let port):
            await rtsp.close()
            // Where the port is taken, RTSP stays silent, as on a camera that was told a port in use.
            if let port { _ = try? await rtsp.open(port: port) }
        case .reboot:
            guard habit != .rebootsNever else { return }
            try? await Task.sleep(for: .milliseconds(rebootGrace))
            let target = await device.discoveryTarget(settings)
            await discovery?.remove(target.endpointReference)
            await device.goDown()
            let port = rtsp.port
            await rtsp.close()
            await https.close()
            try? await Task.sleep(for: .seconds(rebootDuration))
            if let port { _ = try? await rtsp.open(port: port) }
            await device.comeUp()
            await serveTLS(https, rtsp, device)
            await discovery?.add(await device.discoveryTarget(settings), habit: habit)
        case .tlsServingChanged:
            await serveTLS(https, rtsp, device)
        }
    }
}

extension Device {
    func tellSecurePort(_ port: Int?) {
        update { state, _ in state.media.securePort = port }
    }

    func mediaAndPort() -> (MediaState, Int) { (state.media, state.network.rtspPort) }

    func discoveryTarget(_ settings: CameraSettings) -> DiscoveryTarget {
        DiscoveryTarget(state, address: Camera.announcedHost(settings))
    }

    func keyGenerated(_ id: String, _ key: PrivateKey?) {
        update { state, now in state.finishGeneration(of: id, key, at: now) }
    }

    func notified(_ push: EventPush, isDelivered: Bool) {
        update(changesDevice: false) { state, _ in
            if isDelivered { state.events.delivered(push.token) } else { state.events.deliveryFailed(push.token) }
        }
    }
}
