import NIOCore
import NIOPosix
import NIOSSL

/// Both directions of an RTSP connection, whatever carries it; what comes goes to the ``RTSPInbox`` of the connection.
struct ByteLink: Sendable {
    let remoteHost: String
    let eventLoop: any EventLoop
    let send: @Sendable ([UInt8]) -> Void
    let close: @Sendable () async -> Void

    /// A link that is one channel.
    init(_ channel: any Channel, host: String) {
        remoteHost = channel.remoteAddress?.ipAddress ?? host
        eventLoop = channel.eventLoop
        send = { channel.writeAndFlush(ByteBuffer(bytes: $0), promise: nil) }
        close = { try? await channel.close() }
    }

    init(
        remoteHost: String, eventLoop: any EventLoop, send: @escaping @Sendable ([UInt8]) -> Void,
        close: @escaping @Sendable () async -> Void
    ) {
        self.remoteHost = remoteHost
        self.eventLoop = eventLoop
        self.send = send
        self.close = close
    }

    /// Connects over what the transport asks for.
    ///
    /// - Throws: ``StreamError/noConnection(host:port:reason:)``, `unauthorized`, `badAddress`.
    static func open(_ address: RTSPAddress, _ options: StreamOptions, inbox: RTSPInbox) async throws -> ByteLink {
        let dialler = try Dialler(address, options)
        switch options.transport {
        case .udp, .tcp, .multicast, .rtsps:
            let channel = try await dialler.connect { channel in
                try channel.pipeline.syncOperations.addHandler(RTSPHandler(inbox: inbox))
            }
            return ByteLink(channel, host: address.host)
        case .http, .https: return try await HTTPTunnel.open(dialler, inbox: inbox)
        case .ws, .wss:
            var dialler = dialler
            if let uri = options.webSocketURI {
                dialler = try Dialler(try RTSPAddress.webSocket(uri, of: address), options)
            }
            return try await WebSocketLink.open(dialler, inbox: inbox)
        }
    }
}

/// Opens TCP connections to one address, within TLS where the transport has it.
struct Dialler: Sendable {
    let address: RTSPAddress
    let options: StreamOptions
    private let tls: NIOSSLContext?

    init(_ address: RTSPAddress, _ options: StreamOptions) throws {
        self.address = address
        self.options = options
        guard options.transport.usesTLS else {
            tls = nil
            return
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = options.verifiesCertificate ? .fullVerification : .none
        tls = try NIOSSLContext(configuration: configuration)
    }

    /// Opens a connection; `handlers` adds what reads and writes the plain bytes.
    func connect(_ handlers: @escaping @Sendable (any Channel) throws -> Void) async throws -> any Channel {
        let (tls, host) = (tls, address.host)
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(options.connectTimeout.timeAmount)
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            // An address is no server name (RFC 6066 §3).
                            let name = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." } ? nil : host
                            try channel.pipeline.syncOperations.addHandler(
                                NIOSSLClientHandler(context: tls, serverHostname: name))
                        }
                        try handlers(channel)
                    }
                }
                .connect(host: host, port: address.port).get()
        } catch {
            throw StreamError.noConnection(host: host, port: address.port, reason: "\(error)")
        }
    }

    /// Credentials of the options, else those of the address.
    var credentials: StreamCredentials? { options.credentials ?? address.credentials }
}

extension Duration {
    var timeAmount: TimeAmount { .nanoseconds(Int64(self / .nanoseconds(1))) }
}
