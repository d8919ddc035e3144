import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import ONVIF
import RTSP
import Testing

@testable import Emulator

/// A camera's RTSP server with a web server before it, as `Camera` puts them together, with time in the test's hand.
struct TunnelBench {
    let fixture: RTSPServerTests.Fixture
    let http: HTTPServer
    /// Of the web server that is spoken with over TLS, DER.
    var certificate: Data?

    /// `asks` for credentials; `tls`, with its certificate, makes it a web server over TLS.
    init(asks: Bool = false, tls: (server: TLSServer, certificate: Data)? = nil) async throws {
        certificate = tls?.certificate
        let fixture = try await RTSPServerTests.Fixture(asks: asks)
        self.fixture = fixture
        let server = fixture.server
        http = try await HTTPServer.start(
            address: "127.0.0.1", port: 0, loop: server.sendLoop.eventLoop, tls: tls?.server,
            takeover: { server.takeOver($0) }, answer: { .now(.text(status: 200, $0.target)) })
    }

    var server: RTSPServer { fixture.server }
    var clock: ManualClock { fixture.clock }

    /// Tunnels with one half or both.
    func tunnelCount() async throws -> Int {
        let server = server
        return try await server.sendLoop.eventLoop.submit { server.tunnels.count }.get()
    }

    /// Asks again until it is so; the time limit of the suite is the bound.
    func until(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    func run(_ body: (TunnelBench) async throws -> Void) async throws {
        do {
            try await body(self)
        } catch {
            await shutDown()
            throw error
        }
        await shutDown()
    }

    private func shutDown() async {
        await http.shutDown()
        await server.shutDown()
    }

    // MARK: Clients

    /// Speaks TLS on the channel and trusts that certificate alone; nil leaves it in the clear.
    static func secure(_ channel: any Channel, _ certificate: Data?) throws {
        guard let certificate else { return }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: Array(certificate), format: .der)])
        configuration.certificateVerification = .noHostnameVerification
        let handler = try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: configuration), serverHostname: nil)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    static func get(_ cookie: String, version: String = "1.0") -> String {
        "GET /live HTTP/\(version)\r\nHost: camera\r\nx-sessioncookie: \(cookie)\r\n"
            + "Accept: application/x-rtsp-tunnelled\r\nPragma: no-cache\r\n\r\n"
    }

    static func post(_ cookie: String, _ fields: String = "Content-Length: 32767\r\n") -> String {
        "POST /live HTTP/1.0\r\nHost: camera\r\nX-SessionCookie: \(cookie)\r\n"
            + "Content-Type: application/x-rtsp-tunnelled\r\n\(fields)\r\n"
    }

    /// A connection to the web server that says this first.
    func connect(_ text: String) async throws -> any Channel {
        let certificate = certificate
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.secure(channel, certificate) }
            }
            .connect(host: "127.0.0.1", port: http.port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        return channel
    }

    /// A client whose GET is its own connection, and whose requests go through `upload`.
    func withTunnel(
        _ cookie: String, _ upload: any Channel, version: String = "1.0",
        _ body: (RTSPTestClient, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        let certificate = certificate
        try await RTSPTestClient.with(
            port: http.port,
            prepare: { channel in
                try Self.secure(channel, certificate)
                try channel.pipeline.syncOperations.addHandler(
                    TestTunnel(get: Self.get(cookie, version: version), upload: upload))
            }, body)
    }

    /// What the web server says until it closes the connection.
    func answer(to text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: http.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            for try await buffer in inbound { answer += String(buffer: buffer) }
            return answer
        }
    }
}

/// The client's end of a tunnel: says the GET, leaves out the head of its answer, and sends what is written as base 64.
final class TestTunnel: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let get: String
    private let upload: any Channel
    private var head: ByteBuffer? = ByteBuffer()

    init(get: String, upload: any Channel) {
        self.get = get
        self.upload = upload
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: get)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard var head else { return context.fireChannelRead(data) }
        var buffer = unwrapInboundIn(data)
        head.writeBuffer(&buffer)
        let text = String(buffer: head)
        guard let end = text.firstRange(of: "\r\n\r\n") else {
            self.head = head
            return
        }
        self.head = nil
        #expect(text.hasPrefix(get.contains("HTTP/1.1") ? "HTTP/1.1 200 " : "HTTP/1.0 200 "))
        #expect(text[..<end.lowerBound].contains("Content-Type: application/x-rtsp-tunnelled"))
        head.moveReaderIndex(forwardBy: text[..<end.upperBound].utf8.count)
        if head.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(head)) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let text = Base64.encode(Array(unwrapOutboundIn(data).readableBytesView))
        upload.writeAndFlush(ByteBuffer(string: text)).cascade(to: promise)
    }
}

extension TLSServer {
    /// With a certificate of its own making.
    static func selfSigned() throws -> (server: TLSServer, certificate: Data) {
        let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let model = try CameraProfile(path: "/\(root)/Profiles/guard-box.yaml").model
        let (settings, now) = (CameraSettings(password: "Secret-1"), Date())
        var state = DeviceState(
            model: model, identity: DeviceIdentity(model: model, settings: settings, httpPort: 80, rtspPort: 554),
            users: [], now: now)
        try state.switchOnHTTPS(port: 0, now: now)
        let serving = try #require(state.tlsServing)
        return (try TLSServer(serving) { ([], now) }, serving.chain[0])
    }
}
