internal import AV
internal import RTP
internal import RTSP

extension LiveStream {
    /// What DESCRIBE answers.
    ///
    /// Source: RFC 8866; RFC 2326 Annex C.1 (control, range). What formats say: `PayloadFormat`.
    ///
    /// `url` is the aggregate by the host that the client asked, `address` the connection's own end with its family.
    func description(url: ControlURL, address: String, isIPv6: Bool) -> SessionDescription {
        var media = [videoDescription(control: url.track(.video))]
        if let sound = plan?.audio {
            media.append(Self.audioDescription(sound, control: url.track(.audio)))
        }
        if let metadata {
            media.append(Self.metadataDescription(metadata, control: url.track(.metadata)))
        }
        return SessionDescription(
            origin: .init(
                sessionID: String(identities.video?.ssrc ?? 0), version: "1",
                address: .init(isIPv6: isIPv6, host: address)),
            name: "Glasseye", connection: .init(isIPv6: isIPv6, host: isIPv6 ? "::" : "0.0.0.0"),
            attributes: [.init("control", url.aggregate), .init("range", "npt=now-")], media: media)
    }

    private func videoDescription(control: String) -> SessionDescription.Media {
        let rate = (encoded?.parameters ?? plan?.clip.video.parameters)?.framesPerSecond ?? 0
        let format = videoFormat
        // Kilobits each second with some room for heads.
        let bandwidth =
            encoded.map { $0.settings.bitRate * 1000 / 950 } ?? max(1, (plan?.clip.video.bitRate ?? 0) / 950)
        return .init(
            kind: "video", formats: ["\(format.payloadType)"], bandwidth: bandwidth,
            attributes: format.description.map { .init($0.name, $0.value) } + [
                .init("framerate", rate == rate.rounded() ? "\(Int(rate))" : "\((rate * 1000).rounded() / 1000)"),
                .init("control", control), .init("recvonly"),
            ])
    }

    private static func audioDescription(_ plan: AudioPlan, control: String) -> SessionDescription.Media {
        .init(
            kind: "audio", formats: ["\(plan.payloadType)"], bandwidth: max(1, plan.track.bitRate / 950),
            attributes: plan.format.description.map { .init($0.name, $0.value) } + [
                .init("control", control), .init("recvonly"),
            ])
    }
}

extension LiveStream {
    /// Source: ONVIF Streaming 26.06 §5.2.2.4 RTSP session for a metadata stream.
    private static func metadataDescription(_ feed: MetadataFeed, control: String) -> SessionDescription.Media {
        .init(
            kind: "application", formats: ["\(feed.format.payloadType)"],
            attributes: feed.format.description.map { .init($0.name, $0.value) } + [
                .init("control", control), .init("recvonly"),
            ])
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
