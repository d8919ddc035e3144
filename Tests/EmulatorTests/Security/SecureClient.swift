import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ONVIF
import Testing
import XML

/// A client of HTTPS that trusts what it is told to and shows a certificate if it has one; a connection a request.
struct SecureClient {
    /// DER.
    var trusted: [Data]
    /// DER of the certificate and PEM of its key.
    var own: (certificate: Data, key: String)?
    var maximumVersion: NIOSSL.TLSVersion?

    struct Answer: Equatable {
        var status: Int
        var challenge: String?
        var body: [UInt8]
        /// DER of the server's certificate.
        var certificate: Data?
    }

    private func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try trusted.map { try NIOSSLCertificate(bytes: Array($0), format: .der) })
        configuration.certificateVerification = .noHostnameVerification
        configuration.maximumTLSVersion = maximumVersion
        if let own {
            configuration.certificateChain = [
                .certificate(try NIOSSLCertificate(bytes: Array(own.certificate), format: .der))
            ]
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(own.key.utf8), format: .pem))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// - Throws: what the TLS library says of the handshake, or `Closed` where the camera ended the connection.
    func post(
        _ body: [UInt8], port: Int, path: String = Service.device.path, authorization: String? = nil
    ) async throws -> Answer {
        let context = try context()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Answer.self)
        var headers: HTTPHeaders = [
            "Host": "127.0.0.1:\(port)", "Content-Type": "application/soap+xml", "Content-Length": "\(body.count)",
            "Connection": "close",
        ]
        if let authorization { headers.add(name: "Authorization", value: authorization) }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: headers)
        do {
            _ = try await ClientBootstrap(group: loop).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(Exchange(head: head, body: body, promise: promise))
                }
            }.connect(host: "127.0.0.1", port: port).get()
        } catch {
            promise.fail(error)
        }
        return try await promise.futureResult.get()
    }

    struct Closed: Error {}

    private final class Exchange: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart

        private let head: HTTPRequestHead
        private let body: [UInt8]
        private let promise: EventLoopPromise<Answer>
        private var answer = Answer(status: 0, body: [])

        init(head: HTTPRequestHead, body: [UInt8], promise: EventLoopPromise<Answer>) {
            self.head = head
            self.body = body
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                answer.status = Int(head.status.code)
                answer.challenge = head.headers.first(name: "www-authenticate")
                let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
                answer.certificate = (try? handler?.peerCertificate?.toDERBytes()).map { Data($0) }
            case .body(let buffer): answer.body.append(contentsOf: buffer.readableBytesView)
            case .end:
                promise.succeed(answer)
                context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            promise.fail(Closed())
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}
