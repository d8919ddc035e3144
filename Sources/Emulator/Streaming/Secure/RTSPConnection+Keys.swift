internal import RTSP
internal import SRTP

/// Names of the parameter that carries a MIKEY message.
private enum KeyParameter {
    /// ONVIF Streaming 25.12 §Client Re-Keying with MIKEY.
    static let mikey = "mikey"
    /// As GStreamer sends it, with the value of the header.
    static let header = "KeyMgmt"
}

extension RTSPConnection {
    /// The transports that are possible for a stream over this connection.
    ///
    /// Source: ONVIF Streaming 25.12 §SRTP data transfer via UDP: "TLS shall be used for RTSP when SRTP is used."
    func offer(_ stream: LiveStream, _ url: ControlURL) -> ServerSession.Offer {
        let groups = stream.tracks.filter { group(of: $0, url) != nil }
        return .init(
            multicastTracks: Set(groups.map(\.rawValue)), allowsSRTP: isSecure,
            isSRTPOnly: isSecure && url.wish.contains(.sdes))
    }

    /// What protects a track that is set up; nil, and a 463, where the client's keys cannot be taken.
    func security(
        for request: Request, _ track: Track, _ stream: LiveStream, _ wish: StreamWish
    ) -> TrackSecurity? {
        guard let identity = stream.identities[track] else { return nil }
        return try? KeyExchange.security(
            request.headers["KeyMgmt"], ssrc: identity.ssrc,
            shared: stream.secret.protection(hasIdentifier: wish.hasIdentifier))
    }

    /// Takes new keys and gives the present ones.
    ///
    /// Source: ONVIF Streaming 25.12 §Client Re-Keying with MIKEY, §Multicast considerations, §Error management.
    ///
    /// - Returns: nil for a request that is about no key.
    func keyResponse(to request: Request, _ url: ControlURL, _ session: MediaSession) -> Response? {
        guard ["GET_PARAMETER", "SET_PARAMETER"].contains(request.method), session.state.established?.path == url.path,
            let body = ParameterBody(parsing: request.body),
            let value = body[KeyParameter.mikey] ?? body[KeyParameter.header]
        else { return nil }
        let wanted = url.track.flatMap(Track.init(rawValue:)).map { [$0] } ?? Track.sent
        let tracks = wanted.filter { session.security[$0] != nil }
        guard !tracks.isEmpty else { return Response(.parameterNotUnderstood) }
        if request.method == "GET_PARAMETER" { return present(tracks[0], session) }
        let isHeader = body[KeyParameter.mikey] == nil
        let message = isHeader ? KeyManagementSpecification.list(value)?.first?.message : Base64.decode(value)
        guard let message else { return Response(.keyManagementFailure) }
        return rekey(tracks, session, message)
    }

    private func present(_ track: Track, _ session: MediaSession) -> Response {
        guard let security = session.security[track], let identity = session.stream.identities[track] else {
            return Response(.parameterNotUnderstood)
        }
        let counter = session.stream.rolloverCounter(track, at: server.sendLoop.clock.now)
        let message = KeyExchange.message(
            security.protection.master, ssrc: identity.ssrc, rolloverCounter: security.rolloverCounter(counter),
            wallClock: server.camera.now())
        let body = ParameterBody([.init(KeyParameter.mikey, Base64.encode(message))])
        return Response(.ok, headers: Headers([("Content-Type", "text/parameters")]), body: body.bytes)
    }

    private func rekey(_ tracks: [Track], _ session: MediaSession, _ message: [UInt8]) -> Response {
        for track in tracks {
            guard let security = session.security[track], let identity = session.stream.identities[track],
                let new = try? KeyExchange.keys(
                    message, ssrc: identity.ssrc, agreed: security.protection.master.suite),
                let key = new.keys.first
            else { return Response(.keyManagementFailure) }
            security.rekey(key)
        }
        return Response(.ok)
    }
}
