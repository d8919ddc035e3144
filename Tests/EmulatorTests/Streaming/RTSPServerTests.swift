import AV
import NIOCore
import NIOPosix
import RTP
import RTSP
import Synchronization
import Testing

@testable import Emulator

/// Time that tests move on by themselves; nanoseconds.
final class ManualClock: Sendable {
    private let time = Atomic<Int64>(1_000_000_000_000)

    var now: Int64 { time.load(ordering: .relaxed) }

    func advance(by duration: Duration) {
        time.add(duration.nanoseconds, ordering: .relaxed)
    }

    var clock: StreamClock { StreamClock { self.now } }
}

@Suite(.timeLimit(.minutes(5))) struct RTSPServerTests {
    /// A camera with one stream at /live, on air for 12.5 s, whose user is "let me in".
    struct Fixture {
        let clock = ManualClock()
        let stream: LiveStream
        let server: RTSPServer
        let wallClock = Duration.seconds(1_800_000_000)

        init(
            sessionLimit: Int = RTSPServer.defaultSessionLimit, asks: Bool = false,
            groups: [Int: MulticastGroup] = [:], faults: FaultSwitch? = nil
        ) async throws {
            let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
            let plan = try StreamPlan(Clip(file: "/\(folder)/Recordings/clock-360p.mp4"))
            let black = BlackPicture(of: plan.clip)
            if faults != nil { try black.make() }
            let stream = LiveStream(
                plan, seed: 7, epoch: clock.now - 12_500_000_000, faults: faults, black: black)
            self.stream = stream
            let (clock, wallClock) = (clock, wallClock)
            let start = clock.now
            var camera = StreamingCamera(
                stream: { $0 == "/live" ? stream : nil },
                authorize: { _, _, authorization in
                    !asks || authorization == "let me in"
                        ? .allowed : .denied(challenges: ["Digest realm=\"a\"", "Digest realm=\"b\""])
                },
                now: { wallClock + .nanoseconds(clock.now - start) }, multicastGroup: { _, track in groups[track] })
            camera.faults = faults
            let loop = SendLoop(on: MultiThreadedEventLoopGroup.singleton.next(), clock: clock.clock)
            server = try await RTSPServer.start(
                camera, on: loop, host: "127.0.0.1", port: 0, sessionLimit: sessionLimit)
        }

        /// Runs `body` and shuts the server down.
        func run(_ body: (RTSPServer) async throws -> Void) async throws {
            do {
                try await body(server)
            } catch {
                await server.shutDown()
                throw error
            }
            await server.shutDown()
        }
    }

    /// Reads interleaved packets until `count` pictures have been decoded; time goes on while it waits.
    static func watch(
        _ client: RTSPTestClient, _ clock: ManualClock, pictures count: Int
    ) async throws -> (decoder: StreamDecoder, packets: [RTPPacket], reports: [RTCPPacket], sound: Int) {
        let decoder = try StreamDecoder()
        var video = H264Depacketizer()
        var aac = AACDepacketizer()
        var packets: [RTPPacket] = []
        var reports: [RTCPPacket] = []
        var sound = 0
        while decoder.pictures < count {
            let (channel, bytes) = try await client.packet()
            switch channel {
            case 0:
                let packet = try RTPPacket(parsing: bytes)
                packets.append(packet)
                for unit in try video.receive(packet) {
                    decoder.decode(unit.bytes)
                    clock.advance(by: .milliseconds(40))
                }
            case 2:
                sound += try aac.receive(RTPPacket(parsing: bytes)).count
            default:
                reports += try RTCPPacket.parse(bytes)
            }
        }
        return (decoder, packets, reports, sound)
    }

    @Test func aWholeSessionOverTCPDecodesWithoutError() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let options = try await client.call("OPTIONS", "*", on: out)
                #expect(options.headers["Public"]?.contains("DESCRIBE") == true)
                let describe = try await client.call("DESCRIBE", nil, [("Accept", "application/sdp")], on: out)
                #expect(describe.headers["Content-Base"] == "rtsp://127.0.0.1:\(server.port)/live/")
                let description = try SessionDescription(parsing: describe.body)
                #expect(description.origin.address == .init(isIPv6: false, host: "127.0.0.1"))
                #expect(
                    description.media.map { $0[attribute: "control"] }
                        == ["\(client.url)/trackID=0", "\(client.url)/trackID=1"])
                let sets = try #require(description.media[0].formatParameters("96")["sprop-parameter-sets"])
                #expect(Base64.decode(String(sets.split(separator: ",")[0]))?.first == 0x67)

                let (session, play) = try await client.play(on: out)
                #expect(server.sessionCount == 1)
                let info = RTPInfo.list(play.headers["RTP-Info"] ?? "")
                let result = try await Self.watch(client, fixture.clock, pictures: 150)
                #expect(result.decoder.errors == 0)
                #expect(result.decoder.size == .init(width: 640, height: 360))
                #expect(result.packets.first?.header.sequenceNumber == info.first?.sequenceNumber)
                #expect(result.packets.first?.header.timestamp == info.first?.rtpTime)
                // 6 s of sound at 15.6 frames a second, less what waits for the next picture.
                #expect((90...97).contains(result.sound))

                // On air for 12.5 s: the last key frame was at 12 s, half a second before 2027-01-15 08:00:00.
                #expect(play.headers["Range"] == "clock=20270115T075959.500Z-")
                guard case .senderReport(let report, _) = try #require(result.reports.first) else {
                    Issue.record("no sender report")
                    return
                }
                #expect(report.ntp == NTPTime(unixTime: fixture.wallClock))
                #expect(report.rtpTimestamp == (info.first?.rtpTime ?? 0) &+ 45_000)
                #expect(report.ssrc == fixture.stream.identities.video?.ssrc)

                #expect(try await client.call("PAUSE", nil, [("Session", session)], on: out).status == .ok)
                #expect(try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out).status == .ok)
                #expect(try await client.call("TEARDOWN", nil, [("Session", session)], on: out).status == .ok)
                #expect(server.sessionCount == 0)
                let gone = try await client.call("PLAY", nil, [("Session", session)], on: out)
                #expect(gone.status == .sessionNotFound)
            }
        }
    }

    @Test func aWholeSessionOverUDPDecodesWithoutError() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            let (rtp, rtcp) = (try await UDPTestSocket.bind(), try await UDPTestSocket.bind())
            try await RTSPTestClient.with(port: server.port) { client, out in
                let setUp = try await client.call(
                    "SETUP", "\(client.url)/trackID=0",
                    [("Transport", "RTP/AVP;unicast;client_port=\(rtp.port)-\(rtcp.port)")], on: out)
                let transport = try #require(TransportSpecification(setUp.headers["Transport"] ?? ""))
                let ports = try #require(transport.serverPorts)
                #expect(ports.rtp % 2 == 0 && ports.rtcp == ports.rtp + 1)
                #expect(transport.ssrc == fixture.stream.identities.video?.ssrc)
                let session = try #require(SessionHeader(setUp.headers["Session"] ?? ""))
                #expect(session.timeout == 60)
                let play = try await client.call("PLAY", nil, [("Session", session.id)], on: out)
                #expect(play.status == .ok)
                try await rtp.channel.executeThenClose { inbound, _ in
                    let decoder = try StreamDecoder()
                    var video = H264Depacketizer()
                    for try await datagram in inbound {
                        let packet = try RTPPacket(parsing: Array(datagram.data.readableBytesView)[...])
                        for unit in try video.receive(packet) {
                            decoder.decode(unit.bytes)
                            fixture.clock.advance(by: .milliseconds(40))
                        }
                        if decoder.pictures >= 100 { break }
                    }
                    #expect(decoder.errors == 0)
                    #expect(decoder.pictures >= 100)
                }
                let teardown = try await client.call("TEARDOWN", nil, [("Session", session.id)], on: out)
                #expect(teardown.status == .ok)
            }
            try await rtcp.channel.executeThenClose { inbound, _ in
                for try await datagram in inbound {
                    let packets = try RTCPPacket.parse(Array(datagram.data.readableBytesView)[...])
                    guard case .senderReport(let report, _) = packets.first else {
                        Issue.record("no sender report first: \(packets)")
                        break
                    }
                    #expect(report.ssrc == fixture.stream.identities.video?.ssrc)
                    break
                }
            }
        }
    }

    @Test func twoViewersGetTheSamePackets() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { first, out in
                try await RTSPTestClient.with(port: server.port) { second, secondOut in
                    _ = try await first.play(on: out)
                    _ = try await Self.watch(first, fixture.clock, pictures: 20)
                    _ = try await second.play(on: secondOut)
                    let (one, two) = (
                        try await Self.watch(first, fixture.clock, pictures: 50).packets,
                        try await Self.watch(second, ManualClock(), pictures: 20).packets
                    )
                    let start = try #require(one.firstIndex { $0 == two[0] })
                    let shared = min(one.count - start, two.count)
                    #expect(shared > 20)
                    #expect(Array(one[start..<start + shared]) == Array(two.prefix(shared)))
                }
            }
        }
    }

    @Test func withoutCredentialsOnlyOPTIONSIsAnswered() async throws {
        let fixture = try await Fixture(asks: true)
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
                for method in ["DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER"] {
                    let response = try await client.call(method, on: out)
                    #expect(response.status == .unauthorized)
                    #expect(response.headers.all("WWW-Authenticate") == ["Digest realm=\"a\"", "Digest realm=\"b\""])
                }
                let admitted = try await client.call("DESCRIBE", nil, [("Authorization", "let me in")], on: out)
                #expect(admitted.status == .ok)
            }
        }
    }

    @Test(arguments: [
        ("DESCRIBE", "/other", [(String, String)](), 404), ("DESCRIBE", "/live", [("Accept", "text/html")], 406),
        ("DESCRIBE", "/live", [("Require", "x")], 551), ("PLAY", "/live", [("Session", "none")], 454),
        ("SETUP", "/live", [("Transport", "RTP/AVP;multicast")], 459),
        ("SETUP", "/live/trackID=0", [("Transport", "RTP/AVP;multicast")], 461),
        ("SETUP", "/live/trackID=9", [("Transport", "RTP/AVP;unicast;client_port=4-5")], 404),
        ("PLAY", "/live", [], 454), ("RECORD", "/live", [], 405), ("FLY", "/live", [], 501),
    ])
    func refusalsNameTheirReason(
        _ method: String, _ path: String, _ headers: [(String, String)], _ status: Int
    ) async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let url = "rtsp://127.0.0.1:\(server.port)\(path)"
                let response = try await client.call(method, url, headers, on: out)
                #expect(response.status.code == status)
            }
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n\r\n", "\u{16}\u{03}\u{01}\r\n\r\n", "OPTIONS\r\n\r\n"])
    func garbageEndsItsConnectionAndNoOther(_ garbage: String) async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { sound, out in
                try await RTSPTestClient.with(port: server.port) { client, garbageOut in
                    try await garbageOut.write(ByteBuffer(string: garbage))
                    let messages = try await client.drain()
                    #expect(messages == [] || messages == [.response(Response(.badRequest))])
                }
                #expect(try await sound.call("OPTIONS", on: out).status == .ok)
            }
        }
    }

    @Test func oneSessionTooManyIsRefused() async throws {
        let fixture = try await Fixture(sessionLimit: 1)
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { first, out in
                try await RTSPTestClient.with(port: server.port) { second, secondOut in
                    let headers = [("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")]
                    let url = "\(first.url)/trackID=0"
                    #expect(try await first.call("SETUP", url, headers, on: out).status == .ok)
                    let refused = try await second.call("SETUP", url, headers, on: secondOut)
                    #expect(refused.status == .notEnoughBandwidth)
                }
            }
        }
    }

    @Test func aSilentSessionTimesOutWithBYE() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                _ = try await client.play(on: out)
                _ = try await Self.watch(client, fixture.clock, pictures: 5)
                // Time-out 60 s and 5 s of grace.
                fixture.clock.advance(by: .seconds(70))
                while true {
                    let (channel, bytes) = try await client.packet()
                    guard channel == 1, case .goodbye(let sources, _)? = try RTCPPacket.parse(bytes).last else {
                        continue
                    }
                    #expect(sources == [fixture.stream.identities.video?.ssrc])
                    break
                }
                #expect(server.sessionCount == 0)
            }
        }
    }

    @Test func receiverReportsKeepASessionAlive() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                _ = try await client.play(on: out)
                for _ in 0..<3 {
                    fixture.clock.advance(by: .seconds(50))
                    let report = RTCPPacket.receiverReport(ssrc: 9, []).bytes[...]
                    try await out.write(ByteBuffer(bytes: Message.interleaved(channel: 1, report).bytes))
                    #expect(try await client.call("OPTIONS", on: out).status == .ok)
                    // Two sender reports: time-outs have been looked for in between.
                    for _ in 0..<2 {
                        fixture.clock.advance(by: .seconds(5))
                        while try await client.packet().channel != 1 {}
                    }
                }
                #expect(server.sessionCount == 1)
            }
        }
    }

    @Test func aReaderThatDoesNotReadIsClosedAndOthersGoOn() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { slow, slowOut in
                let (slowSession, _) = try await slow.play(on: slowOut)
                try await RTSPTestClient.with(port: server.port) { client, out in
                    let (session, _) = try await client.play(on: out)
                    #expect(server.sessionCount == 2)
                    // The kernel takes some megabytes for the slow reader before frames are dropped, then 10 s pass.
                    // Both sessions are kept alive over the connection that is read, so that only the backlog ends one.
                    for _ in 0..<600 where server.sessionCount == 2 {
                        let result = try await Self.watch(client, fixture.clock, pictures: 25)
                        #expect(result.decoder.errors == 0)
                        for id in [session, slowSession] {
                            _ = try await client.call("GET_PARAMETER", nil, [("Session", id)], on: out)
                        }
                    }
                    #expect(server.sessionCount == 1)
                    let result = try await Self.watch(client, fixture.clock, pictures: 25)
                    #expect(result.decoder.pictures >= 25)
                }
            }
        }
    }

    @Test func aStreamThatEndsSaysBYE() async throws {
        let fixture = try await Fixture()
        try await fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                _ = try await client.play(on: out)
                server.closeSessions(of: fixture.stream)
                var goodbyes: [UInt32] = []
                while goodbyes.count < 2 {
                    let (channel, bytes) = try await client.packet()
                    guard channel % 2 == 1 else { continue }
                    if case .goodbye(let sources, _)? = try RTCPPacket.parse(bytes).last { goodbyes += sources }
                }
                #expect(goodbyes == [fixture.stream.identities.video?.ssrc, fixture.stream.identities.audio?.ssrc])
            }
        }
    }

    @Test func thePictureOnAirFollowsTheClock() async throws {
        let fixture = try await Fixture()
        // 12.5 s at 25 pictures a second; 20 s later the same of the next loop.
        #expect(fixture.stream.frameOnAir(at: fixture.clock.now) == 312)
        #expect(fixture.stream.frameOnAir(at: fixture.clock.now + 20_000_000_000) == 312)
        #expect(fixture.stream.frameOnAir(at: 0) == 0)
        await fixture.server.shutDown()
    }
}
