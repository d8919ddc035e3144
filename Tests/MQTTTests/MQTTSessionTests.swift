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
        try await session.publish((1...50).map { "a/\($0)" }, quality: quality, isRetained: true)
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
}
