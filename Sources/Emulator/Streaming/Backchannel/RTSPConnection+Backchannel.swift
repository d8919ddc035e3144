internal import RTSP

extension RTSPConnection {
    /// What the stream offers that the request's URL names.
    func backchannel(of request: Request) -> BackchannelOffer? {
        RTSPURL(request.uri).flatMap { server.camera.backchannel(ControlURL($0).path) }
    }

    /// Numbers of the tracks that can be set up.
    func tracks(_ stream: LiveStream, _ url: ControlURL) -> Set<Int> {
        var tracks = Set(stream.tracks.map(\.rawValue))
        if server.camera.backchannel(url.path) != nil { tracks.insert(Track.backchannel.rawValue) }
        return tracks
    }

    /// Has the session take sound from its client.
    ///
    /// - Returns: why it cannot: somebody else speaks, or the sound would be encrypted, which is not received.
    func setUpBackchannel(_ url: ControlURL, _ session: MediaSession, isSRTP: Bool) -> Status? {
        guard !isSRTP, let offer = server.camera.backchannel(url.path) else { return .unsupportedTransport }
        guard server.takeBackchannel(for: session) else { return .notEnoughBandwidth }
        session.backchannel = BackchannelReceiver(offer, server.camera.loudspeaker)
        return nil
    }
}

extension Request {
    /// Whether Require names a feature (RFC 2326 §12.32).
    func requires(_ feature: String) -> Bool {
        headers.all("Require").contains { header in
            header.split(separator: ",").contains { $0.drop { $0 == " " }.prefix { $0 != " " } == feature }
        }
    }
}
