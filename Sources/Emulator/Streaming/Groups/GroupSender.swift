internal import NIOCore
internal import RTSP

/// The one sender of a track to its multicast group, for all who asked for it. Bound to the server's event loop.
///
/// It sends while a session plays it or the camera was told to by StartMulticastStreaming.
///
/// Source: ONVIF Streaming 25.12 §Multicast streaming.
///
/// `@unchecked Sendable`: it is made and used on its server's event loop only; futures carry it there.
final class GroupSender: @unchecked Sendable {
    struct Key: Hashable {
        let stream: ObjectIdentifier
        let track: Track
        /// Local address.
        let host: String
    }

    let key: Key
    let track: Track
    let group: MulticastGroup
    /// What the send loop serves.
    let viewer: MediaSession
    /// Who has set it up.
    var holders: Set<ObjectIdentifier> = []
    /// Who wants it to be sent now.
    var players: Set<ObjectIdentifier> = []

    /// - Parameters:
    ///   - key: of the sender among those of its server.
    ///   - group: where packets go.
    ///   - viewer: of the stream, with nothing set up.
    ///   - ports: with the group's time to live.
    ///   - security: shared by all receivers; nil for packets in the clear.
    ///
    /// Nil for a group that is no address.
    init?(
        _ key: Key, _ group: MulticastGroup, _ viewer: MediaSession, ports: UDPPorts, security: TrackSecurity?
    ) {
        guard let address = try? SocketAddress(ipAddress: group.host, port: Int(group.port)) else { return nil }
        self.key = key
        track = key.track
        self.group = group
        self.viewer = viewer
        viewer.security[track] = security
        viewer.setUp(
            track, .udp(clientPorts: .init(rtp: group.port, rtcp: group.port + 1)), ports: ports, client: address)
    }

    var isSRTP: Bool { viewer.security[track] != nil }
}

/// Why there is no sender to a group.
struct GroupConflict: Error {}

extension RTSPServer {
    /// The sender of a track, made when first asked for.
    ///
    /// - Parameters:
    ///   - track: of the stream.
    ///   - stream: whose packets.
    ///   - group: where they go.
    ///   - host: local address that they come from.
    ///   - protection: for SRTP.
    /// - Returns: the sender, or `GroupConflict` where the track already goes elsewhere or otherwise protected.
    func groupSender(
        _ track: Track, of stream: LiveStream, to group: MulticastGroup, from host: String,
        protection: StreamProtection?
    ) -> EventLoopFuture<GroupSender> {
        let loop = sendLoop.eventLoop
        let key = GroupSender.Key(stream: ObjectIdentifier(stream), track: track, host: host)
        func known() -> Result<GroupSender, GroupConflict>? {
            groupSenders[key].map { sender in
                sender.group == group && sender.isSRTP == (protection != nil)
                    ? .success(sender) : .failure(GroupConflict())
            }
        }
        if let known = known() { return loop.makeCompletedFuture(known.mapError { $0 }) }
        return sendLoop.ports(host: host, timeToLive: group.timeToLive).assumeIsolated().flatMapThrowing { ports in
            // Somebody else may have come first while the ports were opened.
            if let known = known() { return try known.get() }
            let viewer = MediaSession(
                stream: stream, connection: nil, now: self.sendLoop.clock.now, habit: self.camera.habit,
                faults: self.camera.faults)
            guard
                let sender = GroupSender(
                    key, group, viewer, ports: ports, security: protection.map(TrackSecurity.init(shared:)))
            else { throw GroupConflict() }
            self.groupSenders[key] = sender
            return sender
        }.nonisolated()
    }

    /// Sends to the group from now on, also for this player.
    func play(_ sender: GroupSender, for player: ObjectIdentifier) {
        guard sender.players.insert(player).inserted else { return }
        let stream = sender.viewer.stream
        guard sender.players.count == 1 else {
            // A receiver that comes later begins at the next key frame.
            stream.feeds[sender.track]?.welcome()
            return
        }
        sender.viewer.state = .playing(.init(id: "", path: "", tracks: [:]))
        sendLoop.play(sender.viewer, of: self, from: stream.start(at: sendLoop.clock.now).cursor)
    }

    /// Nothing is sent any more for this player.
    func rest(_ sender: GroupSender, for player: ObjectIdentifier) {
        guard sender.players.remove(player) != nil, sender.players.isEmpty else { return }
        sender.viewer.sendReports(now: sendLoop.clock.now, wallClock: camera.now(), goodbye: true)
        sendLoop.stop(sender.viewer)
        sender.viewer.state = .initial
        sender.viewer.catchUp = nil
    }

    /// Lets go of the group, and of the socket when nobody is left.
    func release(_ sender: GroupSender, for holder: ObjectIdentifier) {
        rest(sender, for: holder)
        guard sender.holders.remove(holder) != nil, sender.holders.isEmpty else { return }
        groupSenders[sender.key] = nil
        sender.viewer.release()
    }

    /// Sends the tracks of a stream to their groups until `stopMulticast`, whether or not a session wants them. May be called
    /// from anywhere.
    ///
    /// - Parameters:
    ///   - stream: what is sent.
    ///   - groups: by track number.
    ///   - host: address of the camera.
    package func startMulticast(of stream: LiveStream, to groups: [Int: MulticastGroup], from host: String) {
        onLoop {
            let player = ObjectIdentifier(self)
            for track in stream.tracks {
                guard let group = groups[track.rawValue] else { continue }
                self.groupSender(track, of: stream, to: group, from: group.source(host), protection: nil)
                    .assumeIsolated().whenSuccess { sender in
                        sender.holders.insert(player)
                        self.play(sender, for: player)
                    }
            }
        }
    }

    /// Ends what `startMulticast` began; sessions that play go on. May be called from anywhere.
    package func stopMulticast(of stream: LiveStream) {
        onLoop { self.releaseStarted { $0.viewer.stream === stream } }
    }

    /// Ends what was started without a session.
    func releaseStarted(where condition: (GroupSender) -> Bool = { _ in true }) {
        for sender in groupSenders.values.filter(condition) { release(sender, for: ObjectIdentifier(self)) }
    }
}
