import RTSP

/// How RTP travels.
public enum StreamTransport: String, Sendable, CaseIterable {
    /// RTP/AVP over UDP, unicast.
    case udp
    /// RTP/AVP/TCP, interleaved in the RTSP connection.
    case tcp
}

/// An RTSP session of a case: each step on its own, or all of them by ``TestDevice/stream(_:over:kinds:frames:within:)``.
///
/// Every request and response stands in the log of the case; a Digest challenge is answered once. Close it in the end.
public actor RTSPSession {
    public static let defaultPort = 554

    /// Where DESCRIBE goes, without user and password.
    public let url: String
    private let connection: RTSPConnection
    private let receiver: StreamReceiver
    private let log: ExchangeLog
    private let credentials: DeviceCredentials?
    private let timeout: Duration
    private var sequence = 0
    private var challenge: DigestChallenge?
    private var nonceCount = 0
    private var sockets: [DatagramPair] = []
    /// The latest response to DESCRIBE.
    public private(set) var description: RTSPReply?
    /// Set by the first SETUP.
    public private(set) var sessionID: String?
    /// Seconds of silence that the device allows; 60 unless it says otherwise (RFC 2326 §12.37).
    public private(set) var sessionTimeoutSeconds = 60
    private var base: String
    private var nextChannel: UInt8 = 0

    /// Connects; nothing is asked yet.
    ///
    /// - Throws: ``CaseEnd/unreachable(reason:)``, or `badAnswer` for an address that is none of RTSP.
    public init(_ address: String, device: TestDevice, user: DeviceCredentials? = nil) async throws {
        guard let parsed = RTSPURL(address), parsed.scheme.lowercased() == "rtsp" else {
            throw CaseEnd.badAnswer(
                operation: "GetStreamUri", reason: "\"\(address)\" is no rtsp address", exchange: device.log.last)
        }
        let target = device.link.target
        url = parsed.text
        base = parsed.text
        log = device.log
        credentials = user ?? target.credentials
        timeout = target.requestTimeout
        receiver = StreamReceiver()
        let port = Self.port(of: parsed.authority)
        do {
            connection = try await RTSPConnection.open(
                host: parsed.host, port: port, timeout: target.connectTimeout, receiver: receiver)
        } catch {
            throw CaseEnd.unreachable(reason: "RTSP, \(parsed.host):\(port): no connection (\(error))")
        }
    }

    private static func port(of authority: String) -> Int {
        let tail = authority.split(separator: "]").last ?? ""
        guard let colon = tail.lastIndex(of: ":") else { return defaultPort }
        return Int(tail[tail.index(after: colon)...]) ?? defaultPort
    }

    // MARK: - Steps

    /// Sends any request; a 401 is answered once unless `authenticated` is false.
    ///
    /// - Throws: ``CaseEnd``, for no response or one that is not RTSP.
    @discardableResult
    public func request(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = [], authenticated: Bool = true
    ) async throws -> RTSPReply {
        let reply = try await send(method, uri ?? url, headers, authenticated: authenticated)
        guard authenticated, reply.status == 401, credentials != nil,
            let fresh = DigestChallenge.best(of: reply.header("WWW-Authenticate").map { [$0] } ?? []),
            fresh.isStale || challenge == nil
        else { return reply }
        challenge = fresh
        nonceCount = 0
        return try await send(method, uri ?? url, headers, authenticated: true)
    }

    /// As ``request(_:at:headers:authenticated:)``, but any status than 200 ends the case with a finding.
    @discardableResult
    public func expectOK(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = []
    ) async throws -> RTSPReply {
        let reply = try await request(method, at: uri, headers: headers)
        guard reply.status == 200 else {
            throw CaseEnd.badAnswer(operation: method, reason: "RTSP status \(reply.status)", exchange: reply.exchange)
        }
        return reply
    }

    /// The methods that the device names in `Public`.
    public func options() async throws -> Set<String> {
        let reply = try await expectOK("OPTIONS")
        let methods = (reply.header("Public") ?? "").split(separator: ",").map { String($0).trimmingWhitespace }
        return Set(methods)
    }

    /// The media of the session description.
    ///
    /// `requireBackchannel`: asks for audio towards the device (ONVIF Streaming 26.06 §5.3).
    public func describe(requireBackchannel: Bool = false) async throws -> [RTSPMedia] {
        var headers = [("Accept", "application/sdp")]
        if requireBackchannel { headers.append(("Require", "www.onvif.org/ver20/backchannel")) }
        let reply = try await expectOK("DESCRIBE", headers: headers)
        description = reply
        base = reply.header("Content-Base") ?? reply.header("Content-Location") ?? url
        do throws(SessionDescription.ParseError) {
            let description = try SessionDescription(parsing: reply.body)
            return description.media.map(media)
        } catch {
            throw CaseEnd.badAnswer(
                operation: "DESCRIBE", reason: "no session description: \(error)", exchange: reply.exchange)
        }
    }

    private func media(_ media: SessionDescription.Media) -> RTSPMedia {
        let format = media.formats.first ?? ""
        let map = media.rtpMap(format)
        let type = UInt8(format) ?? 0
        // RFC 3551 §6: static types need no rtpmap.
        let known: (String, Int) =
            switch type {
            case 0: ("PCMU", 8000)
            case 8: ("PCMA", 8000)
            case 26: ("JPEG", 90_000)
            default: ("", 0)
            }
        let direction = ["recvonly", "sendonly", "sendrecv", "inactive"].first { media[attribute: $0] != nil }
        return RTSPMedia(
            kind: media.kind, control: resolved(media[attribute: "control"] ?? ""), payloadType: type,
            encoding: map?.encoding ?? known.0, clockRate: map?.clockRate ?? known.1,
            formatParameters: media.formatParameters(format), direction: direction ?? "")
    }

    /// Source: RFC 2326 §C.1.1.
    private func resolved(_ control: String) -> String {
        if control.contains("://") { return control }
        if control.isEmpty || control == "*" { return base }
        return base.hasSuffix("/") ? base + control : base + "/" + control
    }

    /// Sets one media up; packets count from then on.
    ///
    /// - Throws: ``CaseEnd``, also when the device answers with another transport than asked for.
    @discardableResult
    public func setup(_ media: RTSPMedia, index: Int, over transport: StreamTransport) async throws -> RTSPReply {
        receiver.add(media, index: index)
        var asked = TransportSpecification(lowerTransport: .tcp)
        switch transport {
        case .tcp:
            asked.interleaved = .init(rtp: nextChannel, rtcp: nextChannel + 1)
            connection.map(nextChannel, index: index, isRTCP: false)
            connection.map(nextChannel + 1, index: index, isRTCP: true)
            nextChannel &+= 2
        case .udp:
            let pair = try await DatagramPair.open(
                isIPv6: connection.remoteHost.contains(":"), index: index, receiver: receiver)
            sockets.append(pair)
            asked.lowerTransport = .udp
            asked.clientPorts = .init(rtp: pair.rtpPort, rtcp: pair.rtcpPort)
        }
        let reply = try await expectOK("SETUP", at: media.control, headers: [("Transport", asked.text)])
        guard let session = reply.header("Session").flatMap({ SessionHeader($0) }) else {
            throw CaseEnd.badAnswer(operation: "SETUP", reason: "no Session header", exchange: reply.exchange)
        }
        sessionID = session.id
        if let seconds = session.timeout { sessionTimeoutSeconds = seconds }
        let answered = reply.header("Transport").flatMap { TransportSpecification.list($0).first }
        guard let answered, answered.lowerTransport == asked.lowerTransport, !answered.isMulticast else {
            throw CaseEnd.badAnswer(
                operation: "SETUP", reason: "Transport \(reply.header("Transport") ?? "none") instead of \(asked.text)",
                exchange: reply.exchange)
        }
        if let channels = answered.interleaved {
            // The device may choose others (RFC 2326 §12.39).
            connection.map(channels.rtp, index: index, isRTCP: false)
            connection.map(channels.rtcp, index: index, isRTCP: true)
        }
        return reply
    }

    @discardableResult
    public func play() async throws -> RTSPReply {
        try await expectOK("PLAY", at: base, headers: [("Range", "npt=0.000-")])
    }

    @discardableResult
    public func pause() async throws -> RTSPReply { try await expectOK("PAUSE", at: base) }

    /// By GET_PARAMETER where `Public` names it, else OPTIONS.
    @discardableResult
    public func keepAlive(_ method: String = "GET_PARAMETER") async throws -> RTSPReply {
        try await expectOK(method, at: base)
    }

    /// Waits until that many frames and sender reports of the kind are there since SETUP, at most for the time.
    ///
    /// - Returns: what came of each media so far.
    public func receive(
        frames: Int, senderReports: Int = 0, of kind: String = "video", within limit: Duration
    ) async -> [StreamReport] {
        let receiver = receiver
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await receiver.wait(forFrames: frames, senderReports: senderReports, of: kind) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return receiver.reports
    }

    /// What came so far.
    public var reports: [StreamReport] { receiver.reports }

    /// TEARDOWN; the connection stays open.
    @discardableResult
    public func teardown() async throws -> RTSPReply { try await expectOK("TEARDOWN", at: base) }

    /// Ends connection and sockets without a word to the device.
    public func close() async {
        await connection.close()
        for pair in sockets { await pair.close() }
        sockets = []
    }

    // MARK: - One exchange

    private func send(
        _ method: String, _ uri: String, _ headers: [(String, String)], authenticated: Bool
    ) async throws -> RTSPReply {
        sequence += 1
        var fields = [("CSeq", "\(sequence)"), ("User-Agent", "glasseye")]
        if let sessionID { fields.append(("Session", sessionID)) }
        if authenticated, let credentials, let challenge {
            nonceCount += 1
            let clientNonce = String(UInt64.random(in: .min ... .max), radix: 16)
            fields.append(
                (
                    "Authorization",
                    challenge.authorization(
                        for: credentials, method: method, uri: uri, count: nonceCount, clientNonce: clientNonce)
                ))
        }
        let request = Request(method, uri, headers: Headers(fields + headers))
        let requestText = String(decoding: request.bytes, as: UTF8.self)
        let clock = ContinuousClock()
        let start = clock.now
        switch await connection.send(request, timeout: timeout) {
        case .success(let response):
            let number = log.record(
                operation: method, request: requestText, response: String(decoding: response.bytes, as: UTF8.self),
                status: response.status.code, took: clock.now - start)
            let values = Dictionary(
                response.headers.fields.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { $0 + ", " + $1 })
            return RTSPReply(status: response.status.code, headers: values, body: response.body, exchange: number)
        case .failure(let failure):
            let reason =
                switch failure {
                case .closed: "the device closed the connection"
                case .timedOut: "no response within \(timeout)"
                case .notRTSP(let detail): "the response is not RTSP: \(detail)"
                }
            let number = log.record(
                operation: method, request: requestText, took: clock.now - start, failure: reason)
            if case .notRTSP = failure {
                throw CaseEnd.badAnswer(operation: method, reason: reason, exchange: number)
            }
            throw CaseEnd.unreachable(reason: "RTSP \(method): \(reason)")
        }
    }
}

extension TestDevice {
    /// Plays a stream: DESCRIBE, SETUP of the media, PLAY, so many frames, TEARDOWN.
    ///
    /// The frames are those of the first kind.
    /// - Returns: what came of each media that was set up, in the order of the session description.
    /// - Throws: ``CaseEnd``; a stream that stays silent does not throw, its report has no frames.
    public func stream(
        _ url: String, over transport: StreamTransport, kinds: [String] = ["video"], frames: Int,
        within limit: Duration
    ) async throws -> [StreamReport] {
        let session = try await RTSPSession(url, device: self)
        do {
            let media = try await session.describe()
            for (index, one) in media.enumerated() where kinds.contains(one.kind) {
                try await session.setup(one, index: index, over: transport)
            }
            try await session.play()
            let reports = await session.receive(frames: frames, of: kinds.first ?? "video", within: limit)
            try await session.teardown()
            await session.close()
            return reports
        } catch {
            await session.close()
            throw error
        }
    }
}
