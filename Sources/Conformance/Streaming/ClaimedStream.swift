public import StreamClient

/// A stream that a device offers, with what the device says of it.
public struct ClaimedStream: Sendable, Equatable {
    /// Token of the media profile.
    public var profile: String
    /// Its name.
    public var name: String
    /// What GetStreamUri answered.
    public var url: String
    /// By kind of media: `video`, `audio`.
    public var claims: [String: StreamClaim]
    /// Where the WebSocket is, if the device has one.
    public var webSocketURI: String?

    public init(
        profile: String, name: String, url: String, claims: [String: StreamClaim], webSocketURI: String? = nil
    ) {
        self.profile = profile
        self.name = name
        self.url = url
        self.claims = claims
        self.webSocketURI = webSocketURI
    }

    /// Asks a device for the streams of its media profiles, by Media2 and, where that is missing, Media. Nothing is set.
    ///
    /// - Parameters:
    ///   - target: the device service and who asks.
    ///   - profile: one token alone; nil asks for all.
    ///   - transport: that GetStreamUri is asked for.
    /// - Returns: at least one.
    /// - Throws: ``CaseEnd``; `notTestable` when there is no such profile or no media service.
    public static func all(
        of target: Target, profile: String? = nil, transport: StreamTransport
    ) async throws -> [ClaimedStream] {
        let link = DeviceLink(target: target, schema: nil)
        var discovery = FeatureDiscovery(link: link)
        try await discovery.readClock()
        try await discovery.findServices()
        let device = TestDevice(link: link)
        let services = await link.services
        let found: [ClaimedStream]
        if services[.media2] != nil {
            found = try await device.media2Streams(profile, transport)
        } else if services[.media] != nil {
            found = try await device.mediaStreams(profile, transport)
        } else {
            throw CaseEnd.notTestable(reason: "the device announces no media service; give a stream's own address")
        }
        guard !found.isEmpty else {
            throw CaseEnd.notTestable(
                reason: profile.map { "the device has no media profile \"\($0)\"; leave --profile out to see all" }
                    ?? "the device has no media profile with video")
        }
        return found
    }
}

extension TestDevice {
    /// Source: ONVIF Media2 26.06 §5.2.1 GetProfiles, §5.4.1 GetStreamUri, §5.2.3 (video), §5.2.5 (audio).
    fileprivate func media2Streams(_ wanted: String?, _ transport: StreamTransport) async throws -> [ClaimedStream] {
        let answer = try await media2Profiles(["VideoEncoder", "AudioEncoder"])
        var webSocket: String?
        if transport == .ws || transport == .wss {
            let capabilities = try await call("GetServiceCapabilities", in: .media2)
            webSocket = capabilities.text("tr2:Capabilities/tr2:StreamingCapabilities/@RTSPWebSocketUri").map {
                // With a path alone it is on the port of the web service (ONVIF Streaming 26.06 §5.1.1.6).
                guard !$0.contains("://"), let slash = $0.firstIndex(of: "/") else { return $0 }
                return "\(transport.rawValue)://\(link.target.authority)\($0[slash...])"
            }
        }
        var streams: [ClaimedStream] = []
        for node in answer.nodes("tr2:Profiles") {
            guard let token = node.attribute("token"), wanted == nil || wanted == token else { continue }
            let video = node.node("tr2:Configurations/tr2:VideoEncoder")
            guard wanted != nil || video != nil else { continue }
            let uri = try await call(
                "GetStreamUri", in: .media2,
                """
                <tr2:Protocol>\(transport.media2Protocol)</tr2:Protocol><tr2:ProfileToken>\(token)</tr2:ProfileToken>
                """
            ).require("tr2:Uri")
            var claims: [String: StreamClaim] = [:]
            claims["video"] = video.map { Self.claim(ofVideo2: $0) }
            claims["audio"] = node.node("tr2:Configurations/tr2:AudioEncoder").map { Self.claim(ofAudio: $0, "Media2") }
            streams.append(
                ClaimedStream(
                    profile: token, name: node.text("tr2:Name") ?? "", url: uri, claims: claims,
                    webSocketURI: webSocket))
        }
        return streams
    }

    /// Source: ONVIF Media 24.12 §5.2.2 GetProfiles, §5.15.1 GetStreamUri.
    fileprivate func mediaStreams(_ wanted: String?, _ transport: StreamTransport) async throws -> [ClaimedStream] {
        let answer = try await call("GetProfiles", in: .media)
        var streams: [ClaimedStream] = []
        for node in answer.nodes("trt:Profiles") {
            guard let token = node.attribute("token"), wanted == nil || wanted == token else { continue }
            let video = node.node("tt:VideoEncoderConfiguration")
            guard wanted != nil || video != nil else { continue }
            let (stream, transportName) = transport.mediaSetup
            let uri = try await call(
                "GetStreamUri", in: .media,
                """
                <trt:StreamSetup><tt:Stream>\(stream)</tt:Stream><tt:Transport><tt:Protocol>\(transportName)\
                </tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>\(token)</trt:ProfileToken>
                """
            ).require("trt:MediaUri/tt:Uri")
            var claims: [String: StreamClaim] = [:]
            claims["video"] = video.map { Self.claim(ofVideo: $0) }
            claims["audio"] = node.node("tt:AudioEncoderConfiguration").map { Self.claim(ofAudio: $0, "Media") }
            streams.append(ClaimedStream(profile: token, name: node.text("tt:Name") ?? "", url: uri, claims: claims))
        }
        return streams
    }

    /// `tt:VideoEncoder2Configuration`.
    private static func claim(ofVideo2 node: AnswerNode) -> StreamClaim {
        var claim = claim(ofSize: node, "Media2")
        claim.govLength = node.attribute("GovLength").flatMap { Int($0) }
        claim.profile = node.attribute("Profile")
        return claim
    }

    /// `tt:VideoEncoderConfiguration`.
    private static func claim(ofVideo node: AnswerNode) -> StreamClaim {
        var claim = claim(ofSize: node, "Media")
        let codec: XPath = claim.encoding == "H264" ? "tt:H264" : "tt:MPEG4"
        claim.govLength =
            claim.encoding == "JPEG" ? nil : node.number("\(codec)/tt:GovLength").flatMap { Int(exactly: $0) }
        claim.profile = claim.encoding == "H264" ? node.text("tt:H264/tt:H264Profile") : nil
        return claim
    }

    private static func claim(ofSize node: AnswerNode, _ service: String) -> StreamClaim {
        var claim = StreamClaim(source: "the video encoder configuration of \(service)")
        claim.encoding = node.text("tt:Encoding")
        claim.width = node.number("tt:Resolution/tt:Width").flatMap { Int(exactly: $0) }
        claim.height = node.number("tt:Resolution/tt:Height").flatMap { Int(exactly: $0) }
        claim.frameRateLimit = node.number("tt:RateControl/tt:FrameRateLimit")
        claim.bitrateLimit = node.number("tt:RateControl/tt:BitrateLimit").flatMap { Int(exactly: $0) }
        return claim
    }

    private static func claim(ofAudio node: AnswerNode, _ service: String) -> StreamClaim {
        var claim = StreamClaim(source: "the audio encoder configuration of \(service)")
        claim.encoding = node.text("tt:Encoding")
        claim.sampleRate = node.number("tt:SampleRate").flatMap { Int(exactly: $0) }
        return claim
    }
}

extension StreamTransport {
    /// Source: ONVIF Media2 26.06 §5.4.1.
    fileprivate var media2Protocol: String {
        switch self {
        case .udp: "RtspUnicast"
        case .multicast: "RtspMulticast"
        case .http, .https: "RtspOverHttp"
        case .rtsps: "RtspsUnicast"
        case .tcp, .ws, .wss: "RTSP"
        }
    }

    /// Stream type and protocol.
    ///
    /// Source: ONVIF Media 24.12 §5.15.1.
    fileprivate var mediaSetup: (String, String) {
        switch self {
        case .multicast: ("RTP-Multicast", "UDP")
        case .udp: ("RTP-Unicast", "UDP")
        case .http, .https: ("RTP-Unicast", "HTTP")
        case .tcp, .rtsps, .ws, .wss: ("RTP-Unicast", "RTSP")
        }
    }
}
