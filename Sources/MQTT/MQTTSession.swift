package import NIOCore
import NIOPosix

/// Keeps a broker supplied: connects, connects again, and delivers what waits, in its order.
///
/// What a message's quality promises holds over any number of connections while the process lives. At most once: what was
/// written counts as delivered. At least once and exactly once: a message leaves the queue when the broker has acknowledged
/// it; exactly once holds while the broker keeps its session. A broker that forgets its session in the middle of the
/// handshake of the one message under way may lose that message; it never gets one twice. To be used on its loop.
package final class MQTTSession {
    package enum Status: Equatable, Sendable {
        /// No connection; another attempt comes after a while.
        case offline
        case connecting
        case connected
    }

    package enum News: Equatable, Sendable {
        case connected
        /// An attempt failed, or the connection was lost; how many attempts have failed in a row.
        case failed(MQTTError, count: Int)
        /// Messages were dropped, because they were too many.
        case dropped(Int)
        /// A message that cannot be sent by any means, and why.
        case unsendable(String)
    }

    package struct Settings: Sendable {
        /// By which the broker knows the session.
        package var clientIdentifier: String
        package var endpoint: MQTTEndpoint
        package var userName: String?
        package var password: String?
        /// Whether the broker is to remember handshakes; needless where nothing is acknowledged.
        package var isLasting: Bool
        package var backoff = MQTTBackoff.usual
        package var messageLimit = MQTTQueue.messageLimit
        package var byteLimit = MQTTQueue.byteLimit

        package init(
            clientIdentifier: String, endpoint: MQTTEndpoint, userName: String? = nil, password: String? = nil,
            isLasting: Bool = true
        ) {
            self.clientIdentifier = clientIdentifier
            self.endpoint = endpoint
            self.userName = userName
            self.password = password
            self.isLasting = isLasting
        }
    }

    /// Seconds without a word after which the broker is asked for one.
    static let keepAlive: Int32 = 30
    /// How often it is looked whether that is due, seconds.
    private static let keepAliveCheck: Int64 = 5
    /// Seconds that a broker may take to answer CONNECT, the handshake of TLS included.
    private static let answerLimit = 10
    /// Seconds that a goodbye may take.
    private static let farewellLimit: Int64 = 2

    private enum Phase {
        case stopped
        case waiting(Scheduled<Void>)
        case dialling
        /// CONNECT is on its way.
        case greeting(Link)
        case connected(Link)
    }

    private struct Link {
        let end: RelayEnd
        let channel: any Channel
        /// Ends a greeting that is not answered.
        let deadline: Scheduled<Void>
    }

    /// What the broker knows of the session.
    private enum Memory {
        /// Nothing was said to it yet; a session that it has is from another life.
        case unknown
        /// It is made to forget a session from another life.
        case forgetting
        case ours
    }

    package let settings: Settings
    private let loop: any EventLoop
    private let observe: (News) -> Void
    private var queue: MQTTQueue
    private var client: Mosquitto?
    private var phase = Phase.stopped
    private var memory = Memory.unknown
    private var failures = 0
    private var ticker: RepeatedTask?
    private var isWorking = false
    /// Counts connections, so that what is late of an old one is known for it.
    private var generation = 0

    /// - Parameters:
    ///   - settings: hold for the session's life.
    ///   - loop: all of it happens there.
    ///   - observe: called on the loop.
    package init(_ settings: Settings, on loop: any EventLoop, observe: @escaping (News) -> Void = { _ in }) {
        self.settings = settings
        self.loop = loop
        self.observe = observe
        queue = MQTTQueue(messageLimit: settings.messageLimit, byteLimit: settings.byteLimit)
    }

    package var status: Status {
        switch phase {
        case .stopped, .waiting: .offline
        case .dialling, .greeting: .connecting
        case .connected: .connected
        }
    }

    /// Messages that wait or are under way, that were delivered, and that were dropped.
    package var figures: (waiting: Int, delivered: Int, dropped: Int) { (queue.count, queue.delivered, queue.dropped) }

    // MARK: Use

    /// Begins to connect.
    package func start() {
        loop.preconditionInEventLoop()
        guard case .stopped = phase else { return }
        let bound = NIOLoopBound(self, eventLoop: loop)
        ticker = loop.scheduleRepeatedTask(
            initialDelay: .seconds(Self.keepAliveCheck), delay: .seconds(Self.keepAliveCheck)
        ) { _ in bound.value.tick() }
        dial()
    }

    /// Puts the message behind those that wait.
    package func publish(_ message: MQTTMessage) {
        loop.preconditionInEventLoop()
        let dropped = queue.append(message)
        if dropped > 0 { observe(.dropped(dropped)) }
        work()
    }

    /// Says goodbye and closes; what still waits is gone.
    package func stop() {
        loop.preconditionInEventLoop()
        ticker?.cancel()
        ticker = nil
        generation += 1
        switch phase {
        case .stopped, .dialling: break
        case .waiting(let timer): timer.cancel()
        case .greeting(let link), .connected(let link): leave(link)
        }
        phase = .stopped
    }

    // MARK: Connecting

    private func dial() {
        generation += 1
        phase = .dialling
        let end = NIOLoopBound(RelayEnd(), eventLoop: loop)
        let bound = NIOLoopBound((session: self, generation: generation), eventLoop: loop)
        MQTTDialler.open(settings.endpoint, on: loop, end: end).whenComplete { result in
            let (session, generation) = bound.value
            switch result {
            case .success(let channel):
                guard session.generation == generation else { return channel.close(promise: nil) }
                session.greet(channel, end.value)
            case .failure(let error):
                guard session.generation == generation else { return }
                session.fail(error as? MQTTError ?? .unreachable("\(error)"))
            }
        }
    }

    /// Has the library connect to this process, and ties it to the network.
    private func greet(_ channel: any Channel, _ end: RelayEnd) {
        do {
            let client = try client ?? makeClient()
            self.client = client
            let socket = try LocalPair.open { (path) throws(MQTTError) in
                try client.connect(socket: path, keepAlive: Self.keepAlive)
            }
            let local = NIOLoopBound(RelayEnd(isHeld: true), eventLoop: loop)
            let loop = loop
            let bound = NIOLoopBound((session: self, end: end, generation: generation), eventLoop: loop)
            ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    loop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(local.value) }
                }
                .withConnectedSocket(socket)
                .whenComplete { result in
                    let (session, end, generation) = bound.value
                    guard session.generation == generation, case .success(let localChannel) = result else {
                        if case .success(let localChannel) = result { localChannel.close(promise: nil) }
                        channel.close(promise: nil)
                        if session.generation == generation { session.fail(.lost) }
                        return
                    }
                    session.tie(channel, end, localChannel, local.value)
                }
        } catch {
            channel.close(promise: nil)
            fail(error as? MQTTError ?? .library("\(error)"))
        }
    }

    private func makeClient() throws(MQTTError) -> Mosquitto {
        try Mosquitto(
            identifier: settings.clientIdentifier, isClean: !settings.isLasting || memory == .forgetting,
            userName: settings.userName, password: settings.password)
    }

    private func tie(_ channel: any Channel, _ end: RelayEnd, _ localChannel: any Channel, _ local: RelayEnd) {
        let generation = generation
        end.onProgress = { [weak self] in
            guard let self, self.generation == generation else { return }
            work()
        }
        local.onProgress = end.onProgress
        end.onEnd = { [weak self] error in
            guard let self, self.generation == generation else { return }
            lose(error)
        }
        let bound = NIOLoopBound(self, eventLoop: loop)
        let deadline = loop.scheduleTask(in: .seconds(Int64(Self.answerLimit))) {
            guard bound.value.generation == generation else { return }
            bound.value.lose(.silent(Self.answerLimit))
        }
        phase = .greeting(Link(end: end, channel: channel, deadline: deadline))
        RelayEnd.tie(end, local)
        guard channel.isActive else {
            localChannel.close(promise: nil)
            return lose(end.failure ?? .lost)
        }
    }

    // MARK: Working

    private func tick() {
        switch phase {
        case .greeting, .connected:
            guard client?.keepAlive() == true else { return lose(.lost) }
            work()
        case .stopped, .waiting, .dialling: break
        }
    }

    /// Lets the library read and write, hears what came of it, and sends what may be sent.
    private func work() {
        guard !isWorking, let client else { return }
        isWorking = true
        var stands = client.work()
        var problem = hear(client)
        while stands, problem == nil, case .connected = phase, let message = queue.next {
            do {
                queue.sent(as: try client.publish(message))
            } catch Mosquitto.Refusal.message(let reason) {
                queue.discardNext()
                observe(.unsendable(reason))
            } catch {
                stands = false
            }
            problem = hear(client)
        }
        isWorking = false
        if let problem {
            lose(problem)
        } else if !stands {
            lose(.lost)
        }
    }

    /// - Returns: why the connection is of no use, if it is not.
    private func hear(_ client: Mosquitto) -> MQTTError? {
        for event in client.takeEvents() {
            switch event {
            case .delivered(let identifier): queue.finished(identifier)
            case .disconnected: break
            case .answered(let code, let hasSession):
                guard code == 0 else { return .refused(Mosquitto.refusal(code)) }
                guard case .greeting(let link) = phase else { continue }
                link.deadline.cancel()
                guard isSettled(hasSession: hasSession) else { continue }
                phase = .connected(link)
                failures = 0
                observe(.connected)
            }
        }
        return nil
    }

    /// A session from another life would take new messages for repeated ones: the broker is made to forget it first.
    private func isSettled(hasSession: Bool) -> Bool {
        switch memory {
        case .ours: return true
        case .unknown where !hasSession:
            memory = .ours
            return true
        case .unknown: memory = .forgetting
        case .forgetting: memory = .unknown
        }
        let bound = NIOLoopBound((session: self, generation: generation), eventLoop: loop)
        loop.execute {
            guard bound.value.session.generation == bound.value.generation else { return }
            bound.value.session.begin()
        }
        return false
    }

    /// Connects as another client, at once.
    private func begin() {
        if let link { leave(link) }
        dial()
    }

    // MARK: Ending

    private var link: Link? {
        switch phase {
        case .greeting(let link), .connected(let link): link
        case .stopped, .waiting, .dialling: nil
        }
    }

    /// Says goodbye, with which the client ends.
    private func leave(_ link: Link) {
        forget(link)
        client?.disconnect()
        // With it goes its end of the local connection, which takes the network's with it once all is written.
        client = nil
        let channel = link.channel
        loop.scheduleTask(in: .seconds(Self.farewellLimit)) { channel.close(promise: nil) }
    }

    private func lose(_ error: MQTTError) {
        guard let link else { return }
        forget(link)
        // The local connection goes with it.
        link.channel.close(promise: nil)
        queue.connectionLost()
        fail(error)
    }

    /// What happens to the connection from now on is of no concern.
    private func forget(_ link: Link) {
        generation += 1
        link.deadline.cancel()
        link.end.onEnd = nil
    }

    private func fail(_ error: MQTTError) {
        generation += 1
        failures += 1
        let bound = NIOLoopBound(self, eventLoop: loop)
        phase = .waiting(
            loop.scheduleTask(in: settings.backoff.pause(afterFailures: failures)) { bound.value.dial() })
        observe(.failed(error, count: failures))
    }
}
