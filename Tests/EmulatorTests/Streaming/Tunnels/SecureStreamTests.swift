import AV
import NIOCore
import NIOPosix
import ONVIF
import RTP
import RTSP
import Testing

@testable import Emulator

/// RTSPS, and the tunnels within HTTPS.
@Suite(.timeLimit(.minutes(5))) struct SecureStreamTests {
    private static let identity = Result { try TLSServer.selfSigned() }

    /// Lets others work; the time limit of the suite ends it.
    private static func wait() async throws {
        try Task.checkCancellation()
        await Task.yield()
    }

    /// A bench whose RTSP server has a port for RTSPS.
    private func withRTSPS(_ body: (TunnelBench, Int) async throws -> Void) async throws {
        var bench = try await TunnelBench()
        let (tls, certificate) = try Self.identity.get()
        bench.certificate = certificate
        try await bench.run { bench async throws in
            try await body(bench, bench.server.openSecure(host: "127.0.0.1", port: 0) { tls })
        }
    }

    private func watch(
        _ bench: TunnelBench, _ client: RTSPTestClient, _ out: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        let (session, _) = try await client.play(on: out)
        let result = try await RTSPServerTests.watch(client, bench.clock, pictures: 60)
        #expect(result.decoder.errors == 0)
        #expect(try await client.call("TEARDOWN", nil, [("Session", session)], on: out).status == .ok)
        #expect(bench.server.sessionCount == 0)
    }

    @Test func aWholeSessionOverRTSPSDecodes() async throws {
        try await withRTSPS { bench, port async throws in
            let certificate = bench.certificate
            try await RTSPTestClient.with(port: port, prepare: { try TunnelBench.secure($0, certificate) }) {
                client, out in
                let describe = try await client.call("DESCRIBE", "rtsps://127.0.0.1:\(port)/live", on: out)
                #expect(describe.headers["Content-Base"] == "rtsps://127.0.0.1:\(port)/live/")
                try await watch(bench, client, out)
            }
        }
    }

    @Test func aWholeSessionInATunnelWithinTLSDecodes() async throws {
        try await TunnelBench(tls: Self.identity.get()).run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in try await watch(bench, client, out) }
        }
    }

    @Test func aWholeSessionOverWebSocketWithinTLSDecodes() async throws {
        try await TunnelBench(tls: Self.identity.get()).run { bench async throws in
            let certificate = bench.certificate
            try await RTSPTestClient.with(
                port: bench.http.port,
                prepare: { channel in
                    try TunnelBench.secure(channel, certificate)
                    try channel.pipeline.syncOperations.addHandler(TestWebSocket())
                }
            ) { client, out async throws in try await watch(bench, client, out) }
        }
    }

    @Test func mediaDoesNotLeaveTheConnectionInTheClear() async throws {
        try await withRTSPS { bench, port async throws in
            let certificate = bench.certificate
            try await RTSPTestClient.with(port: port, prepare: { try TunnelBench.secure($0, certificate) }) {
                client, out in
                let transport = [("Transport", "RTP/AVP;unicast;client_port=5000-5001")]
                let refused = try await client.call("SETUP", "\(client.url)/trackID=0", transport, on: out)
                #expect(refused.status == .unsupportedTransport)
            }
        }
    }

    @Test func aCookieFromTheClearDoesNotOpenATunnelWithinTLS() async throws {
        try await TunnelBench(tls: Self.identity.get()).run { bench async throws in
            let server = bench.server
            let clear = try await HTTPServer.start(
                address: "127.0.0.1", port: 0, loop: server.sendLoop.eventLoop, takeover: { server.takeOver($0) },
                answer: { _ in .none })
            let post = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: clear.port).get()
            try await post.writeAndFlush(ByteBuffer(string: TunnelBench.post("a")))
            try await bench.until { try await bench.tunnelCount() == 1 }
            _ = try await bench.connect(TunnelBench.get("a"))
            try await bench.until { try await bench.tunnelCount() == 2 }
            await clear.shutDown()
        }
    }

    @Test func switchingTLSOffEndsWhatSpokeIt() async throws {
        try await withRTSPS { bench, port async throws in
            let certificate = bench.certificate
            try await RTSPTestClient.with(port: bench.server.port) { plain, plainOut in
                try await RTSPTestClient.with(
                    port: port, prepare: { try TunnelBench.secure($0, certificate) }
                ) { client, out async throws in
                    _ = try await client.play(on: out)
                    await bench.server.closeSecure()
                    _ = try await client.drain()
                    try await bench.until { bench.server.sessionCount == 0 }
                }
                #expect(try await plain.call("OPTIONS", on: plainOut).status == .ok)
            }
            await #expect(throws: (any Error).self) {
                try await RTSPTestClient.with(port: port) { _, _ in }
            }
        }
    }

    @Test func aHandshakeThatNeverComesIsNotWaitedForForever() async throws {
        try await withRTSPS { bench, port async throws in
            let silent = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            // Whoever is served behind it shows that the silent one was accepted.
            let certificate = bench.certificate
            try await RTSPTestClient.with(
                port: port, prepare: { try TunnelBench.secure($0, certificate) }
            ) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
            }
            bench.clock.advance(by: .nanoseconds(RTSPServer.connectionTimeout + 1))
            try await silent.closeFuture.get()
        }
    }

    @Test func aTokenLetsInOverTLSAlone() async throws {
        let fixture = try await RTSPServerTests.Fixture()
        let camera = StreamingCamera(
            stream: { $0 == "/live" ? fixture.stream : nil }, authorize: { _, _, _ in .denied(challenges: ["Digest"]) },
            now: { .zero }, habit: nil, admits: { _ in true },
            authorizeByTLS: { _, header in
                switch header {
                case "Bearer good": .allowed
                case "Bearer bad": .denied(challenges: ["Bearer"])
                default: nil
                }
            })
        let server = try await RTSPServer.start(camera, on: fixture.server.sendLoop, host: "127.0.0.1", port: 0)
        let (tls, certificate) = try Self.identity.get()
        let port = try await server.openSecure(host: "127.0.0.1", port: 0) { tls }
        func challenges(_ port: Int, _ token: String?) async throws -> [String] {
            try await RTSPTestClient.with(
                port: port, prepare: { try TunnelBench.secure($0, port == server.port ? nil : certificate) }
            ) { client, out async throws in
                let headers = token.map { [("Authorization", $0)] } ?? []
                return try await client.call("DESCRIBE", nil, headers, on: out).headers.all("WWW-Authenticate")
            }
        }
        #expect(try await challenges(port, "Bearer good") == [])
        #expect(try await challenges(port, "Bearer bad") == ["Bearer"])
        #expect(try await challenges(port, nil) == ["Digest"])
        #expect(try await challenges(server.port, "Bearer good") == ["Digest"])
        await server.shutDown()
        await fixture.server.shutDown()
    }

    // MARK: The camera

    @Test func aProfileWithoutTLSHasNoRTSPS() async throws {
        let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let fleet = try await Fleet.start()
        let profile = try CameraProfile(path: "/\(root)/Profiles/bullet-s.yaml")
        await #expect(throws: CameraError.noHTTPS(profile: "bullet-s")) {
            try await fleet.add(profile, CameraSettings(password: "Secret-1", rtspsPort: 0))
        }
        await fleet.shutDown()
    }

    @Test func aCameraServesRTSPSWhileItServesHTTPS() async throws {
        let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let fleet = try await Fleet.start()
        let camera = try await fleet.add(
            CameraProfile(path: "/\(root)/Profiles/guard-box.yaml"),
            CameraSettings(password: "Secret-1", httpsPort: 0, rtspsPort: 0))
        let address = try #require(await camera.secureStreams().first)
        let port = try #require(RTSPURL(address)?.authority.split(separator: ":").last.flatMap { Int($0) })
        #expect(address == "rtsps://127.0.0.1:\(port)/MainStream")
        await camera.device.update { state, _ in
            state.setHTTPS(false, port: 443)
            state.effects.append(.tlsServingChanged)
        }
        while await camera.secureStreams() != [] { try await Self.wait() }
        await camera.device.update { state, _ in
            state.setHTTPS(true, port: 0)
            state.effects.append(.tlsServingChanged)
        }
        while await camera.secureStreams() == [] { try await Self.wait() }
        #expect(await camera.secureStreams().first == address)
        await fleet.shutDown()
    }
}
