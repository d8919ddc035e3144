import AV
import Fuzzing
import NIOCore
import NIOPosix
import RTP
import RTSP
import SRTP
import Testing

@testable import Emulator

/// Sessions whose packets are SRTP, as a client that opens them sees it.
@Suite(.timeLimit(.minutes(5))) struct SRTPSessionTests {
    typealias Writer = NIOAsyncChannelOutboundWriter<ByteBuffer>

    private static let identity = Result { try TLSServer.selfSigned() }

    /// A client of RTSPS.
    private func withClient(
        path: String = "live", _ body: (RTSPServerTests.Fixture, RTSPTestClient, Writer) async throws -> Void
    ) async throws {
        let fixture = try await RTSPServerTests.Fixture()
        let (tls, certificate) = try Self.identity.get()
        try await fixture.run { server in
            let port = try await server.openSecure(host: "127.0.0.1", port: 0) { tls }
            try await RTSPTestClient.with(
                port: port, path: path, prepare: { try TunnelBench.secure($0, certificate) }
            ) { client, out in try await body(fixture, client, out) }
        }
    }

    private func description(_ client: RTSPTestClient, _ out: Writer) async throws -> SessionDescription {
        try SessionDescription(parsing: try await client.call("DESCRIBE", on: out).body)
    }

    /// What the description's key opens.
    private func receiver(of media: SessionDescription.Media) throws -> SRTPReceiver {
        #expect(media.proto == "RTP/SAVP")
        let value = try #require(media[attribute: "key-mgmt"])
        #expect(value.hasPrefix("mikey "))
        let message = try MIKEYMessage(parsing: try #require(Base64.decode(String(value.dropFirst("mikey ".count)))))
        let keys = try message.masterKeys(agreed: nil)
        #expect(keys.map(\.suite) == [.aesCM128HMACSHA1Tag80])
        #expect(keys.map(\.identifier.count) == [4])
        return SRTPReceiver(
            keys.map(SRTPSessionKeys.init),
            rolloverCounters: .init(uniqueKeysWithValues: message.sessions.map { ($0.ssrc, $0.rolloverCounter) }))
    }

    /// The URL of a track, before the query.
    private func track(_ client: RTSPTestClient, _ number: Int) -> String {
        let parts = client.path.split(separator: "?", maxSplits: 1)
        let query = parts.count == 2 ? "?\(parts[1])" : ""
        return "rtsps://127.0.0.1:\(client.port)/\(parts[0])/trackID=\(number)\(query)"
    }

    /// SETUP of the picture, interleaved, and PLAY.
    private func play(
        _ client: RTSPTestClient, _ out: Writer, profile: String = "RTP/SAVP", _ headers: [(String, String)] = []
    ) async throws -> (session: String, setUp: Response) {
        let response = try await client.call(
            "SETUP", track(client, 0),
            [("Transport", "\(profile)/TCP;unicast;interleaved=0-1")] + headers, on: out)
        let session = try #require(response.headers["Session"].flatMap { SessionHeader($0)?.id })
        #expect(try await client.call("PLAY", nil, [("Session", session)], on: out).status == .ok)
        return (session, response)
    }

    /// Opens interleaved packets until as many pictures are decoded.
    private func watch(
        _ client: RTSPTestClient, _ clock: ManualClock, _ receiver: inout SRTPReceiver, pictures: Int
    ) async throws -> [RTCPPacket] {
        let decoder = try StreamDecoder()
        var video = H264Depacketizer()
        var reports: [RTCPPacket] = []
        while decoder.pictures < pictures {
            let (channel, bytes) = try await client.packet()
            guard channel == 0 else {
                reports += try RTCPPacket.parse(try receiver.unprotectControl(bytes)[...])
                continue
            }
            let packet = try RTPPacket(parsing: try receiver.unprotect(bytes)[...])
            for unit in try video.receive(packet) {
                decoder.decode(unit.bytes)
                clock.advance(by: .milliseconds(40))
            }
        }
        #expect(decoder.errors == 0)
        return reports
    }

    @Test func whoHasTheKeyOfTheDescriptionSeesThePicture() async throws {
        try await withClient { fixture, client, out in
            let description = try await description(client, out)
            var receiver = try receiver(of: description.media[0])
            let (_, response) = try await play(client, out)
            let transport = try #require(response.headers["Transport"].flatMap { TransportSpecification($0) })
            #expect(transport.profile == "RTP/SAVP")
            #expect(transport.ssrc == fixture.stream.identities.video?.ssrc)
            let reports = try await watch(client, fixture.clock, &receiver, pictures: 150)
            #expect(reports.contains { if case .senderReport = $0 { true } else { false } })
        }
    }

    @Test func aSecondViewerGetsTheSamePackets() async throws {
        try await withClient { fixture, client, out in
            _ = try await play(client, out)
            let (_, certificate) = try Self.identity.get()
            let first = try await client.packet()
            try await RTSPTestClient.with(
                port: client.port, prepare: { try TunnelBench.secure($0, certificate) }
            ) { other, otherOut in
                _ = try await play(other, otherOut)
                #expect(try await other.packet().bytes == first.bytes)
            }
        }
    }

    @Test func datagramsAreProtectedToo() async throws {
        try await withClient { fixture, client, out in
            let description = try await description(client, out)
            var receiver = try receiver(of: description.media[0])
            let (rtp, rtcp) = (try await UDPTestSocket.bind(), try await UDPTestSocket.bind())
            let response = try await client.call(
                "SETUP", track(client, 0), [("Transport", "RTP/SAVP;unicast;client_port=\(rtp.port)-\(rtcp.port)")],
                on: out)
            let session = try #require(response.headers["Session"].flatMap { SessionHeader($0)?.id })
            _ = try await client.call("PLAY", nil, [("Session", session)], on: out)
            try await rtp.channel.executeThenClose { inbound, _ in
                var count = 0
                for try await envelope in inbound {
                    let packet = try RTPPacket(
                        parsing: try receiver.unprotect(ArraySlice(Array(envelope.data.readableBytesView)))[...])
                    #expect(packet.header.ssrc == fixture.stream.identities.video?.ssrc)
                    count += 1
                    if count == 20 { break }
                }
            }
            try await rtcp.channel.executeThenClose { inbound, _ in
                for try await envelope in inbound {
                    _ = try receiver.unprotectControl(ArraySlice(Array(envelope.data.readableBytesView)))
                    break
                }
            }
        }
    }

    /// A client's message with its own key, as ONVIF's example.
    private func keyHeader(_ key: SRTPMasterKey, ssrc: UInt32, rolloverCounter: UInt32 = 0) -> String {
        let message = MIKEYMessage(
            key, ssrc: ssrc, rolloverCounter: rolloverCounter, bundle: 1, timestamp: 0,
            random: [UInt8](repeating: 1, count: 16))
        return KeyManagementSpecification(message: message.bytes).text
    }

    @Test(arguments: [SRTPSuite.aesCM128HMACSHA1Tag80, .aeadAES128GCM, .aeadAES256GCM])
    func theClientsKeyIsTaken(_ suite: SRTPSuite) async throws {
        var mutator = Mutator(seed: 21)
        let key = SRTPMasterKey.random(suite: suite, identifier: [0, 0, 0, 0x2F], using: &mutator)
        try await withClient { fixture, client, out in
            let ssrc = try #require(fixture.stream.identities.video?.ssrc)
            var receiver = SRTPReceiver([SRTPSessionKeys(key)], rolloverCounters: [ssrc: 9])
            _ = try await play(
                client, out, [("KeyMgmt", keyHeader(key, ssrc: 0xC20F_551C, rolloverCounter: 9))])
            _ = try await watch(client, fixture.clock, &receiver, pictures: 30)
        }
    }

    /// Without an identifier a key is for what the client itself sends: GStreamer gives such a one with each SETUP.
    @Test func reportsUnderTheClientsOwnKeyKeepTheSessionAlive() async throws {
        var mutator = Mutator(seed: 22)
        let own = SRTPMasterKey.random(suite: .aesCM128HMACSHA1Tag80, using: &mutator)
        try await withClient { fixture, client, out in
            let description = try await description(client, out)
            var receiver = try receiver(of: description.media[0])
            let (session, _) = try await play(client, out, [("KeyMgmt", keyHeader(own, ssrc: 77))])
            _ = try await watch(client, fixture.clock, &receiver, pictures: 5)
            // While nothing is sent, no leap of time makes the client a slow reader.
            _ = try await client.call("PAUSE", nil, [("Session", session)], on: out)
            var sender = SRTPSender(SRTPSessionKeys(own))
            let report = RTCPPacket.compound([.receiverReport(ssrc: 77, [])])
            for isSealed in [true, false] {
                fixture.clock.advance(by: .seconds(50))
                let bytes = isSealed ? try sender.protectControl(report[...]) : report
                try await out.write(ByteBuffer(bytes: Message.interleaved(channel: 1, bytes[...]).bytes))
                // An answer shows that the report before it has been read.
                _ = try await client.call("OPTIONS", "*", on: out)
                fixture.clock.advance(by: .seconds(20))
                while isSealed == false, fixture.server.sessionCount > 0 { await Task.yield() }
                #expect(fixture.server.sessionCount == (isSealed ? 1 : 0), "a report in the clear is nobody's")
            }
        }
    }

    @Test func newKeysAreTakenAndTold() async throws {
        var mutator = Mutator(seed: 23)
        let key = SRTPMasterKey.random(
            suite: .aesCM128HMACSHA1Tag80, identifier: [0, 0, 0, 2], using: &mutator)
        try await withClient { fixture, client, out in
            let description = try await description(client, out)
            var receiver = try receiver(of: description.media[0])
            let (session, _) = try await play(client, out)
            _ = try await watch(client, fixture.clock, &receiver, pictures: 5)
            var message = MIKEYMessage(key, ssrc: 0, rolloverCounter: 0, bundle: 1, timestamp: 0, random: [])
            message.policies = []
            let set = ParameterBody([.init("mikey", Base64.encode(message.bytes))])
            #expect(
                try await client.call("SET_PARAMETER", nil, [("Session", session)], body: set.bytes, on: out).status
                    == .ok)
            let get = try await client.call(
                "GET_PARAMETER", nil, [("Session", session)], body: ParameterBody([.init("mikey")]).bytes, on: out)
            #expect(get.headers["Content-Type"] == "text/parameters")
            let bytes = try #require(ParameterBody(parsing: get.body)?["mikey"].flatMap(Base64.decode))
            let told = try MIKEYMessage(parsing: bytes)
            #expect(try told.masterKeys(agreed: nil) == [key])
            let ssrc = try #require(fixture.stream.identities.video?.ssrc)
            #expect(told.sessions.map(\.ssrc) == [ssrc])
            // What was on its way is opened with the old key, and the rest, without a break, with the new one.
            receiver.add(SRTPSessionKeys(key))
            var last = ArraySlice<UInt8>()
            for _ in 0..<100 {
                let (channel, bytes) = try await client.packet()
                fixture.clock.advance(by: .milliseconds(40))
                guard channel == 0 else { continue }
                _ = try receiver.unprotect(bytes)
                last = bytes
            }
            #expect(Array(last.dropLast(10).suffix(4)) == key.identifier)
        }
    }

    @Test func keysInCryptoAttributesDo() async throws {
        try await withClient(path: "live?sdes") { fixture, client, out in
            let description = try await description(client, out)
            let attribute = try CryptoAttribute(
                parsing: try #require(description.media[0][attribute: "crypto"]))
            #expect(description.media[0][attribute: "key-mgmt"] == nil)
            var receiver = SRTPReceiver(attribute.keys.map(SRTPSessionKeys.init))
            // As ffmpeg asks.
            _ = try await play(client, out, profile: "RTP/AVP")
            _ = try await watch(client, fixture.clock, &receiver, pictures: 30)
        }
    }

    @Test func identifiersCanBeLeftOut() async throws {
        try await withClient(path: "live?no-mki") { _, client, out in
            let description = try await description(client, out)
            let value = try #require(description.media[0][attribute: "key-mgmt"])
            let message = try MIKEYMessage(
                parsing: try #require(Base64.decode(String(value.dropFirst("mikey ".count)))))
            #expect(message.keys.map(\.validity) == [.unbounded])
        }
    }

    @Test(arguments: ["prot=mikey;uri=\"\";data=\"AQAFAA==\"", "prot=other;data=\"AQAF\"", "?"])
    func keysThatCannotBeReadAreAFailure(_ header: String) async throws {
        try await withClient { _, client, out in
            let response = try await client.call(
                "SETUP", track(client, 0),
                [("Transport", "RTP/SAVP/TCP;unicast;interleaved=0-1"), ("KeyMgmt", header)], on: out)
            #expect(response.status == .keyManagementFailure)
            #expect(response.headers["Session"] == nil)
        }
    }

    @Test func inTheClearThereAreNoKeys() async throws {
        let fixture = try await RTSPServerTests.Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let description = try await description(client, out)
                #expect(description.media.allSatisfy { $0.proto == "RTP/AVP" && $0[attribute: "key-mgmt"] == nil })
                let response = try await client.call(
                    "SETUP", "\(client.url)/trackID=0", [("Transport", "RTP/SAVP/TCP;unicast;interleaved=0-1")], on: out
                )
                #expect(response.status == .unsupportedTransport)
            }
        }
    }
}
