internal import AV
internal import RTP
internal import RTSP

extension LiveStream {
    /// What DESCRIBE answers.
    ///
    /// Source: RFC 8866; RFC 6184 §8.2.1 (H.264), RFC 3640 §4.1 and §4.4 (MPEG4-GENERIC), RFC 3551 §6 (G.711);
    /// RFC 2326 Annex C.1 (control, range).
    ///
    /// `url` is the aggregate by the host that the client asked, `address` the connection's own end with its family.
    func description(url: ControlURL, address: String, isIPv6: Bool) -> SessionDescription {
        var media = [videoDescription(control: url.track(.video))]
        if let audio = identities.audio, let track = plan.clip.audio {
            media.append(Self.audioDescription(track, audio, control: url.track(.audio)))
        }
        return SessionDescription(
            origin: .init(
                sessionID: String(identities.video?.ssrc ?? 0), version: "1",
                address: .init(isIPv6: isIPv6, host: address)),
            name: "Glasseye", connection: .init(isIPv6: isIPv6, host: isIPv6 ? "::" : "0.0.0.0"),
            attributes: [.init("control", url.aggregate), .init("range", "npt=now-")], media: media)
    }

    private func videoDescription(control: String) -> SessionDescription.Media {
        let track = plan.clip.video
        let parameters = encoded?.parameters ?? track.parameters
        let sets = (parameters.sequenceParameterSets + parameters.pictureParameterSets).map(Base64.encode)
        let type = StreamPlan.videoPayloadType
        let rate = parameters.framesPerSecond
        // Kilobits each second with some room for heads.
        let bandwidth = encoded.map { $0.settings.bitRate * 1000 / 950 } ?? max(1, track.bitRate / 950)
        return .init(
            kind: "video", formats: ["\(type)"], bandwidth: bandwidth,
            attributes: [
                .init("rtpmap", "\(type) H264/90000"),
                .init(
                    "fmtp",
                    "\(type) packetization-mode=1;profile-level-id=\(parameters.profileLevelID);"
                        + "sprop-parameter-sets=\(sets.joined(separator: ","))"),
                .init("framerate", rate == rate.rounded() ? "\(Int(rate))" : "\((rate * 1000).rounded() / 1000)"),
                .init("control", control), .init("recvonly"),
            ])
    }

    private static func audioDescription(
        _ track: AudioTrack, _ identity: Identity, control: String
    ) -> SessionDescription.Media {
        let type = identity.payloadType
        var attributes: [SessionDescription.Attribute] = []
        switch track.codec {
        case .aac(let configuration):
            attributes.append(.init("rtpmap", "\(type) MPEG4-GENERIC/\(track.sampleRate)/\(track.channels)"))
            let hex = configuration.map { byte in
                let digits = String(byte, radix: 16, uppercase: true)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
            attributes.append(
                .init(
                    "fmtp",
                    "\(type) streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
                        + "indexdeltalength=3;config=\(hex)"))
        case .pcmu:
            attributes.append(.init("rtpmap", "\(type) PCMU/8000"))
        case .pcma:
            attributes.append(.init("rtpmap", "\(type) PCMA/8000"))
        }
        attributes += [.init("control", control), .init("recvonly")]
        return .init(
            kind: "audio", formats: ["\(type)"], bandwidth: max(1, track.bitRate / 950), attributes: attributes)
    }
}

/// URLs of a stream and its tracks, by the scheme, host and port that the client itself used.
struct ControlURL: Hashable {
    private static let trackWord = "trackID="

    private let url: RTSPURL
    /// Path of the aggregate without a slash at the end.
    let path: String
    /// The track that the URL names.
    let track: Int?

    init(_ url: RTSPURL) {
        self.url = url
        var path = Self.withoutSlash(url.path)
        var track: Int?
        if let slash = path.lastIndex(of: "/") {
            let last = path[path.index(after: slash)...]
            if last.hasPrefix(Self.trackWord), let number = Int(last.dropFirst(Self.trackWord.count)), number >= 0 {
                track = number
                path = Self.withoutSlash(String(path[..<slash]))
            }
        }
        self.path = path
        self.track = track
    }

    private static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/"), path.utf8.count > 1 { path.removeLast() }
        return path
    }

    private var query: String { url.query.map { "?\($0)" } ?? "" }

    /// The whole stream.
    var aggregate: String { "\(url.scheme)://\(url.authority)\(path)\(query)" }

    /// What the client says by the query.
    var wish: StreamWish { StreamWish(query: url.query) }

    /// What relative URLs of the description start from.
    var base: String { "\(url.scheme)://\(url.authority)\(path == "/" ? "" : path)/" }

    func track(_ track: Track) -> String { "\(base)\(Self.trackWord)\(track.rawValue)\(query)" }

    var target: ServerSession.Target {
        track.map { .track($0, path: path) } ?? .aggregate(path: path)
    }
}
