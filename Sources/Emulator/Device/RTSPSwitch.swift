import Foundation
import NIOCore
import ONVIF
import Synchronization

/// The RTSP server of a camera, which moves to another port, stops and starts again while the camera lives.
final class RTSPSwitch: Sendable {
    private let sendLoop: SendLoop
    private let address: String
    private let habit: Habit?
    private let faults: FaultSwitch
    private let slot: NIOLoopBound<Slot>
    private let server = Mutex<RTSPServer?>(nil)

    init(
        sendLoop: SendLoop, address: String, habit: Habit?, faults: FaultSwitch, slot: NIOLoopBound<Slot>
    ) {
        self.faults = faults
        self.sendLoop = sendLoop
        self.address = address
        self.habit = habit
        self.slot = slot
    }

    /// The port while the server runs.
    var port: Int? { server.withLock { $0?.port } }

    /// - Returns: the port that is listened on.
    /// - Throws: what the system says.
    func open(port: Int) async throws -> Int {
        let opened = try await RTSPServer.start(camera, on: sendLoop, host: address, port: port)
        server.withLock { $0 = opened }
        return opened.port
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

    private var camera: StreamingCamera {
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
            habit: habit, faults: faults,
            admits: { address in
                guard let device = slot.value.device else { return false }
                return device.assumeIsolated { $0.state.network.admits(address, model: $0.state.model) }
            })
    }
}
