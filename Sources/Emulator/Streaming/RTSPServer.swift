internal import Logging
internal import NIOCore
internal import NIOPosix
internal import RTP
internal import RTSP
internal import Synchronization

/// The RTSP port of one camera. All its connections and sessions live on the send loop's event loop.
///
/// `@unchecked Sendable`: all state but the counter is touched on `sendLoop.eventLoop` only, which entry points check.
package final class RTSPServer: @unchecked Sendable {
    /// Sessions of a camera at most, unless the caller says otherwise; 453 beyond.
    package static let defaultSessionLimit = 8192
    /// Connections of a camera at most, for each session that it may have; further ones are closed at once.
    static let connectionsPerSession = 2
    /// Silence after which a connection without session is closed, nanoseconds.
    static let connectionTimeout: Int64 = 60_000_000_000
    /// Bytes that wait for a TCP reader: frames are dropped above the higher mark until it has read down to the lower.
    static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 64 << 10, high: 512 << 10)
    /// Buffers for what clients send, bytes: small, since each connection keeps one and requests are short.
    static let receiveBuffers = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 256, maximum: 64 << 10)
    /// Connections that wait to be accepted.
    static let backlog: Int32 = 1024

    let camera: StreamingCamera
    let sendLoop: SendLoop
    private let sessionLimit: Int
    private var listener: (any Channel)?
    private var secureListener: (any Channel)?
    /// The tunnels over HTTP that lead here.
    private(set) lazy var tunnels = TunnelDesk(self)
    private var sessions: [String: MediaSession] = [:]
    /// What sends to multicast groups.
    var groupSenders: [GroupSender.Key: GroupSender] = [:]
    private var connections: [ObjectIdentifier: RTSPConnection] = [:]
    private var isShutDown = false
    /// The session whose client may speak.
    private weak var speaker: MediaSession?
    private let counter = Atomic<Int>(0)
    private let boundPort = Atomic<Int>(0)

    private init(_ camera: StreamingCamera, sendLoop: SendLoop, sessionLimit: Int) {
        self.camera = camera
        self.sendLoop = sendLoop
        self.sessionLimit = sessionLimit
    }

    /// Opens the port of RTSP.
    ///
    /// - Parameters:
    ///   - camera: whom the server speaks for.
    ///   - sendLoop: one for all servers of an event loop.
    ///   - host: address to listen on, such as `0.0.0.0`.
    ///   - port: 0 takes any free one.
    ///   - sessionLimit: sessions at most.
    /// - Returns: the server, listening.
    /// - Throws: what the system said when the port could not be bound.
    package static func start(
        _ camera: StreamingCamera, on sendLoop: SendLoop, host: String, port: Int,
        sessionLimit: Int = defaultSessionLimit
    ) async throws -> RTSPServer {
        let server = RTSPServer(camera, sendLoop: sendLoop, sessionLimit: sessionLimit)
        let channel = try await server.listen(host: host, port: port) { nil }
        server.boundPort.store(channel.localAddress?.port ?? 0, ordering: .relaxed)
        try await sendLoop.eventLoop.submit {
            server.listener = channel
            sendLoop.add(server)
        }.get()
        return server
    }

    /// Opens a port; `tls` answers nil for connections in the clear.
    private func listen(
        host: String, port: Int, tls: @escaping @Sendable () -> TLSServer?
    ) async throws -> any Channel {
        try await ServerBootstrap(group: sendLoop.eventLoop)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: Self.waterMark)
            .childChannelOption(.recvAllocator, value: Self.receiveBuffers)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let peer = try tls()?.addHandler(to: channel)
                    try channel.pipeline.syncOperations.addHandler(RTSPConnection(server: self, peer: peer))
                }
            }
            .bind(host: host, port: port).get()
    }

    /// Opens the port of RTSPS; one that is open is closed first.
    ///
    /// - Parameters:
    ///   - host: address to listen on.
    ///   - port: 0 takes any free one.
    ///   - tls: what new connections are made with; called on the event loop.
    /// - Returns: the port that is listened on.
    /// - Throws: what the system said when the port could not be bound.
    func openSecure(host: String, port: Int, tls: @escaping @Sendable () -> TLSServer) async throws -> Int {
        await closeSecure()
        let channel = try await listen(host: host, port: port) { tls() }
        let isOpen = try await sendLoop.eventLoop.submit {
            if !self.isShutDown { self.secureListener = channel }
            return !self.isShutDown
        }.get()
        if !isOpen { try? await channel.close() }
        return channel.localAddress?.port ?? port
    }

    /// Closes the port of RTSPS and everything that speaks with the server over TLS; returns when the port is closed.
    func closeSecure() async {
        let closed = sendLoop.eventLoop.flatSubmit {
            for connection in self.connections.values where connection.isSecure { connection.close() }
            let listener = self.secureListener
            self.secureListener = nil
            return listener?.close() ?? self.sendLoop.eventLoop.makeSucceededVoidFuture()
        }
        try? await closed.get()
    }

    /// Takes a connection of the web server that asks for RTSP. On the event loop only.
    ///
    /// Source: ONVIF Streaming 25.06 §5.1.1.4 RTP/RTSP/HTTP/TCP, §5.1.1.5 RTP/RTSP/TCP/WebSocket.
    func takeOver(_ request: HTTPTakeoverRequest) -> HTTPTakeover {
        sendLoop.eventLoop.preconditionInEventLoop()
        guard !isShutDown, camera.admits(request.channel.remoteAddress?.plainHost) else { return .none }
        // Only a closed channel refuses it.
        try? request.channel.syncOptions?.setOption(.writeBufferWaterMark, value: Self.waterMark)
        try? request.channel.syncOptions?.setOption(.recvAllocator, value: Self.receiveBuffers)
        switch request.kind {
        case .tunnelDownload(let cookie): return tunnels.download(cookie, request)
        case .tunnelUpload(let cookie): return tunnels.upload(cookie, request)
        case .webSocket(let upgrade):
            do throws(WebSocketHandshake.Refusal) {
                let handshake = try WebSocketHandshake(request.head, upgrade)
                let connection = RTSPConnection(server: self, peer: request.peer, isTunnelled: true)
                return .granted(answer: handshake.answer, handlers: WebSocketStream.handlers(connection))
            } catch {
                return .refused(error.reply)
            }
        }
    }

    /// The port that the server listens on.
    package var port: Int { boundPort.load(ordering: .relaxed) }

    /// Sessions that are set up or play.
    package var sessionCount: Int { counter.load(ordering: .relaxed) }

    /// Ends all sessions of a stream with BYE, as when its configuration has changed. May be called from anywhere.
    package func closeSessions(of stream: LiveStream) {
        onLoop {
            for session in self.sessions.values.filter({ $0.stream === stream }) {
                self.close(session, goodbye: true)
            }
            self.releaseStarted { $0.viewer.stream === stream }
        }
    }

    /// Ends all sessions with BYE, closes all connections and the port; returns when they are closed.
    package func shutDown() async {
        let closed = sendLoop.eventLoop.flatSubmit { self.closeAll() }
        // Channels that fail to close are closed all the same.
        try? await closed.get()
    }

    private func closeAll() -> EventLoopFuture<Void> {
        isShutDown = true
        for session in Array(sessions.values) { close(session, goodbye: true) }
        releaseStarted()
        let channels =
            connections.values.map(\.closed) + [listener?.close(), secureListener?.close()].compactMap(\.self)
            + tunnels.closeAll()
        for connection in Array(connections.values) { connection.close() }
        (listener, secureListener) = (nil, nil)
        sendLoop.remove(self)
        sendLoop.closeUnusedPorts()
        return EventLoopFuture.andAllComplete(channels, on: sendLoop.eventLoop)
    }

    func onLoop(_ work: @escaping @Sendable () -> Void) {
        if sendLoop.eventLoop.inEventLoop { work() } else { sendLoop.eventLoop.execute(work) }
    }

    // MARK: Connections

    /// - Returns: false when there are too many.
    func add(_ connection: RTSPConnection) -> Bool {
        guard !isShutDown, connections.count < sessionLimit * Self.connectionsPerSession else { return false }
        connections[ObjectIdentifier(connection)] = connection
        return true
    }

    /// A connection has gone, and with it the sessions whose packets it carried.
    func remove(_ connection: RTSPConnection) {
        connections[ObjectIdentifier(connection)] = nil
        for session in connection.sessions where !session.isUDP { close(session, goodbye: false) }
        // Sessions over UDP live on; what is left of both would hold each other.
        for session in connection.sessions { session.forgetConnection() }
    }

    // MARK: Sessions

    /// Makes the session the one whose client may speak; false while another is.
    func takeBackchannel(for session: MediaSession) -> Bool {
        guard speaker == nil || speaker === session else { return false }
        speaker = session
        return true
    }

    func session(_ id: String) -> MediaSession? { sessions[id] }

    /// True when a further session would be one too many.
    var isFull: Bool { sessions.count >= sessionLimit }

    func add(_ session: MediaSession, id: String) {
        sessions[id] = session
        counter.store(sessions.count, ordering: .relaxed)
    }

    /// What may be a receiver report came over `connection`.
    func touchSession(_ report: ArraySlice<UInt8>, onControlChannel channel: UInt8, of connection: RTSPConnection) {
        guard let session = connection.sessions.first(where: { $0.hasControlChannel(channel) }),
            session.isReport(report)
        else { return }
        session.lastSign = sendLoop.clock.now
    }

    func makeSessionID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Forgets a session and stops its packets.
    func close(_ session: MediaSession, goodbye: Bool) {
        guard let id = session.id, sessions.removeValue(forKey: id) != nil else { return }
        if goodbye, session.isPlaying, session.senders.isEmpty {
            session.sendReports(now: sendLoop.clock.now, wallClock: camera.now(), goodbye: true)
        }
        if speaker === session { speaker = nil }
        sendLoop.stop(session)
        session.connection?.sessions.removeAll { $0 === session }
        session.state = .initial
        let isUDP = session.isUDP
        session.release()
        for sender in session.senders { release(sender, for: ObjectIdentifier(session)) }
        session.senders = []
        counter.store(sessions.count, ordering: .relaxed)
        if !isUDP, let connection = session.connection, connection.isWritable == false {
            // Nothing but closing frees what waits for a reader that does not read.
            connection.abort()
        }
    }

    /// Ends what has timed out.
    func sweep(now: Int64) {
        tunnels.sweep(now: now)
        for session in sessions.values.filter({ $0.isExpired(now: now) }) { close(session, goodbye: true) }
        if let timeline = camera.faults?.timeline {
            for session in Array(sessions.values) {
                if let goodbye = session.earlyEnd(timeline, now: now) { close(session, goodbye: goodbye) }
            }
        }
        for connection in connections.values where now - connection.lastSign > Self.connectionTimeout {
            if connection.sessions.isEmpty { connection.close() }
        }
    }
}
