import Certificates
import Foundation
import NIOCore
import NIOSSL
import ONVIF
import Synchronization

/// What connections over TLS are made with; a change reaches new connections and leaves the open ones alone.
final class TLSServer: Sendable {
    /// Whom a client must satisfy, and when that is: asked on the device's loop for each connection.
    typealias Clients = @Sendable () -> (validators: [PathValidator], now: Date)

    private struct Current {
        var context: NIOSSLContext
        var requiresClients: Bool
    }

    private let current: Mutex<Current>
    private let clients: Clients

    /// - Throws: what the TLS library says of the certificates or the key.
    init(_ serving: TLSServing, clients: @escaping Clients) throws {
        current = Mutex(try Self.current(serving))
        self.clients = clients
    }

    func replace(_ serving: TLSServing) throws {
        let next = try Self.current(serving)
        current.withLock { $0 = next }
    }

    private static func current(_ serving: TLSServing) throws -> Current {
        let chain = try serving.chain.map { der in
            NIOSSLCertificateSource.certificate(try NIOSSLCertificate(bytes: Array(der), format: .der))
        }
        let key = try NIOSSLPrivateKey(bytes: Array(serving.privateKey.secretPEM.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = serving.versions.contains(.v12) ? .tlsv12 : .tlsv13
        configuration.maximumTLSVersion = serving.versions.contains(.v13) ? .tlsv13 : .tlsv12
        if serving.requiresClientAuthentication {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(
                try serving.trustAnchors.map { try NIOSSLCertificate(bytes: Array($0.der), format: .der) })
            configuration.sendCANameList = true
        }
        return Current(
            context: try NIOSSLContext(configuration: configuration),
            requiresClients: serving.requiresClientAuthentication)
    }

    /// - Returns: the other end, known by name once the handshake is done.
    func addHandler(to channel: any Channel) throws -> TLSPeer {
        let (context, requiresClients) = current.withLock { ($0.context, $0.requiresClients) }
        let peer = TLSPeer()
        let handler: NIOSSLServerHandler
        if requiresClients {
            let (clients, loop) = (clients, channel.eventLoop)
            let bound = NIOLoopBound(peer, eventLoop: loop)
            handler = NIOSSLServerHandler(
                context: context,
                customVerificationCallback: { chain, promise in
                    let chain = chain.compactMap { (try? $0.toDERBytes()).map { Data($0) } }
                    let (validators, now) = clients()
                    let judged = loop.makePromise(of: X509Certificate?.self)
                    // Ends by itself: validation neither waits nor loops.
                    judged.completeWithTask { await Self.judge(chain, validators, now) }
                    judged.futureResult.whenSuccess { certificate in
                        bound.value.commonName = certificate?.subject.commonNames.last
                        promise.succeed(certificate == nil ? .failed : .certificateVerified)
                    }
                },
                configuration: .init())
        } else {
            handler = NIOSSLServerHandler(context: context)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
        return peer
    }

    private static func judge(_ chain: [Data], _ validators: [PathValidator], _ now: Date) async -> X509Certificate? {
        for validator in validators {
            if let certificate = await validator.validate(chain, at: now) { return certificate }
        }
        return nil
    }
}

/// The other end of a connection over TLS; on its loop only.
final class TLSPeer {
    /// Of the certificate that was checked; nil where none was asked for.
    var commonName: String?
}
