import Foundation
import NIOCore
import ONVIF
import Synchronization

/// The RTSP server of a camera, which moves to another port, stops and starts again while the camera lives.
final class RTSPSwitch: Sendable {
    private let sendLoop: SendLoop
    private let address: String
    /// Plays what clients say.
    let loudspeaker = Loudspeaker()
    /// Of RTSPS; 0 for any free one, nil for none.
    private let securePort: Int?
    private let habit: Habit?
    private let faults: FaultSwitch
    private let slot: NIOLoopBound<Slot>
    private let server = Mutex<RTSPServer?>(nil)
    private let security = Mutex(Security())
    /// Groups, by media profile and track, of what goes out without a session.
    private let multicasts = Mutex<[String: [Int: MulticastGroup]]>([:])

    /// What RTSPS is served with, and where.
    private struct Security {
        var tls: TLSServer?
        var port: Int?
    }

    init(
        sendLoop: SendLoop, address: String, securePort: Int?, habit: Habit?, faults: FaultSwitch,
        slot: NIOLoopBound<Slot>
    ) {
        self.faults = faults
        self.sendLoop = sendLoop
        self.address = address
        self.securePort = securePort
        self.habit = habit
        self.slot = slot
    }

    /// The port while the server runs.
    var port: Int? { server.withLock { $0?.port } }

    /// The port of RTSPS while it is served.
    var openSecurePort: Int? {
        guard server.withLock({ $0 }) != nil else { return nil }
        return security.withLock { $0.tls == nil ? nil : $0.port }
    }

    /// - Returns: the port that is listened on.
    /// - Throws: what the system says.
    func open(port: Int) async throws -> Int {
        let opened = try await RTSPServer.start(camera, on: sendLoop, host: address, port: port)
        server.withLock { $0 = opened }
        try await openSecure()
        try? await sendLoop.eventLoop.submit { self.resumeMulticast() }.get()
        return opened.port
    }

    /// Serves RTSPS with the same certificates as HTTPS; not at all where there are none.
    ///
    /// - Throws: what the system says of the port.
    func secure(with tls: TLSServer?) async throws {
        let before = security.withLock { security in
            defer { security.tls = tls }
            return security.tls
        }
        guard tls != nil else {
            await server.withLock({ $0 })?.closeSecure()
            return
        }
        if before == nil { try await openSecure() }
    }

    private func openSecure() async throws {
        guard let securePort, let server = server.withLock({ $0 }), let tls = security.withLock({ $0.tls }) else {
            return
        }
        let (wanted, security) = (self.security.withLock { $0.port } ?? securePort, Current(self))
        let port = try await server.openSecure(host: address, port: wanted) { security.tls ?? tls }
        self.security.withLock { $0.port = port }
    }

    /// What new connections are made with.
    private struct Current: Sendable {
        private let owner: RTSPSwitch

        init(_ owner: RTSPSwitch) {
            self.owner = owner
        }

        var tls: TLSServer? { owner.security.withLock { $0.tls } }
    }

    /// Takes a connection of the web server that asks for RTSP. On the camera's event loop only.
    func takeOver(_ request: HTTPTakeoverRequest) -> HTTPTakeover {
        guard let device = slot.value.device, !device.assumeIsolated({ $0.isDown }) else { return .none }
        if case .webSocket = request.kind, request.head.path != StreamingPath.webSocket {
            return .refused(.text(status: 404, "RTSP over WebSocket is at \(StreamingPath.webSocket)"))
        }
        guard let server = server.withLock({ $0 }) else {
            return .refused(.text(status: 503, "RTSP is switched off; SetNetworkProtocols switches it on"))
        }
        return server.takeOver(request)
    }

    func close() async {
        let closing = server.withLock { server in
            defer { server = nil }
            return server
        }
        await closing?.shutDown()
    }

    /// Ends the sessions of media profiles whose configuration has changed. On the camera's event loop only.
    func endSessions(ofProfiles profiles: [String]) {
        let streams = profiles.compactMap { slot.value.airing?.drop($0) }
        guard let server = server.withLock({ $0 }) else { return }
        for stream in streams { server.closeSessions(of: stream) }
        // What goes out by itself goes on with the new stream.
        resumeMulticast(ofProfiles: profiles)
    }

    /// Ends the sessions that get recordings as they are where something is to be done to the picture by now; streams
    /// that are encoded show the change with one of their next pictures. On the camera's event loop only.
    func pictureChanged() {
        guard let outdated = slot.value.airing?.outdated, !outdated.isEmpty else { return }
        endSessions(ofProfiles: outdated)
    }

    /// Has the streams of media profiles go on with a key frame, and their metadata tell all anew. On the camera's event
    /// loop only.
    func synchronize(profiles: [String]) {
        for token in profiles { slot.value.airing?.known(token)?.synchronize(at: sendLoop.clock.now) }
    }

    /// Has the streams of a media profile go out to their multicast groups until told otherwise. On the camera's event loop
    /// only.
    ///
    /// - Parameters:
    ///   - profile: token of the media profile.
    ///   - isOn: false ends it.
    func multicast(_ profile: String, isOn: Bool) {
        if let stream = slot.value.airing?.known(profile) { server.withLock { $0 }?.stopMulticast(of: stream) }
        let groups = isOn ? slot.value.device?.assumeIsolated { $0.state.media.groups(ofProfile: profile) } : nil
        multicasts.withLock { $0[profile] = groups }
        resumeMulticast(ofProfiles: [profile])
    }

    /// Begins again what went out before the server or its streams were others.
    private func resumeMulticast(ofProfiles profiles: [String]? = nil) {
        guard let server = server.withLock({ $0 }) else { return }
        let wildcards = ["0.0.0.0", "::"]
        let own = slot.value.device?.assumeIsolated { $0.state.identity.address } ?? address
        for (profile, groups) in multicasts.withLock({ $0 }) where profiles?.contains(profile) ?? true {
            guard let stream = slot.value.airing?.stream(of: profile) else { continue }
            server.startMulticast(of: stream, to: groups, from: wildcards.contains(address) ? own : address)
        }
    }

    private var camera: StreamingCamera {
        var camera = plainCamera
        let slot = slot
        camera.loudspeaker = loudspeaker
        camera.backchannel = { path in
            guard let device = slot.value.device,
                let token = String(path.drop { $0 == "/" }).removingPercentEncoding
            else { return nil }
            return device.assumeIsolated { $0.state.media.backchannel(ofProfile: token) }.map { BackchannelOffer($0) }
        }
        camera.faults = faults
        return camera
    }

    private var plainCamera: StreamingCamera {
        let (slot, habit) = (slot, habit)
        return StreamingCamera(
            stream: { path in
                guard let airing = slot.value.airing,
                    let token = String(path.drop { $0 == "/" }).removingPercentEncoding
                else { return nil }
                return airing.stream(of: token)
            },
            authorize: { method, uri, authorization in
                guard habit != .rtspWithoutAuthentication, let device = slot.value.device else { return .allowed }
                let decision = device.assumeIsolated {
                    $0.authorizeRTSP(method: method, uri: uri, authorization: authorization)
                }
                return switch decision {
                case .allowed: .allowed
                case .challenge(let challenges): .denied(challenges: challenges)
                case .fault: .denied(challenges: [])
                }
            },
            now: { .seconds(Date().timeIntervalSince1970) },
            habit: habit,
            admits: { address in
                guard let device = slot.value.device else { return false }
                return device.assumeIsolated { $0.state.network.admits(address, model: $0.state.model) }
            },
            multicastGroup: { path, track in
                guard let device = slot.value.device,
                    let token = String(path.drop { $0 == "/" }).removingPercentEncoding
                else { return nil }
                return device.assumeIsolated { $0.state.media.groups(ofProfile: token)[track] }
            },
            authorizeByTLS: { connection, authorization in
                guard habit != .rtspWithoutAuthentication, let device = slot.value.device else { return nil }
                let decision = device.assumeIsolated { $0.authorizeRTSP(by: connection, authorization: authorization) }
                return switch decision {
                case .allowed: .allowed
                case .challenge(let challenge): .denied(challenges: [challenge])
                case .forbidden: .denied(challenges: [])
                case nil: nil
                }
            })
    }
}

extension MediaState {
    /// The multicast groups of a media profile's tracks, by track number; those without address or port are none.
    func groups(ofProfile token: String) -> [Int: MulticastGroup] {
        let delivery = multicastGroups(ofProfile: token)
        let configured: [(Track, MulticastConfiguration?)] = [
            (.video, delivery.video), (.audio, delivery.audio), (.metadata, delivery.metadata),
        ]
        var groups: [Int: MulticastGroup] = [:]
        for (track, configuration) in configured {
            guard let configuration else { continue }
            groups[track.rawValue] = MulticastGroup(
                host: configuration.address.text, port: configuration.port, timeToLive: configuration.timeToLive)
        }
        return groups
    }
}
