import AV
import NIOCore
import NIOPosix
import RTP
import RTSP
import Testing

@testable import Emulator
@testable import ONVIF

@Suite(.timeLimit(.minutes(5))) struct BackchannelTests {
    private static let feature = ("Require", BackchannelOffer.feature)

    /// A camera whose loudspeaker knows all codecs, unless it has none.
    private struct Fixture {
        let server: RTSPServer
        let loudspeaker: Loudspeaker

        init(hasLoudspeaker: Bool = true, primacy: AudioOutputConfiguration.SendPrimacy? = nil) async throws {
            let stream = try LiveStreamTests.stream()
            var camera = StreamingCamera(
                stream: { $0 == "/live" ? stream : nil }, authorize: { _, _, _ in .allowed }, now: { .zero })
            if hasLoudspeaker {
                let offer = BackchannelOffer(
                    Backchannel(
                        decoders: [.pcmu, .g726, .aac].map { .init(usual: $0) }, sendPrimacy: primacy, level: 100))
                camera.backchannel = { $0 == "/live" ? offer : nil }
            }
            loudspeaker = camera.loudspeaker
            server = try await RTSPServer.start(
                camera, on: SendLoop(on: MultiThreadedEventLoopGroup.singleton.next()), host: "127.0.0.1", port: 0)
        }

        func run(_ body: (RTSPTestClient, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void) async throws
        {
            do {
                try await RTSPTestClient.with(port: server.port) { client, out in try await body(client, out) }
            } catch {
                await server.shutDown()
                throw error
            }
            await server.shutDown()
        }
    }

    private static func packet(_ type: UInt8, _ sequence: UInt16, _ payload: [UInt8]) -> [UInt8] {
        let header = RTPHeader(
            payloadType: type, marker: sequence == 0, sequenceNumber: sequence, timestamp: UInt32(sequence) * 160,
            ssrc: 77)
        return RTPPacket(header: header, payload: payload[...]).bytes
    }

    /// What `loudspeaker` played is polled for by requests that are answered behind it.
    private static func heard(
        _ loudspeaker: Loudspeaker, _ count: Int, _ ask: () async throws -> Void
    ) async throws -> Loudspeaker.Sound {
        while loudspeaker.heard.played < count { try await ask() }
        return loudspeaker.heard
    }

    @Test func withoutTheFeatureTagTheDescriptionHasNoBackchannel() async throws {
        try await Fixture().run { client, out in
            let plain = try await client.call("DESCRIBE", on: out)
            #expect(try SessionDescription(parsing: plain.body).media.count == 2)
            let answer = try await client.call("DESCRIBE", nil, [Self.feature], on: out)
            let media = try SessionDescription(parsing: answer.body).media
            #expect(media.count == 3)
            #expect(media[2].kind == "audio" && media[2][attribute: "sendonly"] != nil)
            #expect(media[..<2].allSatisfy { $0[attribute: "recvonly"] != nil })
            #expect(media[2].formats == ["0", "8", "100", "101", "102", "103", "104", "105", "106"])
            #expect(media[2].rtpMap("0")?.encoding == "PCMU")
            #expect(media[2].rtpMap("102")?.encoding == "G726-32")
            #expect(media[2].formatParameters("105")["config"] == "1408")
            #expect(media[2][attribute: "control"] == "\(client.url)/trackID=3")
        }
    }

    @Test func aCameraWithoutLoudspeakerAnswers551() async throws {
        try await Fixture(hasLoudspeaker: false).run { client, out in
            let answer = try await client.call("DESCRIBE", nil, [Self.feature], on: out)
            #expect(answer.status == .optionNotSupported)
            #expect(answer.headers["Unsupported"] == BackchannelOffer.feature)
            let plain = try await client.call("DESCRIBE", on: out)
            #expect(plain.status == .ok)
            let transport = ("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5")
            #expect(try await client.call("SETUP", "\(client.url)/trackID=3", [transport], on: out).status == .notFound)
        }
    }

    @Test func anUnknownFeatureIsRefusedBesideTheKnownOne() async throws {
        try await Fixture().run { client, out in
            let tags = ("Require", BackchannelOffer.feature + ", com.example.magic")
            let answer = try await client.call("DESCRIBE", nil, [tags], on: out)
            #expect(answer.status == .optionNotSupported)
            #expect(answer.headers["Unsupported"] == "com.example.magic")
        }
    }

    /// µ-law 0x80 is the loudest positive sample, 32124, 0xFF is silence (ITU-T G.711 table 2a).
    @Test func interleavedSoundIsPlayedOnceTheSessionPlays() async throws {
        let fixture = try await Fixture()
        try await fixture.run { client, out in
            let transport = ("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5")
            let setUp = try await client.call("SETUP", "\(client.url)/trackID=3", [transport, Self.feature], on: out)
            #expect(setUp.status == .ok)
            let session = try #require(setUp.headers["Session"].flatMap { SessionHeader($0)?.id })
            func say(_ packet: [UInt8]) async throws {
                try await out.write(ByteBuffer(bytes: Message.interleaved(channel: 4, packet[...]).bytes))
            }
            try await say(Self.packet(0, 9, [0x80, 0x80]))
            let play = try await client.call("PLAY", nil, [("Session", session), Self.feature], on: out)
            #expect(play.status == .ok)
            try await say(Self.packet(0, 10, [0x80, 0xFF]))
            try await say(Self.packet(0, 11, [0x00]))
            let sound = try await Self.heard(fixture.loudspeaker, 3) {
                _ = try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out)
            }
            #expect(sound == .init(sampleRate: 8000, samples: [32_124, 0, -32_124], played: 3))
            #expect(sound.wav.count == 44 + 6)
            #expect(sound.wav.starts(with: Array("RIFF".utf8)))
            // What is of no offered format, or garbage, is not played and does no harm.
            try await say(Self.packet(33, 12, [1, 2, 3]))
            try await say([0x80])
            try await say(Self.packet(8, 13, [0xD5]))
            let next = try await Self.heard(fixture.loudspeaker, 4) {
                _ = try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out)
            }
            #expect(next.samples.last == 8)
        }
    }

    @Test func soundOverUDPIsPlayedAndReportedOn() async throws {
        let fixture = try await Fixture()
        let rtp = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let own = try #require(rtp.localAddress?.port)
        try await fixture.run { client, out in
            let transport = ("Transport", "RTP/AVP;unicast;client_port=\(own)-\(own + 1)")
            let setUp = try await client.call("SETUP", "\(client.url)/trackID=3", [transport, Self.feature], on: out)
            let session = try #require(setUp.headers["Session"].flatMap { SessionHeader($0)?.id })
            let ports = try #require(TransportSpecification(setUp.headers["Transport"] ?? "")?.serverPorts)
            _ = try await client.call("PLAY", nil, [("Session", session), Self.feature], on: out)
            let target = try SocketAddress(ipAddress: "127.0.0.1", port: Int(ports.rtp))
            let packet = ByteBuffer(bytes: Self.packet(0, 1, [0x80]))
            try await rtp.writeAndFlush(AddressedEnvelope(remoteAddress: target, data: packet)).get()
            let sound = try await Self.heard(fixture.loudspeaker, 1) {
                _ = try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out)
            }
            #expect(sound.samples == [32_124])
        }
        try await rtp.close()
    }

    @Test func onlyOneClientSpeaksAtATime() async throws {
        let fixture = try await Fixture()
        try await fixture.run { client, out in
            let first = ("Transport", "RTP/AVP/TCP;unicast;interleaved=4-5")
            let url = "\(client.url)/trackID=3"
            let setUp = try await client.call("SETUP", url, [first], on: out)
            let session = try #require(setUp.headers["Session"].flatMap { SessionHeader($0)?.id })
            let second = ("Transport", "RTP/AVP/TCP;unicast;interleaved=6-7")
            #expect(try await client.call("SETUP", url, [second], on: out).status == .notEnoughBandwidth)
            _ = try await client.call("TEARDOWN", nil, [("Session", session)], on: out)
            #expect(try await client.call("SETUP", url, [second], on: out).status == .ok)
        }
    }

    /// Source: ONVIF Media 26.06 §5.14 Audio channel modes.
    @Test func aHalfDuplexDeviceThatSpeaksHearsNobody() {
        let offer = BackchannelOffer(.init(decoders: [.init(usual: .pcmu)], sendPrimacy: .server, level: 1))
        let loudspeaker = Loudspeaker()
        let receiver = BackchannelReceiver(offer, loudspeaker)
        receiver.receive(Self.packet(0, 1, [0x80])[...])
        #expect(loudspeaker.heard.played == 0)
    }

    /// 12 packets expected since the first, of which two are missing: 2/12 in 256ths is 42.
    @Test func whatIsMissingIsReported() throws {
        let offer = BackchannelOffer(.init(decoders: [.init(usual: .pcmu)], sendPrimacy: nil, level: 1))
        let receiver = BackchannelReceiver(offer, Loudspeaker())
        #expect(receiver.report() == nil)
        for sequence in [65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 0, 1, 2, 5] as [UInt16] {
            receiver.receive(Self.packet(0, sequence, [0xFF])[...])
        }
        guard case .receiverReport(_, let blocks) = try #require(receiver.report()) else { return }
        #expect(blocks.first?.ssrc == 77)
        #expect(blocks.first?.highestSequenceNumber == UInt32(65_541))
        #expect(blocks.first?.cumulativeLost == 2)
        #expect(blocks.first?.fractionLost == 42)
    }

    @Test func theLoudspeakerForgetsWhatIsOld() {
        let loudspeaker = Loudspeaker()
        for second in 0..<200 { loudspeaker.play([Int16](repeating: Int16(second), count: 8000), sampleRate: 8000) }
        let sound = loudspeaker.heard
        #expect(sound.played == 200 * 8000)
        #expect(sound.samples.count <= Loudspeaker.capacity * 8000 * 5 / 4)
        #expect(sound.samples.count >= Loudspeaker.capacity * 8000)
        #expect(sound.samples.last == 199)
        loudspeaker.play([1], sampleRate: 16_000)
        #expect(loudspeaker.heard.samples == [1])
    }
}
