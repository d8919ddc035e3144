import FakeServer
import NIOCore
import NIOSSL
import NIOWebSocket
import RTSP
import Synchronization
import Testing

@testable import StreamClient

/// Whole sessions against scripted servers, over each way that RTSP travels.
struct StreamInspectionTests {
    private static func inspect(
        _ url: String, _ transport: StreamTransport, frames: Int = 30, change: (inout StreamOptions) -> Void = { _ in }
    ) async throws -> StreamResult {
        var options = StreamOptions(transport: transport, credentials: StreamCredentials(user: "u", password: "p"))
        change(&options)
        var inspection = StreamInspection(url: url, options: options)
        inspection.duration = .milliseconds(300)
        return try await inspection.run()
    }

    @Test(arguments: [false, true])
    func aSessionIsPlayedAndTornDown(wantsDigest: Bool) async throws {
        let script = ScriptedStream(wantsDigest: wantsDigest)
        let result = try await FakeServer.serving({ script.reply(to: $0) }) { server in
            try await Self.inspect(server.address.replacing("http:", with: "rtsp:") + "/s", .tcp)
        }
        #expect(result.media.map(\.figures.frames) == [30])
        #expect(result.media[0].figures.lost == 0)
        #expect(result.allFindings.filter { $0.severity == .error && $0.kind != .decoding } == [])
        let methods = script.requests.compactMap { $0.split(separator: " ").first.map(String.init) }
        let expected = ["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "TEARDOWN"]
        #expect(methods == (wantsDigest ? ["OPTIONS"] : []) + expected)
    }

    @Test func basicIsAnsweredOnlyWhenItIsAllowed() async throws {
        let challenge = "RTSP/1.0 401 Unauthorized\r\nCSeq: CSEQ\r\nWWW-Authenticate: Basic realm=\"r\"\r\n\r\n"
        let script = ScriptedStream(replaced: ["DESCRIBE": challenge])
        let authorizations = Mutex<[String]>([])
        try await FakeServer.serving({ request in
            if let value = request.header("authorization") { authorizations.withLock { $0.append(value) } }
            return script.reply(to: request)
        }) { server in
            let url = server.address.replacing("http:", with: "rtsp:") + "/s"
            await #expect(throws: StreamError.self) { try await Self.inspect(url, .tcp) }
            #expect(authorizations.withLock { $0 } == [])
            await #expect(throws: StreamError.self) { try await Self.inspect(url, .tcp) { $0.allowsBasic = true } }
            // The Base64 of "u:p", by coreutils.
            #expect(authorizations.withLock { $0.first } == "Basic dTpw")
        }
    }

    @Test func aServerThatHangsUpIsFound() async throws {
        let script = ScriptedStream()
        let result = try await FakeServer.serving({ request in
            if request.requestLine.hasPrefix("PLAY"), case .data(let bytes) = script.reply(to: request) {
                return .closing(String(decoding: bytes.prefix { $0 != 0x24 }, as: UTF8.self))
            }
            return script.reply(to: request)
        }) { server in
            try await Self.inspect(server.address.replacing("http:", with: "rtsp:") + "/s", .tcp)
        }
        #expect(result.findings.contains { $0.kind == .hungUp && $0.severity == .error })
        #expect(result.media[0].findings.map(\.kind) == [.silence])
    }

    @Test func aRefusedTeardownIsFound() async throws {
        let script = ScriptedStream(replaced: ["TEARDOWN": "RTSP/1.0 454 Session Not Found\r\nCSeq: CSEQ\r\n\r\n"])
        let result = try await FakeServer.serving({ script.reply(to: $0) }) { server in
            try await Self.inspect(server.address.replacing("http:", with: "rtsp:") + "/s", .tcp)
        }
        #expect(result.findings.filter { $0.severity == .error }.map(\.kind) == [.teardown])
    }

    @Test func mediaTowardsTheServerAreLeftAlone() async throws {
        let back = ["m=audio 0 RTP/AVP 0", "a=control:back", "a=sendonly"]
        let script = ScriptedStream(mediaLines: back)
        let result = try await FakeServer.serving({ script.reply(to: $0) }) { server in
            try await Self.inspect(server.address.replacing("http:", with: "rtsp:") + "/s", .tcp)
        }
        #expect(result.media.map(\.figures.kind) == ["video"])
        #expect(script.requests.filter { $0.hasPrefix("SETUP") }.count == 1)
    }

    // MARK: - Tunnels

    @Test func rtspGoesThroughAnHTTPTunnel() async throws {
        let script = ScriptedStream()
        let get = Mutex<(cookie: String, channel: any Channel)?>(nil)
        let listener = try await ScriptedListener.open { channel in
            var text = ""
            var parser = MessageParser()
            var isPost = false
            try channel.pipeline.syncOperations.addHandler(
                ByteScript { bytes, context in
                    text += String(decoding: bytes, as: UTF8.self)
                    if !isPost {
                        guard let end = text.firstRange(of: "\r\n\r\n") else { return }
                        let cookie = text.firstMatch(of: #/x-sessioncookie: (\S+)/#).map { String($0.1) } ?? ""
                        if text.hasPrefix("GET /s HTTP/1.1") {
                            get.withLock { $0 = (cookie, context.channel) }
                            let head = "HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n"
                            context.writeAndFlush(NIOAny(ByteBuffer(string: head)), promise: nil)
                            return
                        }
                        #expect(cookie == get.withLock { $0?.cookie })
                        isPost = true
                        text = String(text[end.upperBound...])
                    }
                    parser.append(Base64.decode(text) ?? [])
                    text = ""
                    while case .request(let request)? = try? parser.next() {
                        let answer = ByteBuffer(bytes: script.answer(request))
                        get.withLock { $0?.channel }?.writeAndFlush(answer, promise: nil)
                    }
                })
        }
        let result = try await Self.inspect("rtsp://127.0.0.1:\(listener.port)/s", .http)
        await listener.close()
        #expect(result.media.map(\.figures.frames) == [30])
        #expect(script.requests.last?.hasPrefix("TEARDOWN rtsp://127.0.0.1") == true)
    }

    @Test(arguments: [
        "HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "?\r\n\r\n",
    ])
    func aRefusedTunnelIsNoConnection(answer: String) async throws {
        let listener = try await ScriptedListener.open { channel in
            try channel.pipeline.syncOperations.addHandler(
                ByteScript { _, context in
                    context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
                })
        }
        for transport in [StreamTransport.http, .ws] {
            await #expect(throws: StreamError.self) {
                try await Self.inspect("rtsp://127.0.0.1:\(listener.port)/s", transport)
            }
        }
        await listener.close()
    }

    @Test func rtspGoesThroughAWebSocket() async throws {
        let script = ScriptedStream()
        let listener = try await ScriptedListener.open { channel in
            try channel.pipeline.syncOperations.addHandler(WebSocketScript(script))
        }
        let result = try await Self.inspect("ws://127.0.0.1:\(listener.port)/socket", .ws)
        await listener.close()
        #expect(result.media.map(\.figures.frames) == [30])
        #expect(result.findings.filter { $0.severity == .error } == [])
    }

    @Test func theWebSocketOfTheDeviceIsUsed() throws {
        let address = try RTSPAddress("rtsp://camera:554/s", for: .ws)
        #expect(try RTSPAddress.webSocket("ws:/rtsp", of: address).tunnelPath == "/rtsp")
        #expect(try RTSPAddress.webSocket("ws://other:81/x", of: address).port == 81)
        #expect(throws: StreamError.self) { try RTSPAddress.webSocket("ws", of: address) }
    }

    @Test(arguments: [
        ("rtsp://h/s", StreamTransport.tcp, "h", 554, "rtsp://h/s"),
        ("rtsp://u:p%40@h:8554/s?x=1", .udp, "h", 8554, "rtsp://h:8554/s?x=1"),
        ("rtsp://[::1]/s", .tcp, "::1", 554, "rtsp://[::1]/s"), ("rtsp://h/s", .http, "h", 80, "rtsp://h/s"),
        ("https://h/s", .https, "h", 443, "rtsp://h/s"), ("rtsps://h/s", .rtsps, "h", 322, "rtsps://h/s"),
        ("wss://h/s", .wss, "h", 443, "rtsp://h/s"),
    ])
    func addressesAreRead(
        text: String, transport: StreamTransport, host: String, port: Int, url: String
    ) throws {
        let address = try RTSPAddress(text, for: transport)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.url == url)
        if text.contains("@") { #expect(address.credentials == StreamCredentials(user: "u", password: "p@")) }
    }

    @Test(arguments: ["", "h/s", "ftp://h/s", "rtsp://", "rtsp://h:0/s", "rtsp://h:99999/s", "rtsp:///s"])
    func wrongAddressesAreRefused(text: String) {
        #expect(throws: StreamError.self) { try RTSPAddress(text, for: .tcp) }
    }

    @Test func theHandshakeOfTheStandardIsAccepted() throws {
        // RFC 6455 §1.3 has this key and its answer.
        let text = """
            HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: rtsp.onvif.org\r\n\r\n
            """
        let head = try #require(try HTTPResponseHead.parse(Array(text.utf8))?.head)
        #expect(WebSocketLink.objection(to: head, key: "dGhlIHNhbXBsZSBub25jZQ==") == nil)
        #expect(WebSocketLink.objection(to: head, key: "other")?.contains("Accept") == true)
    }
}

/// Answers the handshake, then RTSP in frames.
private final class WebSocketScript: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let script: ScriptedStream
    private var received: [UInt8] = []
    private var isOpen = false

    init(_ script: ScriptedStream) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        if !isOpen {
            let text = String(decoding: received, as: UTF8.self)
            guard text.hasSuffix("\r\n\r\n"), let key = text.firstMatch(of: #/Sec-WebSocket-Key: (\S+)/#) else {
                return
            }
            received = []
            isOpen = true
            let lines = [
                "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Protocol: rtsp.onvif.org",
                "Sec-WebSocket-Accept: \(WebSocketLink.accept(String(key.1)))",
                "", "",
            ]
            context.writeAndFlush(NIOAny(ByteBuffer(string: lines.joined(separator: "\r\n"))), promise: nil)
            return
        }
        // Requests are short: one masked frame each, of less than 65,536 bytes (RFC 6455 §5.2).
        while received.count >= 8, received[0] == 0x82, received[1] & 0x80 != 0 {
            let short = Int(received[1] & 0x7F)
            let start = short == 126 ? 8 : 6
            let length = short == 126 ? Int(received[2]) << 8 | Int(received[3]) : short
            guard received.count >= start + length else { return }
            let mask = received[(start - 4)..<start]
            let payload = received[start..<(start + length)].enumerated().map { offset, byte in
                byte ^ mask[mask.startIndex + offset % 4]
            }
            received.removeFirst(start + length)
            var parser = MessageParser()
            parser.append(payload)
            guard case .request(let request)? = try? parser.next() else { return }
            let answer = script.answer(request)
            for start in stride(from: 0, to: answer.count, by: 60_000) {
                let part = answer[start..<min(start + 60_000, answer.count)]
                let head = [0x82, 126, UInt8(part.count >> 8), UInt8(part.count & 0xFF)]
                context.writeAndFlush(NIOAny(ByteBuffer(bytes: head + part)), promise: nil)
            }
        }
    }
}
