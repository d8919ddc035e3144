internal import NIOCore
internal import RTSP
internal import SRTP

extension RTSPConnection {
    /// The group of a track, if it has one.
    func group(of track: Track, _ url: ControlURL) -> MulticastGroup? {
        server.camera.multicastGroup(url.path, track.rawValue)
    }

    /// Takes part in what goes to the group; the address is the camera's to say, whatever the client asks.
    func setUpMulticast(
        _ request: Request, _ url: ControlURL, _ session: MediaSession, _ track: Track, isSRTP: Bool
    ) {
        guard let group = group(of: track, url) else {
            answer(request, Response(.unsupportedTransport), session)
            return
        }
        // All receivers share the camera's key, so that a client brings none.
        guard !isSRTP || request.headers["KeyMgmt"].map(isOnlyForReports) ?? true else {
            answer(request, Response(.keyManagementFailure), session)
            return
        }
        let secret = session.stream.secret
        isBusy = true
        server.groupSender(
            track, of: session.stream, to: group, from: group.source(context?.channel.localAddress?.plainHost),
            protection: isSRTP ? secret.protection(hasIdentifier: url.wish.hasIdentifier) : nil
        ).assumeIsolated().whenComplete { result in
            self.isBusy = false
            switch result {
            case .success(let sender):
                sender.holders.insert(ObjectIdentifier(session))
                session.senders.append(sender)
                session.security[track] = sender.viewer.security[track]
                self.finishSetUp(request, url, session, track, .multicast, ports: nil)
            case .failure(let error):
                self.answer(
                    request, Response(error is GroupConflict ? .unsupportedTransport : .serviceUnavailable), session)
            }
            self.readOn()
        }
    }

    /// A message that gives away no key of the stream, as GStreamer sends it.
    private func isOnlyForReports(_ header: String) -> Bool {
        guard let message = KeyManagementSpecification.list(header)?.first?.message,
            let new = try? KeyExchange.keys(message, ssrc: 0, agreed: StreamProtection.suite)
        else { return false }
        return new.keys.allSatisfy(\.identifier.isEmpty)
    }
}

extension MediaSession {
    /// What SETUP answers for a track that goes to a group.
    ///
    /// Source: RFC 2326 §12.39 Transport: `destination`, `port` and `ttl` of a multicast.
    func groupSpecification(_ track: Track, ssrc: UInt32?) -> TransportSpecification {
        let group = senders.first { $0.track == track }?.group
        var specification = TransportSpecification(
            lowerTransport: .udp, isMulticast: true, ssrc: ssrc, mode: "PLAY", destination: group?.host)
        specification.ports = group.map { .init(rtp: $0.port, rtcp: $0.port + 1) }
        specification.timeToLive = group?.timeToLive
        return specification
    }

    /// Lets go of the senders of a session that came to nothing, as its connection has gone.
    func unused(by server: RTSPServer) {
        guard id == nil else { return }
        for sender in senders { server.release(sender, for: ObjectIdentifier(self)) }
        senders = []
    }
}

extension RTSPServer {
    /// Something goes out to the groups of this session already.
    func isOnAir(_ session: MediaSession) -> Bool { session.senders.contains { !$0.players.isEmpty } }

    func pause(_ session: MediaSession) {
        sendLoop.stop(session)
        session.catchUp = nil
        for sender in session.senders { rest(sender, for: ObjectIdentifier(session)) }
    }

    func remove(_ track: Track, from session: MediaSession) {
        session.remove(track)
        for sender in session.senders where sender.track == track { release(sender, for: ObjectIdentifier(session)) }
        session.senders.removeAll { $0.track == track }
    }
}
