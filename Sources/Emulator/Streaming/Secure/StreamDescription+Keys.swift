internal import RTSP
internal import SRTP

extension SessionDescription {
    /// The tracks that the sections describe, by the number in their `a=control`.
    private func track(ofMedia index: Int) -> Track? {
        media[index][attribute: "control"].flatMap(RTSPURL.init).flatMap { ControlURL($0).track }
            .flatMap(Track.init(rawValue:))
    }

    /// Tells the keys of what the camera sends. For connections over TLS only.
    ///
    /// Source: ONVIF Streaming 25.12 §Stream Initialization; RFC 4567 §3.1, RFC 4568 §4.
    mutating func tellKeys(of stream: LiveStream, _ wish: StreamWish, now: Int64, wallClock: Duration) {
        let key = stream.secret.protection(hasIdentifier: wish.hasIdentifier).master
        for index in media.indices {
            guard let track = track(ofMedia: index), track != .backchannel, let identity = stream.identities[track]
            else { continue }
            media[index].proto = "RTP/SAVP"
            let attribute: Attribute
            if wish.contains(.sdes) {
                attribute = .init("crypto", CryptoAttribute(keys: [key]).text)
            } else {
                let message = KeyExchange.message(
                    key, ssrc: identity.ssrc, rolloverCounter: stream.rolloverCounter(track, at: now),
                    wallClock: wallClock)
                attribute = .init("key-mgmt", "mikey \(Base64.encode(message))")
            }
            // Before a=control, as in ONVIF's example.
            let place = media[index].attributes.firstIndex { $0.name == "control" } ?? 0
            media[index].attributes.insert(attribute, at: place)
        }
    }

    /// Tells the groups of the tracks that have one.
    ///
    /// Source: ONVIF Streaming 25.12 §Multicast streaming; RFC 8866 §5.7 (IPv4 groups are followed by their TTL), RFC 2326 §C.1.2.
    mutating func tellGroups(_ group: (Track) -> MulticastGroup?) {
        for index in media.indices {
            guard let group = track(ofMedia: index).flatMap(group) else { continue }
            media[index].port = Int(group.port)
            media[index].connection = .init(
                isIPv6: group.isIPv6, host: group.isIPv6 ? group.host : "\(group.host)/\(group.timeToLive)")
        }
    }
}
