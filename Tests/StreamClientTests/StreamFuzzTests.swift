import FakeServer
import Fuzzing
import NIOCore
import RTP
import RTSP
import Synchronization
import Testing

@testable import StreamClient

/// Whatever a server sends, nothing traps and nothing grows without bound.
struct StreamFuzzTests {
    private static let rounds = 3000

    @Test func mutatedPacketsAreJudged() {
        let packets = SyntheticStream.video(frames: 100).packets.map { Array($0.bytes) }
        let report = RTCPPacket.compound([SyntheticStream.report(5000, time: 0), SyntheticStream.name(7)])
        var mutator = Mutator(seed: 1)
        var checker = StreamChecker(SyntheticStream.h264, mayReorder: true)
        for round in 0..<Self.rounds {
            let packet = mutator.mutate(packets[round % packets.count])
            _ = checker.receiveRTP(packet[...], at: .milliseconds(round))
            checker.receiveRTCP(mutator.mutate(report)[...], at: .milliseconds(round))
        }
        _ = checker.flush()
        #expect(checker.malformed.count <= StreamChecker.malformedLimit)
        #expect(checker.sources.count <= 17)
        #expect(checker.findings(watched: 10).count < 40)
        #expect(checker.figures.seconds <= 10)
    }

    @Test(arguments: [true, false])
    func anySequenceOfNumbersAndTimesIsCounted(mayReorder: Bool) {
        var mutator = Mutator(seed: 2)
        var checker = StreamChecker(SyntheticStream.g711, mayReorder: mayReorder)
        var window = 0
        for round in 0..<Self.rounds * 10 {
            let header = RTPHeader(
                payloadType: 0, marker: .random(using: &mutator), sequenceNumber: .random(in: 0...400, using: &mutator),
                timestamp: .random(in: .min ... .max, using: &mutator), ssrc: .random(in: 0...3, using: &mutator))
            let packet = RTPPacket(header: header, payload: [1, 2, 3])
            _ = checker.receiveRTP(packet.bytes[...], at: .microseconds(round * 7))
            window = max(window, checker.held)
        }
        #expect(window <= ReorderWindow.depth)
        #expect(checker.figures.packets == Self.rounds * 10)
    }

    @Test func aMonthOfPacketsNeedsTheMemoryOfAMinute() {
        // A packet each second for a month; what is kept is counters, a window and a frame in the making.
        var checker = StreamChecker(SyntheticStream.g711, mayReorder: true)
        for second in 0..<200_000 {
            let header = RTPHeader(
                payloadType: 0, marker: false, sequenceNumber: UInt16(truncatingIfNeeded: second),
                timestamp: UInt32(truncatingIfNeeded: second * 8000), ssrc: 1)
            _ = checker.receiveRTP(RTPPacket(header: header, payload: [1]).bytes[...], at: .seconds(second))
        }
        let figures = checker.figures
        #expect(figures.lost == 0)
        #expect(figures.sequenceWraps == 3)
        // 200,000 s × 8,000 Hz is 0.37 × 2^32.
        #expect(figures.timestampWraps == 0)
        #expect(checker.held == 0)
    }

    @Test func mutatedResponsesEndInAResultOrAnError() async throws {
        let sessions = 60
        for seed in 0..<UInt64(sessions) {
            let script = ScriptedStream(frames: 4)
            let mutator = Mutex(Mutator(seed: seed))
            try await FakeServer.serving({ request in
                guard case .data(let bytes) = script.reply(to: request) else { return .closing("") }
                return .data(mutator.withLock { $0.next() % 3 == 0 ? $0.mutate(bytes) : bytes })
            }) { server in
                var options = StreamOptions()
                options.requestTimeout = .milliseconds(50)
                var inspection = StreamInspection(
                    url: server.address.replacing("http:", with: "rtsp:") + "/s", options: options)
                inspection.duration = .milliseconds(10)
                _ = try? await inspection.run()
            }
        }
    }

    @Test func mutatedDescriptionsAreRead() throws {
        let sdp = Array(
            """
            v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 239.1.2.3/5\r\nt=0 0\r\nm=video 5000 RTP/AVP 96\r\n\
            b=AS:500\r\na=framerate:25\r\na=control:t\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;\
            sprop-parameter-sets=Z01AHqw=,aO48;profile-level-id=4D401E\r\nm=audio 0 RTP/AVP 97\r\n\
            a=rtpmap:97 MPEG4-GENERIC/16000/2\r\na=fmtp:97 mode=AAC-hbr;config=1408\r\n
            """.utf8)
        var mutator = Mutator(seed: 3)
        for _ in 0..<Self.rounds {
            guard let description = try? SessionDescription(parsing: mutator.mutate(sdp)) else { continue }
            for media in description.media {
                let media = StreamMedia(media, base: "rtsp://h/", session: description.connection)
                let checker = StreamChecker(media, mayReorder: true)
                #expect(checker.findings(watched: 1).count == 1)
                _ = FrameJudge(media)
            }
        }
    }

    @Test func mutatedHeadsAreRead() {
        let head = Array("HTTP/1.1 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\nRTSP".utf8)
        var mutator = Mutator(seed: 4)
        for _ in 0..<Self.rounds {
            let bytes = mutator.mutate(head)
            if let (_, count) = try? HTTPResponseHead.parse(bytes) { #expect(count <= bytes.count) }
        }
        #expect(throws: HTTPResponseHead.ParseError.tooLong(limit: HTTPResponseHead.limit)) {
            try HTTPResponseHead.parse([UInt8](repeating: 65, count: HTTPResponseHead.limit))
        }
    }

    /// Frames of any length and opcode after a sound handshake.
    @Test func mutatedWebSocketFramesEndInAnError() async throws {
        for seed in 0..<UInt64(30) {
            let mutator = Mutex(Mutator(seed: seed))
            let listener = try await ScriptedListener.open { channel in
                var isOpen = false
                try channel.pipeline.syncOperations.addHandler(
                    ByteScript { bytes, context in
                        let text = String(decoding: bytes, as: UTF8.self)
                        var answer = Array("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".utf8)
                        answer = mutator.withLock { $0.mutate([0x82, UInt8(answer.count)] + answer) }
                        if !isOpen, let key = text.firstMatch(of: #/Sec-WebSocket-Key: (\S+)/#) {
                            let head =
                                "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: rtsp.onvif.org\r\n"
                                + "Sec-WebSocket-Accept: \(WebSocketLink.accept(String(key.1)))\r\n\r\n"
                            answer = Array(head.utf8)
                            isOpen = true
                        }
                        context.writeAndFlush(NIOAny(ByteBuffer(bytes: answer)), promise: nil)
                    })
            }
            var options = StreamOptions(transport: .ws)
            options.requestTimeout = .milliseconds(50)
            let inspection = StreamInspection(url: "ws://127.0.0.1:\(listener.port)/s", options: options)
            await #expect(throws: StreamError.self) { try await inspection.run() }
            await listener.close()
        }
    }
}
