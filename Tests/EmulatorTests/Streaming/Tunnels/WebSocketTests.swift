import AV
import Fuzzing
import NIOCore
import NIOEmbedded
import NIOWebSocket
import RTP
import RTSP
import Testing

@testable import Emulator

/// RTSP over WebSocket.
@Suite(.timeLimit(.minutes(5))) struct WebSocketTests {
    /// The example of RFC 6455 §1.3.
    static func request(
        _ version: String = "13", key: String = "dGhlIHNhbXBsZSBub25jZQ==", protocols: String = "rtsp.onvif.org"
    ) -> String {
        "GET /onvif/rtsp HTTP/1.1\r\nHost: camera\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Key: \(key)\r\nOrigin: http://example.com\r\nSec-WebSocket-Protocol: \(protocols)\r\n"
            + "Sec-WebSocket-Version: \(version)\r\n\r\n"
    }

    /// A client's frame as RFC 6455 §5.2 has it.
    static func frame(_ opcode: UInt8, _ data: [UInt8], fin: Bool = true, masked: Bool = true) -> [UInt8] {
        var bytes = [opcode | (fin ? 0x80 : 0)]
        let bit: UInt8 = masked ? 0x80 : 0
        switch data.count {
        case ..<126: bytes.append(bit | UInt8(data.count))
        case ..<65536: bytes += [bit | 126, UInt8(data.count >> 8), UInt8(data.count & 0xFF)]
        default: bytes += [bit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: data.count >> (56 - 8 * $0)) }
        }
        guard masked else { return bytes + data }
        let key: [UInt8] = [1, 2, 3, 250]
        return bytes + key + data.enumerated().map { $0.element ^ key[$0.offset % 4] }
    }

    private func withClient(
        _ bench: TunnelBench, fragments: Int = .max,
        _ body: (RTSPTestClient, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        try await RTSPTestClient.with(
            port: bench.http.port,
            prepare: { try $0.pipeline.syncOperations.addHandler(TestWebSocket(fragment: fragments)) }, body)
    }

    @Test(arguments: [Int.max, 1, 7])
    func aWholeSessionDecodes(_ fragment: Int) async throws {
        try await TunnelBench().run { bench async throws in
            try await withClient(bench, fragments: fragment) { client, out async throws in
                let (session, _) = try await client.play(on: out)
                let result = try await RTSPServerTests.watch(client, bench.clock, pictures: 60)
                #expect(result.decoder.errors == 0)
                #expect(try await client.call("TEARDOWN", nil, [("Session", session)], on: out).status == .ok)
                #expect(bench.server.sessionCount == 0)
            }
        }
    }

    @Test func withoutCredentialsNothingIsShown() async throws {
        try await TunnelBench(asks: true).run { bench async throws in
            try await withClient(bench) { client, out async throws in
                #expect(try await client.call("DESCRIBE", on: out).status == .unauthorized)
                let headers = [("Transport", "RTP/AVP/TCP;unicast"), ("Authorization", "wrong")]
                #expect(try await client.call("SETUP", nil, headers, on: out).status == .unauthorized)
            }
        }
    }

    @Test func aConnectionThatBreaksFreesTheSession() async throws {
        try await TunnelBench().run { bench async throws in
            try await withClient(bench) { client, out async throws in
                _ = try await client.play(on: out)
                #expect(bench.server.sessionCount == 1)
                try await client.breakOff()
                try await bench.until { bench.server.sessionCount == 0 }
            }
        }
    }

    @Test(arguments: [
        (request("8"), " 426 "), (request(key: "c2hvcnQ="), " 400 "), (request(protocols: "chat"), " 400 "),
        (request().replacing("Sec-WebSocket-Key", with: "X"), " 400 "),
        (request().replacing("1.1", with: "1.0"), " 400 "),
    ])
    func aHandshakeThatIsWrongIsRefused(_ request: String, _ status: String) async throws {
        try await TunnelBench().run { bench async throws in
            let answer = try await bench.answer(to: request)
            #expect(answer.contains(status))
            #expect(answer.contains("Sec-WebSocket-Version: 13") == (status == " 426 "))
        }
    }

    // MARK: Frames

    /// The server's frames for those of a client, and whether it then closed.
    private static func exchange(_ bytes: [UInt8]) throws -> (frames: [UInt8], received: [UInt8], isOpen: Bool) {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: WebSocketStream.frameLimit)),
            WebSocketFrameEncoder(), WebSocketStream(),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        var (frames, received): ([UInt8], [UInt8]) = ([], [])
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { frames += buffer.readableBytesView }
        while let buffer = try channel.readInbound(as: ByteBuffer.self) { received += buffer.readableBytesView }
        let isOpen = channel.isActive
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return (frames, received, isOpen)
    }

    @Test func pingsAreAnsweredAndFragmentsJoined() throws {
        let bytes =
            Self.frame(2, [1, 2], fin: false) + Self.frame(9, [7]) + Self.frame(0, [3], fin: false)
            + Self.frame(0, []) + Self.frame(10, []) + Self.frame(2, [4])
        let result = try Self.exchange(bytes)
        #expect(result.frames == [0x8A, 1, 7])
        #expect(result.received == [1, 2, 3, 4])
        #expect(result.isOpen)
    }

    /// RFC 6455 §7.4.1 Defined Status Codes.
    @Test(arguments: [
        (frame(2, [1], masked: false), 1002), (frame(1, [65]), 1003), (frame(0, [1]), 1002), (frame(3, []), 1002),
        (frame(2, [1], fin: false) + frame(2, [1]), 1002), (frame(9, [], fin: false), 1002),
        (frame(9, Array(repeating: 0, count: 126)), 1002), ([0xC2, 0x80, 0, 0, 0, 0], 1002),
        (frame(2, Array(repeating: 0, count: WebSocketStream.frameLimit + 1)), 1009), (frame(8, [3, 232]), 1000),
        (frame(8, []), 1000),
    ])
    func whatIsWrongEndsTheConnectionWithItsCode(_ bytes: [UInt8], _ code: Int) throws {
        let result = try Self.exchange(bytes)
        #expect(result.frames == [0x88, 2, UInt8(code >> 8), UInt8(code & 0xFF)])
        #expect(!result.isOpen)
    }

    @Test func longWritesAreCutBetweenPackets() throws {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(WebSocketStream())
        func packet(_ length: Int) -> [UInt8] {
            [0x24, 0, UInt8(length >> 8), UInt8(length & 0xFF)] + Array(repeating: 5, count: length)
        }
        let (small, large) = (packet(1400), packet(65_535))
        func lengths(_ bytes: [UInt8]) throws -> [Int] {
            try channel.writeOutbound(ByteBuffer(bytes: bytes))
            var lengths: [Int] = []
            while let frame = try channel.readOutbound(as: WebSocketFrame.self) { lengths.append(frame.length) }
            return lengths
        }
        #expect(try lengths(small) == [1404])
        // 46 packets of 1404 bytes fit into 65,536.
        #expect(try lengths(Array(repeating: small, count: 100).flatMap(\.self)) == [46 * 1404, 46 * 1404, 8 * 1404])
        #expect(try lengths(small + large + small) == [1404, 65_539, 1404])
        #expect(try lengths(Array(repeating: 65, count: 70_000)) == [70_000])
        _ = try? channel.finish()
    }

    @Test func mutatedFramesDoNotTrap() throws {
        var mutator = Mutator(seed: 13)
        let sound =
            Self.frame(2, [1, 2], fin: false) + Self.frame(9, [7]) + Self.frame(0, Array(repeating: 1, count: 200))
            + Self.frame(8, [3, 232])
        for _ in 0..<3000 {
            let bytes = mutator.mutate(sound)
            let result = try Self.exchange(bytes)
            #expect(result.received.count <= bytes.count)
        }
    }
}

/// A client's end that is written by hand: it shakes hands, masks what it sends and takes the server's frames apart.
final class TestWebSocket: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let fragment: Int
    private var isOpen = false
    private var received: [UInt8] = []
    private var waiting: [(ByteBuffer, EventLoopPromise<Void>?)] = []

    /// - Parameter fragment: bytes in a frame at most.
    init(fragment: Int = .max) {
        self.fragment = fragment
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: WebSocketTests.request())), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        if !isOpen {
            let text = String(decoding: received, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { return }
            #expect(text.hasPrefix("HTTP/1.1 101 "))
            #expect(text.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
            #expect(text.contains("Sec-WebSocket-Protocol: rtsp.onvif.org\r\n"))
            received.removeFirst(text[..<end.upperBound].utf8.count)
            isOpen = true
            for (buffer, promise) in waiting { send(buffer, context, promise) }
            waiting = []
            context.flush()
        }
        while let frame = takeFrame() {
            #expect(frame.first == 0x82 || frame.first == 0x88)
            if frame.first == 0x82 { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: frame.dropFirst()))) }
        }
    }

    /// The first byte of the next frame, and its data.
    private func takeFrame() -> [UInt8]? {
        guard received.count >= 2 else { return nil }
        let lengthBytes = [126: 2, 127: 8][Int(received[1])] ?? 0
        guard received.count >= 2 + lengthBytes else { return nil }
        let long = received[2..<2 + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
        let length = lengthBytes == 0 ? Int(received[1]) : long
        let end = 2 + lengthBytes + length
        guard received.count >= end else { return nil }
        defer { received.removeFirst(end) }
        return [received[0]] + received[(2 + lengthBytes)..<end]
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let buffer = unwrapOutboundIn(data)
        if isOpen { send(buffer, context, promise) } else { waiting.append((buffer, promise)) }
    }

    private func send(_ buffer: ByteBuffer, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let bytes = Array(buffer.readableBytesView)
        var frames: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = fragment < bytes.count - start ? start + fragment : bytes.count
            frames += WebSocketTests.frame(start == 0 ? 2 : 0, Array(bytes[start..<end]), fin: end == bytes.count)
            start = end
        }
        context.write(wrapOutboundOut(ByteBuffer(bytes: frames)), promise: promise)
    }
}
