import Authentication
import NIOCore
import RTSP

/// An RTSP session of a client: each step on its own.
///
/// A Digest challenge is answered once, and again when it is stale. Close it in the end.
package actor RTSPClient {
    /// Told of every request with its response; returns the number that the reply carries.
    package typealias Observer = @Sendable (RTSPExchange) -> Int
    /// Seconds of silence that a server allows unless it says otherwise (RFC 2326 §12.37).
    package static let defaultSessionTimeout = 60

    /// Where DESCRIBE goes, without user and password.
    package nonisolated let url: String
    package nonisolated let options: StreamOptions
    let connection: RTSPConnection
    let receiver: StreamReceiver
    private let observer: Observer
    private let credentials: StreamCredentials?
    private var sequence = 0
    /// Values of WWW-Authenticate that came last.
    private var challenges: [String] = []
    private var nonceCount = 0
    var sockets: [DatagramPair] = []
    var base: String
    var nextChannel: UInt8 = 0
    /// Where receiver reports go, by place of the media.
    var reportTargets: [Int: ReportTarget] = [:]
    /// The latest response to DESCRIBE.
    package var description: RTSPReply?
    /// Set by the first SETUP.
    package var sessionID: String?
    /// Seconds of silence that the server allows.
    package var sessionTimeoutSeconds = RTSPClient.defaultSessionTimeout
    /// Methods that the server named in `Public`; nil before OPTIONS.
    package var methods: Set<String>?

    enum ReportTarget {
        case channel(UInt8)
        case datagram(DatagramPair, SocketAddress)
    }

    /// Connects; nothing is asked yet.
    ///
    /// `tap`: takes the frames, which are then not decoded here; called on event loops.
    ///
    /// - Throws: ``StreamError``.
    package init(
        _ address: String, options: StreamOptions, observer: @escaping Observer = { _ in 0 },
        tap: (@Sendable (StreamFrame) -> Void)? = nil
    ) async throws {
        let parsed = try RTSPAddress(address, for: options.transport)
        url = parsed.url
        base = parsed.url
        self.options = options
        self.observer = observer
        credentials = options.credentials ?? parsed.credentials
        receiver = StreamReceiver(tap: tap)
        connection = try await RTSPConnection.open(parsed, options, receiver: receiver)
    }

    /// What came so far, in the order of the session description.
    package nonisolated var tracks: [TrackReport] { receiver.reports }

    /// Gives up waiting for packets that have not come, so that the last frames count.
    package nonisolated func finish() { receiver.flush() }

    /// Whether the server hung up, or the connection broke.
    package nonisolated var connectionFailure: String? { connection.failure.map(Self.words) }

    /// Interleaved frames on channels that no SETUP named.
    package nonisolated var strayFrames: Int { connection.strayFrames }

    /// Waits until that many frames and sender reports of the kind are there since SETUP, at most for the time.
    package func receive(
        frames: Int, senderReports: Int = 0, of kind: String = "video", within limit: Duration
    ) async -> [TrackReport] {
        let receiver = receiver
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await receiver.wait(forFrames: frames, senderReports: senderReports, of: kind) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return receiver.reports
    }

    // MARK: - Requests

    /// Sends any request; a 401 is answered once unless `authenticated` is false.
    ///
    /// - Throws: ``StreamError/noResponse(method:reason:exchange:)`` or `notRTSP`.
    @discardableResult
    package func request(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = [], body: [UInt8] = [],
        authenticated: Bool = true
    ) async throws(StreamError) -> RTSPReply {
        let reply = try await send(method, uri ?? url, headers, body, authenticated: authenticated)
        guard authenticated, reply.status == 401, credentials != nil,
            let header = reply.header("WWW-Authenticate")
        else { return reply }
        // The same credentials again are worth a try only for a nonce that has grown old.
        guard challenges.isEmpty || DigestChallenge.best(of: [header])?.isStale == true else { return reply }
        challenges = [header]
        nonceCount = 0
        return try await send(method, uri ?? url, headers, body, authenticated: true)
    }

    /// As ``request(_:at:headers:body:authenticated:)``; any status but 200 is an error.
    @discardableResult
    package func expectOK(
        _ method: String, at uri: String? = nil, headers: [(String, String)] = []
    ) async throws(StreamError) -> RTSPReply {
        let reply = try await request(method, at: uri, headers: headers)
        guard reply.status == 200 else {
            throw .status(reply.status, method: method, exchange: reply.exchange)
        }
        return reply
    }

    /// TEARDOWN; the connection stays open.
    @discardableResult
    package func teardown() async throws(StreamError) -> RTSPReply { try await expectOK("TEARDOWN", at: base) }

    /// Ends connection and sockets without a word to the server.
    package func close() async {
        await connection.close()
        for pair in sockets { await pair.close() }
        sockets = []
    }

    private func send(
        _ method: String, _ uri: String, _ headers: [(String, String)], _ body: [UInt8], authenticated: Bool
    ) async throws(StreamError) -> RTSPReply {
        sequence += 1
        var fields = [("CSeq", "\(sequence)"), ("User-Agent", "glasseye")]
        if let sessionID { fields.append(("Session", sessionID)) }
        if authenticated, let credentials, !challenges.isEmpty {
            nonceCount += 1
            let value = Self.authorization(
                for: challenges, credentials, allowsBasic: options.allowsBasic, method: method, uri: uri,
                count: nonceCount)
            if let value { fields.append(("Authorization", value)) }
        }
        let request = Request(method, uri, headers: Headers(fields + headers), body: body)
        let clock = ContinuousClock()
        let start = clock.now
        let result = await connection.send(request, timeout: options.requestTimeout)
        let took = clock.now - start
        switch result {
        case .success(let response):
            let text = String(decoding: response.bytes, as: UTF8.self)
            let number = note(request, took, response: text, status: response.status.code)
            let values = Dictionary(
                response.headers.fields.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { $0 + ", " + $1 })
            return RTSPReply(status: response.status.code, headers: values, body: response.body, exchange: number)
        case .failure(.notRTSP(let detail)):
            let number = note(request, took, failure: "the response is not RTSP: \(detail)")
            throw .notRTSP(method: method, reason: detail, exchange: number)
        case .failure(let failure):
            let reason = failure == .timedOut ? "no response within \(options.requestTimeout)" : Self.words(failure)
            throw .noResponse(method: method, reason: reason, exchange: note(request, took, failure: reason))
        }
    }

    private func note(
        _ request: Request, _ took: Duration, response: String = "", status: Int? = nil, failure: String? = nil
    ) -> Int {
        observer(
            RTSPExchange(
                method: request.method, request: String(decoding: request.bytes, as: UTF8.self), response: response,
                status: status, took: took, failure: failure))
    }

    private static func words(_ failure: RTSPConnection.Failure) -> String {
        switch failure {
        case .closed: "the device closed the connection"
        case .timedOut: "no response in time"
        case .notRTSP(let detail): "what came is not RTSP: \(detail)"
        case .broken(let detail): "the connection broke: \(detail)"
        }
    }

    /// An Authorization value for the strongest challenge that we may answer; nil for none.
    static func authorization(
        for challenges: [String], _ credentials: StreamCredentials, allowsBasic: Bool, method: String, uri: String,
        count: Int
    ) -> String? {
        if let digest = DigestChallenge.best(of: challenges) {
            return digest.authorization(
                user: credentials.user, password: credentials.password, method: method, uri: uri, count: count,
                clientNonce: String(UInt64.random(in: .min ... .max), radix: 16))
        }
        let offersBasic = challenges.contains { $0.lowercased().contains("basic") }
        guard allowsBasic, offersBasic else { return nil }
        return "Basic " + Base64.encode(Array("\(credentials.user):\(credentials.password)".utf8))
    }
}
