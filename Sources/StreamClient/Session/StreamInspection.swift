/// Plays a stream for a while and says what it was like: DESCRIBE, SETUP of all media that come, PLAY, TEARDOWN.
///
///     let result = try await StreamInspection(url: "rtsp://camera/stream", options: StreamOptions()).run()
///     for media in result.media { print(media.figures.frameRate ?? 0, media.findings) }
///
/// It reads only. Keep-alives go at half the time-out of the session, receiver reports every five seconds or so.
public struct StreamInspection: Sendable {
    /// Source: RFC 3550 §6.2.
    private static let reportInterval = 5.0
    /// Between keep-alives, seconds, whatever the server allows.
    private static let longestPause = 300.0
    public static let defaultDuration = Duration.seconds(10)

    public var url: String
    public var options: StreamOptions
    /// How long packets are taken after PLAY.
    public var duration = Self.defaultDuration
    /// What the device claims of its video, audio or metadata, by kind.
    public var claims: [String: StreamClaim] = [:]

    /// Takes frames instead of having them judged; called on event loops.
    package var tap: (@Sendable (StreamFrame) -> Void)?

    public init(url: String, options: StreamOptions) {
        self.url = url
        self.options = options
    }

    /// - Parameter progress: called about once a second with the time that passed and the frames of each media.
    /// - Returns: figures and findings of each media and of the session.
    /// - Throws: ``StreamError`` when nothing could be played.
    public func run(
        progress: @escaping @Sendable (Duration, [StreamFigures]) -> Void = { _, _ in }
    ) async throws -> StreamResult {
        let client = try await RTSPClient(url, options: options, tap: tap)
        do {
            let result = try await play(client, progress)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    private func play(
        _ client: RTSPClient, _ progress: @escaping @Sendable (Duration, [StreamFigures]) -> Void
    ) async throws -> StreamResult {
        // A server that has no OPTIONS keeps its session by it all the same.
        _ = try? await client.askMethods()
        let media = try await describe(client)
        let ours = media.enumerated().filter {
            $0.element.comesToUs && !$0.element.encoding.isEmpty && !$0.element.isProtected
        }
        guard !ours.isEmpty else {
            let kinds = media.map { "\($0.kind) \($0.encoding) \($0.proto) \($0.direction)" }.joined(separator: ", ")
            throw StreamError.nothingToReceive(reason: "the SDP has \(kinds.isEmpty ? "no media" : kinds)")
        }
        var judge = SessionJudge(transport: options.transport)
        for (index, one) in ours {
            let reply = try await client.setup(one, index: index, claim: claims[one.kind])
            judge.take(setup: reply)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let playing = try await client.play()
        judge.take(play: playing)
        let failedKeepAlive = await watch(client, start, progress)
        let watched = (clock.now - start).seconds
        if let failure = client.connectionFailure {
            judge.noteHangUp(failure, after: watched)
        } else {
            if let failedKeepAlive { judge.noteKeepAlive(failedKeepAlive) }
            let problem = await Self.tearDown(client)
            if let problem { judge.noteTeardown(problem) }
        }
        client.finish()
        let tracks = client.tracks
        judge.take(tracks, strayFrames: client.strayFrames)
        return StreamResult(
            url: client.url, transport: options.transport, seconds: watched,
            media: tracks.map {
                StreamResult.Media(figures: $0.checker.figures, findings: $0.checker.findings(watched: watched))
            }, findings: judge.findings)
    }

    private func describe(_ client: RTSPClient) async throws -> [StreamMedia] {
        do throws(StreamError) {
            return try await client.describe()
        } catch {
            guard case .status(401, let method, _) = error else { throw error }
            let words =
                options.credentials == nil
                ? "the server wants user and password" : "the server refuses user and password, or wants Basic"
            throw StreamError.unauthorized(method: method, reason: "\(words) (RTSP status 401)")
        }
    }

    /// Until the time is over or the connection gone.
    ///
    /// - Returns: why a keep-alive failed; nil when none did.
    private func watch(
        _ client: RTSPClient, _ start: ContinuousClock.Instant,
        _ progress: @escaping @Sendable (Duration, [StreamFigures]) -> Void
    ) async -> StreamError? {
        let duration = duration
        return await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                // More frames than there are, so that only the time or the connection ends the wait.
                _ = await client.receive(frames: .max, within: duration)
                return .over
            }
            group.addTask { .keepAlive(await Self.keepAlive(client)) }
            group.addTask {
                while !Task.isCancelled {
                    await Self.pause(Self.reportInterval * .random(in: 0.5...1.5))
                    if !Task.isCancelled { await client.sendReceiverReports() }
                }
                return .cancelled
            }
            group.addTask {
                while !Task.isCancelled {
                    await Self.pause(1)
                    progress(ContinuousClock.now - start, client.tracks.map(\.checker.figures))
                }
                return .cancelled
            }
            var failure: StreamError?
            for await ending in group {
                switch ending {
                case .over: group.cancelAll()
                // A keep-alive that failed is no reason to stop watching.
                case .keepAlive(let error): failure = error ?? failure
                case .cancelled: break
                }
            }
            return failure
        }
    }

    /// How one of the tasks of a session ended.
    private enum Ending {
        case over
        case keepAlive(StreamError?)
        case cancelled
    }

    /// - Returns: why the server refused; nil when it did not.
    private static func tearDown(_ client: RTSPClient) async -> StreamError? {
        do throws(StreamError) {
            try await client.teardown()
            return nil
        } catch {
            return error
        }
    }

    private static func keepAlive(_ client: RTSPClient) async -> StreamError? {
        let half = min(Double(await client.sessionTimeoutSeconds) / 2, longestPause)
        while !Task.isCancelled {
            await pause(half)
            if Task.isCancelled { return nil }
            if let failure = await beat(client) { return Task.isCancelled ? nil : failure }
        }
        return nil
    }

    private static func beat(_ client: RTSPClient) async -> StreamError? {
        do throws(StreamError) {
            try await client.keepAlive()
            return nil
        } catch {
            return error
        }
    }

    /// Seconds; a cancelled task does not wait.
    private static func pause(_ seconds: Double) async { try? await Task.sleep(for: .seconds(seconds)) }
}

/// What a stream was like.
public struct StreamResult: Sendable, Equatable, Codable {
    /// Without user and password.
    public var url: String
    public var transport: StreamTransport
    /// From PLAY to TEARDOWN.
    public var seconds: Double
    public var media: [Media]
    /// Of the session as a whole.
    public var findings: [StreamFinding]

    public struct Media: Sendable, Equatable, Codable {
        public var figures: StreamFigures
        public var findings: [StreamFinding]
    }

    /// Of the session and all media.
    public var allFindings: [StreamFinding] { findings + media.flatMap(\.findings) }
}
