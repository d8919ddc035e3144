import Foundation
import MQTT
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A session on a loop of its own, used from a test.
final class SessionOnLoop: Sendable {
    let loop: any EventLoop
    private let session: NIOLoopBound<MQTTSession>
    let news: AsyncStream<MQTTSession.News>

    init(_ settings: MQTTSession.Settings) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        self.loop = loop
        let (news, told) = AsyncStream<MQTTSession.News>.makeStream()
        self.news = news
        session = try await loop.submit {
            NIOLoopBound(MQTTSession(settings, on: loop) { told.yield($0) }, eventLoop: loop)
        }.get()
    }

    func with<Result: Sendable>(_ body: @escaping @Sendable (MQTTSession) -> Result) async throws -> Result {
        let session = session
        return try await loop.submit { body(session.value) }.get()
    }

    func start() async throws { try await with { $0.start() } }
    func stop() async throws { try await with { $0.stop() } }

    func publish(_ topics: some Sequence<String>, quality: MQTTQuality, isRetained: Bool = false) async throws {
        let messages = topics.map {
            MQTTMessage(topic: $0, payload: Array("{}".utf8), quality: quality, isRetained: isRetained)
        }
        try await with { session in for message in messages { session.publish(message) } }
    }

    /// Waits for news of a kind.
    func wait(_ isAwaited: (MQTTSession.News) -> Bool) async {
        for await item in news where isAwaited(item) { return }
    }

    func waitForConnection() async { await wait { $0 == .connected } }

    func waitForLoss() async {
        await wait { if case .failed = $0 { true } else { false } }
    }
}

extension MQTTSession.Settings {
    /// Tries again soon.
    static func testing(_ endpoint: MQTTEndpoint, isLasting: Bool = true) -> Self {
        var settings = Self(clientIdentifier: UUID().uuidString, endpoint: endpoint, isLasting: isLasting)
        settings.backoff = MQTTBackoff(first: .milliseconds(20), limit: .milliseconds(100))
        return settings
    }

    static func testing(_ broker: TestBroker, isLasting: Bool = true) -> Self {
        testing(MQTTEndpoint(host: "127.0.0.1", port: broker.port), isLasting: isLasting)
    }
}

@Suite(.timeLimit(.minutes(3)))
struct MQTTSessionTests {
    /// Has the broker keep what it knows over its end, the messages of subscribers that are away included.
    static let keeping = [
        "persistence true", "autosave_on_changes true", "autosave_interval 1", "queue_qos0_messages true",
    ]

    @Test(arguments: MQTTQuality.allCases)
    func messagesArriveOnceInTheirOrderWithTheirQuality(_ quality: MQTTQuality) async throws {
        let broker = try TestBroker(settings: Self.keeping)
        let subscriber = try TestSubscriber(port: broker.port)
        let session = try await SessionOnLoop(.testing(broker, isLasting: quality != .atMostOnce))
        try await session.publish((1...50).map { "a/\($0)" }, quality: quality)
        try await session.start()
        try await session.publish(["end"], quality: quality)
        #expect(
            try subscriber.lines(51) == (1...50).map { "\(quality.rawValue) 0 a/\($0) {}" } + [
                "\(quality.rawValue) 0 end {}"
            ])
        try await session.stop()
    }

    @Test(arguments: MQTTQuality.allCases)
    func whatHappensWhileTheBrokerIsAwayArrivesOnceInItsOrder(_ quality: MQTTQuality) async throws {
        let broker = try TestBroker(settings: Self.keeping)
        let subscriber = try TestSubscriber(port: broker.port)
        let session = try await SessionOnLoop(.testing(broker, isLasting: quality != .atMostOnce))
        try await session.start()
        await session.waitForConnection()
        broker.kill()
        await session.waitForLoss()
        try await session.publish((1...40).map { "away/\($0)" }, quality: quality)
        #expect(try await session.with { $0.figures.waiting } == 40)
        try broker.restart()
        await session.waitForConnection()
        try await session.publish(["end"], quality: quality)
        #expect(
            try subscriber.lines(41).map { $0.split(separator: " ")[2] }
                == (1...40).map { "away/\($0)" } + ["end"])
        try await session.stop()
    }

    @Test func overTheBoundTheOldestAreGoneAndItIsTold() async throws {
        let broker = try TestBroker(settings: Self.keeping + ["max_queued_messages 5000"])
        let subscriber = try TestSubscriber(port: broker.port)
        let session = try await SessionOnLoop(.testing(broker))
        let surplus = 250
        try await session.publish(
            (1...MQTTQueue.messageLimit + surplus).map { "n/\($0)" }, quality: .exactlyOnce)
        #expect(try await session.with { $0.figures.dropped } == surplus)
        try await session.start()
        let lines = try subscriber.lines(MQTTQueue.messageLimit)
        #expect(lines == (1...MQTTQueue.messageLimit).map { "2 0 n/\($0 + surplus) {}" })
        var told = 0
        for await case .dropped(let count) in session.news {
            told += count
            if told == surplus { break }
        }
        try await session.stop()
    }

    @Test func whatIsRetainedIsToldToThoseWhoComeLaterUntilItIsDeleted() async throws {
        let broker = try TestBroker()
        let session = try await SessionOnLoop(.testing(broker))
        try await session.publish(["kept", "gone"], quality: .exactlyOnce, isRetained: true)
        try await session.with {
            $0.publish(MQTTMessage(topic: "gone", payload: [], quality: .exactlyOnce, isRetained: true))
        }
        try await session.start()
        while try await session.with({ $0.figures.delivered }) < 3 { await Task.yield() }
        let late = try TestSubscriber(port: broker.port)
        try await session.publish(["end"], quality: .exactlyOnce)
        #expect(try late.lines(2).sorted() == ["2 0 end {}", "2 1 kept {}"])
        try await session.stop()
    }

    @Test(arguments: [false, true], [false, true])
    func encryptedAndWebSocketConnectionsCarryTheSame(_ isEncrypted: Bool, _ isWebSocket: Bool) async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        var listener = isWebSocket ? ["protocol websockets"] : []
        if isEncrypted {
            listener += [
                "cafile \(authority.path("ca.pem"))", "certfile \(authority.path("broker.pem"))",
                "keyfile \(authority.path("broker.key"))", "require_certificate true",
            ]
        }
        // The subscriber comes in the clear.
        let broker = try TestBroker(listener: listener, secondListener: true)
        let subscriber = try TestSubscriber(port: broker.secondPort)
        let shown = try authority.bytes("broker.der")
        let encryption = MQTTEndpoint.Encryption(
            chain: [try authority.bytes("client.der")], privateKey: try authority.text("client.key")
        ) { $0.first == shown }
        let session = try await SessionOnLoop(
            .testing(
                MQTTEndpoint(
                    host: "127.0.0.1", port: broker.port, carrier: isWebSocket ? .webSocket(target: "/mqtt") : .stream,
                    encryption: isEncrypted ? encryption : nil)))
        try await session.start()
        try await session.publish((1...20).map { "s/\($0)" }, quality: .exactlyOnce)
        #expect(try subscriber.lines(20) == (1...20).map { "2 0 s/\($0) {}" })
        try await session.stop()
    }

    @Test func aBrokerWhoseCertificateIsRefusedGetsNothing() async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        let broker = try TestBroker(listener: [
            "certfile \(authority.path("broker.pem"))", "keyfile \(authority.path("broker.key"))",
        ])
        let session = try await SessionOnLoop(
            .testing(
                MQTTEndpoint(host: "127.0.0.1", port: broker.port, encryption: .init { _ in false })))
        try await session.start()
        await session.waitForLoss()
        #expect(try await session.with { $0.status } != .connected)
        try await session.stop()
    }

    @Test func whoIsNotLetInIsToldWhy() async throws {
        let broker = try TestBroker(settings: ["allow_anonymous false"])
        var settings = MQTTSession.Settings.testing(broker)
        settings.userName = "nobody"
        settings.password = "wrong"
        let session = try await SessionOnLoop(settings)
        try await session.start()
        await session.wait {
            if case .failed(.refused(let reason), _) = $0 { !reason.isEmpty } else { false }
        }
        try await session.stop()
    }

    /// Identifiers begin anew with each process: a broker that remembered those of an earlier one would take a message for a
    /// repeated one.
    @Test func aSessionOfAnEarlierLifeIsForgottenByTheBroker() async throws {
        let broker = try TestBroker(settings: Self.keeping)
        let subscriber = try TestSubscriber(port: broker.port)
        var settings = MQTTSession.Settings.testing(broker)
        settings.clientIdentifier = "same"
        for life in 1...3 {
            let session = try await SessionOnLoop(settings)
            try await session.start()
            try await session.publish(["life/\(life)"], quality: .exactlyOnce)
            while try await session.with({ $0.figures.delivered }) < 1 { await Task.yield() }
            try await session.stop()
        }
        #expect(try subscriber.lines(3) == (1...3).map { "2 0 life/\($0) {}" })
    }
}
