import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Opens the network connection to a broker.
enum MQTTDialler {
    /// Seconds until a connection stands.
    static let timeout: Int64 = 10

    /// - Parameters:
    ///   - endpoint: where to.
    ///   - loop: of the connection.
    ///   - end: the last handler, which gets and sends the bytes of MQTT.
    /// - Returns: the channel when bytes may be sent; those of TLS wait for its handshake.
    static func open(
        _ endpoint: MQTTEndpoint, on loop: any EventLoop, end: NIOLoopBound<RelayEnd>
    ) -> EventLoopFuture<any Channel> {
        let isReady = loop.makePromise(of: Void.self)
        let context: NIOSSLContext?
        do {
            context = try endpoint.encryption.map(tls)
        } catch {
            isReady.succeed()
            return loop.makeFailedFuture(MQTTError.unreachable("TLS: \(error)"))
        }
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(.seconds(timeout)).channelInitializer { channel in
            loop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let context, let encryption = endpoint.encryption {
                    try pipeline.addHandler(handler(context, encryption, host: endpoint.host, on: loop))
                }
                if case .webSocket(let target) = endpoint.carrier {
                    try pipeline.addHandler(
                        WebSocketHandshake(authority: endpoint.authority, target: target, isReady: isReady))
                } else {
                    isReady.succeed()
                }
                try pipeline.addHandler(end.value)
            }
        }
        let deadline = loop.scheduleTask(in: .seconds(timeout)) {
            isReady.fail(MQTTError.unreachable("no WebSocket handshake within \(timeout) s"))
        }
        let connected = bootstrap.connect(host: endpoint.host, port: endpoint.port).flatMapErrorThrowing { error in
            throw MQTTError.unreachable("\(error)")
        }
        connected.whenFailure { isReady.fail($0) }
        return connected.flatMap { channel in
            isReady.futureResult.map { channel }.flatMapErrorThrowing { error in
                channel.close(promise: nil)
                throw (end.value.failure ?? error as? MQTTError) ?? MQTTError.unreachable("\(error)")
            }
        }.always { _ in deadline.cancel() }
    }

    private static func tls(_ encryption: MQTTEndpoint.Encryption) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = encryption.judge == nil ? .none : .noHostnameVerification
        configuration.certificateChain = try encryption.chain.map {
            .certificate(try NIOSSLCertificate(bytes: $0, format: .der))
        }
        configuration.privateKey = try encryption.privateKey.map {
            .privateKey(try NIOSSLPrivateKey(bytes: Array($0.utf8), format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func handler(
        _ context: NIOSSLContext, _ encryption: MQTTEndpoint.Encryption, host: String, on loop: any EventLoop
    ) throws -> NIOSSLClientHandler {
        // RFC 6066 §3: an address is no server name.
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        let name = isAddress ? nil : host
        guard let judge = encryption.judge else {
            return try NIOSSLClientHandler(context: context, serverHostname: name)
        }
        return try NIOSSLClientHandler(context: context, serverHostname: name) { chain, promise in
            let chain = chain.compactMap { try? $0.toDERBytes() }
            let judged = loop.makePromise(of: Bool.self)
            // Ends by itself: validation neither waits nor loops.
            judged.completeWithTask { await judge(chain) }
            judged.futureResult.whenComplete { result in
                promise.succeed((try? result.get()) == true ? .certificateVerified : .failed)
            }
        }
    }
}

extension MQTTEndpoint {
    /// As `Host:` has it.
    fileprivate var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
