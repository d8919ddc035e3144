public import StreamClient

/// An RTSP session of a case: each step on its own, or all of them by ``TestDevice/stream(_:over:kinds:frames:within:)``.
///
/// Every request and response stands in the log of the case; a Digest challenge is answered once. Close it in the end.
public actor RTSPSession {
    /// Where DESCRIBE goes, without user and password.
    public nonisolated let url: String
    private let client: RTSPClient

    /// Connects; nothing is asked yet.
    ///
    /// `transport`: of the connection; what SETUP asks for goes with it.
    /// - Throws: ``CaseEnd/unreachable(reason:)``, or `badAnswer` for an address that is none of RTSP.
    public init(
        _ address: String, device: TestDevice, user: DeviceCredentials? = nil, over transport: StreamTransport = .tcp
    ) async throws {
        guard address.lowercased().hasPrefix("rtsp://") else { throw Self.noAddress(address, device) }
        let target = device.link.target
        let log = device.log
        var options = StreamOptions(
            transport: transport,
            credentials: (user ?? target.credentials).map { StreamCredentials(user: $0.user, password: $0.password) })
        options.connectTimeout = target.connectTimeout
        options.requestTimeout = target.requestTimeout
        do {
            client = try await RTSPClient(address, options: options) { exchange in
                log.record(
                    operation: exchange.method, request: exchange.request, response: exchange.response,
                    status: exchange.status, took: exchange.took, failure: exchange.failure)
            }
        } catch StreamError.badAddress {
            throw Self.noAddress(address, device)
        } catch StreamError.noConnection(let host, let port, let reason) {
            throw CaseEnd.unreachable(reason: "RTSP, \(host):\(port): no connection (\(reason))")
        }
        url = client.url
    }

    private static func noAddress(_ address: String, _ device: TestDevice) -> CaseEnd {
        .badAnswer(operation: "GetStreamUri", reason: "\"\(address)\" is no rtsp address", exchange: device.log.last)
    }

    /// The latest response to DESCRIBE.
    public var description: RTSPReply? { get async { await client.description } }
    /// Set by the first SETUP.
    public var sessionID: String? { get async { await client.sessionID } }
    /// Seconds of silence that the device allows; 60 unless it says otherwise (RFC 2326 §12.37).
    public var sessionTimeoutSeconds: Int { get async { await client.sessionTimeoutSeconds } }

    // MARK: - Steps

    /// Sends any request; a 401 is answered once unless `authenticated` is false.
    ///
    /// - Throws: ``CaseEnd``, for no response or one that is not RTSP.
    @discardableResult
    public func request(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = [], authenticated: Bool = true
    ) async throws -> RTSPReply {
        try await Self.translated {
            try await client.request(method, at: uri, headers: headers, authenticated: authenticated)
        }
    }

    /// As ``request(_:at:headers:authenticated:)``, but any status than 200 ends the case with a finding.
    @discardableResult
    public func expectOK(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = []
    ) async throws -> RTSPReply {
        try await Self.translated { try await client.expectOK(method, at: uri, headers: headers) }
    }

    /// The methods that the device names in `Public`.
    public func options() async throws -> Set<String> { try await Self.translated { try await client.askMethods() } }

    /// The media of the session description.
    ///
    /// `requireBackchannel`: asks for audio towards the device (ONVIF Streaming 26.06 §5.3).
    public func describe(requireBackchannel: Bool = false) async throws -> [StreamMedia] {
        try await Self.translated { try await client.describe(requireBackchannel: requireBackchannel) }
    }

    /// Sets one media up; packets count from then on.
    ///
    /// - Throws: ``CaseEnd``, also when the device answers with another transport than asked for.
    @discardableResult
    public func setup(_ media: StreamMedia, index: Int, over transport: StreamTransport) async throws -> RTSPReply {
        try await Self.translated { try await client.setup(media, index: index, over: transport) }
    }

    @discardableResult
    public func play() async throws -> RTSPReply { try await Self.translated { try await client.play() } }

    @discardableResult
    public func pause() async throws -> RTSPReply { try await Self.translated { try await client.pause() } }

    /// By the method that is named.
    @discardableResult
    public func keepAlive(_ method: String = "GET_PARAMETER") async throws -> RTSPReply {
        try await Self.translated { try await client.keepAlive(method) }
    }

    /// Waits until that many frames and sender reports of the kind are there since SETUP, at most for the time.
    ///
    /// - Returns: what came of each media so far.
    public func receive(
        frames: Int, senderReports: Int = 0, of kind: String = "video", within limit: Duration
    ) async -> [StreamReport] {
        await client.receive(frames: frames, senderReports: senderReports, of: kind, within: limit)
            .map(StreamReport.init)
    }

    /// What came so far.
    public var reports: [StreamReport] { client.tracks.map(StreamReport.init) }

    /// TEARDOWN; the connection stays open.
    @discardableResult
    public func teardown() async throws -> RTSPReply { try await Self.translated { try await client.teardown() } }

    /// Ends connection and sockets without a word to the device.
    public func close() async { await client.close() }

    /// The client's errors as ends of a case.
    private static func translated<Value>(_ step: () async throws -> Value) async throws -> Value {
        do {
            return try await step()
        } catch let error as StreamError {
            throw CaseEnd(error)
        }
    }
}

extension CaseEnd {
    fileprivate init(_ error: StreamError) {
        switch error {
        case .badAddress(let text, let reason):
            self = .badAnswer(operation: "GetStreamUri", reason: "\"\(text)\": \(reason)", exchange: nil)
        case .noConnection(let host, let port, let reason):
            self = .unreachable(reason: "RTSP, \(host):\(port): no connection (\(reason))")
        case .noResponse(let method, let reason, _): self = .unreachable(reason: "RTSP \(method): \(reason)")
        case .notRTSP(let method, let reason, let exchange):
            self = .badAnswer(operation: method, reason: "the response is not RTSP: \(reason)", exchange: exchange)
        case .status(let status, let method, let exchange):
            self = .badAnswer(operation: method, reason: "RTSP status \(status)", exchange: exchange)
        case .badAnswer(let method, let reason, let exchange):
            self = .badAnswer(operation: method, reason: reason, exchange: exchange)
        case .unauthorized(let method, let reason): self = .unreachable(reason: "RTSP \(method): \(reason)")
        case .nothingToReceive(let reason): self = .notTestable(reason: reason)
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
