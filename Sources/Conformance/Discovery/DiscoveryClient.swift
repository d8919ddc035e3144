import Multicast
import NIOCore
import NIOPosix
import Synchronization

/// Searches for devices by WS-Discovery and listens for their announcements.
///
/// Source: WS-Discovery April 2005 §2.4, §5, §6; ONVIF Core 26.06 §7.
public struct DiscoveryClient: Sendable {
    public static let standardPort = 3702
    public static let multicastGroup = "239.255.255.250"
    /// Devices kept of one search.
    public static let foundLimit = 10_000

    /// Name or IPv4 address; `nil` for the one that the system routes multicast by.
    public var interface: String?
    public var port: Int

    public init(interface: String? = nil, port: Int = standardPort) {
        self.interface = interface
        self.port = port
    }

    /// The IPv4 addresses of this machine, each of which stands for its network.
    ///
    /// - Throws: what the system says.
    public static func interfaces() throws -> [String] {
        try System.enumerateDevices().compactMap { device in
            device.address?.protocol == .inet ? device.address?.ipAddress : nil
        }
    }

    /// Sends a Probe and gathers the matches until the time is over or `enough` says so.
    ///
    /// `host` is a name or IP address to ask alone; all devices of the network are asked without it. Types have the prefixes
    /// of ``Namespaces``; none match any device, as do no scopes.
    /// - Throws: ``DiscoveryError``.
    public func probe(
        types: [String] = [], scopes: [String] = [], host: String? = nil, within limit: Duration,
        enough: @escaping @Sendable ([FoundDevice]) -> Bool = { _ in false }
    ) async throws -> [FoundDevice] {
        let body: Markup = """
            <d:Probe>\(types.isEmpty ? nil : "<d:Types>\(types.joined(separator: " "))</d:Types>" as Markup)\
            \(scopes.isEmpty ? nil : "<d:Scopes>\(scopes.joined(separator: " "))</d:Scopes>" as Markup)</d:Probe>
            """
        return try await ask("Probe", body, host: host, within: limit, enough: enough)
    }

    /// Sends a Resolve for the endpoint's address and gathers the answers.
    ///
    /// - Throws: ``DiscoveryError``.
    public func resolve(
        _ endpoint: String, host: String? = nil, within limit: Duration,
        enough: @escaping @Sendable ([FoundDevice]) -> Bool = { !$0.isEmpty }
    ) async throws -> [FoundDevice] {
        let body: Markup = """
            <d:Resolve><wsa04:EndpointReference><wsa04:Address>\(endpoint)</wsa04:Address></wsa04:EndpointReference>\
            </d:Resolve>
            """
        return try await ask("Resolve", body, host: host, within: limit, enough: enough)
    }

    /// Listens for Hello and Bye while the body runs and until the time is over or `enough` says so.
    ///
    /// - Throws: ``DiscoveryError``, or what the body throws.
    public func listen(
        within limit: Duration, enough: @escaping @Sendable ([FoundDevice]) -> Bool = { _ in false },
        while body: @Sendable () async throws -> Void = {}
    ) async throws -> [FoundDevice] {
        let collector = Collector(enough: enough)
        let channel = try await bind("0.0.0.0", port, collector)
        do {
            try await Multicast.join(Self.multicastGroup, on: try device()?.address?.ipAddress, channel)
            try await body()
            await collector.wait(limit)
            try? await channel.close()
            return collector.found
        } catch {
            try? await channel.close()
            throw error
        }
    }

    // MARK: - Sockets

    private func ask(
        _ operation: String, _ body: Markup, host: String?, within limit: Duration,
        enough: @escaping @Sendable ([FoundDevice]) -> Bool
    ) async throws -> [FoundDevice] {
        let identifier = "urn:uuid:" + WSAddressing.uuid()
        return try await send(
            Self.envelope(operation, identifier, body), identifier: identifier, host: host, within: limit,
            enough: enough)
    }

    /// When a message is sent again, as datagrams get lost.
    ///
    /// Source: SOAP-over-UDP September 2004, appendix I, UDP_UPPER_DELAY.
    static let repeatDelay = Duration.milliseconds(500)

    /// Sends a message as it is, once more where no answer is enough, and gathers what answers its identifier.
    func send(
        _ message: String, identifier: String, host: String?, within limit: Duration, isRepeated: Bool = false,
        enough: @escaping @Sendable ([FoundDevice]) -> Bool
    ) async throws -> [FoundDevice] {
        let collector = Collector(relatesTo: identifier, enough: enough)
        let target: SocketAddress
        do {
            let host = host ?? Self.multicastGroup
            target =
                try (try? SocketAddress(ipAddress: host, port: port))
                ?? SocketAddress.makeAddressResolvingHost(host, port: port)
        } catch {
            throw DiscoveryError.badAddress(host ?? "")
        }
        // Linux sends multicast by the interface whose address the socket is bound to.
        let source = host == nil ? try device()?.address?.ipAddress : nil
        let anyAddress = target.protocol == .inet6 ? "::" : "0.0.0.0"
        let channel = try await bind(source ?? anyAddress, 0, collector)
        do {
            try await channel.writeAndFlush(
                AddressedEnvelope(remoteAddress: target, data: ByteBuffer(string: message)))
        } catch {
            try? await channel.close()
            throw error
        }
        async let _: Void = {
            guard isRepeated, (try? await Task.sleep(for: Self.repeatDelay)) != nil else { return }
            try? await channel.writeAndFlush(
                AddressedEnvelope(remoteAddress: target, data: ByteBuffer(string: message)))
        }()
        await collector.wait(limit)
        try? await channel.close()
        return collector.found
    }

    static func envelope(_ operation: String, _ identifier: String, _ body: Markup) -> String {
        let envelope: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope\(Markup(raw: Namespaces.declarations))><env:Header>\
            <wsa04:Action env:mustUnderstand="true">\(Namespaces.uri("d"))/\(operation)</wsa04:Action>\
            <wsa04:MessageID>\(identifier)</wsa04:MessageID><wsa04:To env:mustUnderstand="true">\
            urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa04:To></env:Header><env:Body>\(body)</env:Body>\
            </env:Envelope>
            """
        return envelope.text
    }

    private func bind(_ host: String, _ port: Int, _ collector: Collector) async throws -> any Channel {
        do {
            return try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_reuseaddr), value: 1)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65536))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Handler(collector: collector))
                    }
                }
                .bind(host: host, port: port).get()
        } catch {
            throw DiscoveryError.cannotBind(port: port, reason: "\(error)")
        }
    }

    private func device() throws -> NIONetworkDevice? {
        guard let interface else { return nil }
        let all = try System.enumerateDevices().filter { $0.address?.protocol == .inet }
        if let device = all.first(where: { $0.name == interface || $0.address?.ipAddress == interface }) {
            return device
        }
        throw DiscoveryError.noInterface(
            name: interface, known: all.map { "\($0.name) (\($0.address?.ipAddress ?? ""))" })
    }
}

/// Keeps what arrives, once per endpoint and kind.
private final class Collector: Sendable {
    private struct State {
        var found: [FoundDevice] = []
        var seen: Set<String> = []
        var waiter: CheckedContinuation<Void, Never>?
        var isDone = false
    }

    private let relatesTo: String?
    private let enough: @Sendable ([FoundDevice]) -> Bool
    private let start = ContinuousClock().now
    private let state = Mutex(State())

    init(relatesTo: String? = nil, enough: @escaping @Sendable ([FoundDevice]) -> Bool) {
        self.relatesTo = relatesTo
        self.enough = enough
    }

    var found: [FoundDevice] { state.withLock { $0.found } }

    func receive(_ bytes: [UInt8], from sender: String) {
        let devices = FoundDevice.all(in: bytes, sender: sender, after: ContinuousClock().now - start)
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            for device in devices where relatesTo == nil || device.relatesTo == relatesTo {
                // Answers to one message are one, however often they come.
                let message = relatesTo == nil ? device.messageID ?? "" : ""
                let key = "\(device.kind) \(device.endpoint) \(device.sender) \(message)"
                guard state.found.count < DiscoveryClient.foundLimit, state.seen.insert(key).inserted else { continue }
                state.found.append(device)
            }
            guard enough(state.found) else { return nil }
            state.isDone = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    private func finish() {
        let waiter = state.withLock { state in
            state.isDone = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when there is enough, the time is over, or the task is cancelled.
    func wait(_ limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await withTaskCancellationHandler {
                    await withCheckedContinuation { continuation in
                        let isDone = self.state.withLock { state in
                            if !state.isDone { state.waiter = continuation }
                            return state.isDone
                        }
                        if isDone { continuation.resume() }
                    }
                } onCancel: {
                    self.finish()
                }
            }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let collector: Collector

    init(collector: Collector) { self.collector = collector }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let sender = "\(envelope.remoteAddress.ipAddress ?? "?"):\(envelope.remoteAddress.port ?? 0)"
        collector.receive(Array(envelope.data.readableBytesView), from: sender)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
