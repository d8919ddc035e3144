import AV
import Multicast
import NIOCore
import NIOPosix
import RTP
import RTSP
import Testing

@testable import Emulator

/// What goes to multicast groups, received on the loopback interface.
@Suite(.timeLimit(.minutes(5))) struct GroupSenderTests {
    typealias Writer = NIOAsyncChannelOutboundWriter<ByteBuffer>

    private static let group = "239.255.42.1"

    /// A socket whose datagrams wait to be looked at.
    private final class Receiver: ChannelInboundHandler, Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        private let datagrams = AsyncStream<[UInt8]>.makeStream()

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            datagrams.continuation.yield(Array(unwrapInboundIn(data).data.readableBytesView))
        }

        var received: AsyncStream<[UInt8]> { datagrams.stream }

        static func bind(port: Int) async throws -> (channel: any Channel, receiver: Receiver) {
            let receiver = Receiver()
            let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
                .channelInitializer { $0.pipeline.addHandler(receiver) }
                .bind(host: "0.0.0.0", port: port).get()
            return (channel, receiver)
        }
    }

    /// Sockets that have joined a group on two neighbouring ports, and a server that sends its picture there.
    private struct Bench {
        let fixture: RTSPServerTests.Fixture
        let group: MulticastGroup
        let rtp: Receiver
        let rtcp: Receiver
        private let channels: [any Channel]

        init() async throws {
            let (first, second) = try await Self.neighbours()
            channels = [first.channel, second.channel]
            (rtp, rtcp) = (first.receiver, second.receiver)
            for channel in channels { try await Multicast.join(GroupSenderTests.group, on: "127.0.0.1", channel) }
            let port = try #require(first.channel.localAddress?.port)
            group = try #require(MulticastGroup(host: GroupSenderTests.group, port: port, timeToLive: 3))
            fixture = try await RTSPServerTests.Fixture(groups: [Track.video.rawValue: group])
        }

        private static func neighbours() async throws -> (
            (channel: any Channel, receiver: Receiver), (channel: any Channel, receiver: Receiver)
        ) {
            while true {
                let first = try await Receiver.bind(port: 0)
                let port = first.channel.localAddress?.port ?? 0
                if let second = try? await Receiver.bind(port: port + 1) { return (first, second) }
                try await first.channel.close()
            }
        }

        /// Runs `body`, then closes everything.
        func run(_ body: (RTSPServer) async throws -> Void) async throws {
            let result: Result<Void, any Error>
            do {
                try await fixture.run(body)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            for channel in channels { try await channel.close() }
            try result.get()
        }

        /// RTP packets from the group, as many as asked for; time goes on with them.
        func receive(_ count: Int) async throws -> [RTPPacket] {
            var packets: [RTPPacket] = []
            for await bytes in rtp.received {
                packets.append(try RTPPacket(parsing: bytes[...]))
                fixture.clock.advance(by: .milliseconds(40))
                if packets.count == count { break }
            }
            return packets
        }

        /// Reads reports up to the farewell.
        func receiveGoodbye() async throws {
            for await bytes in rtcp.received {
                let reports = try RTCPPacket.parse(bytes[...])
                if reports.contains(where: { if case .goodbye = $0 { true } else { false } }) { return }
            }
        }

        func senderCount() async throws -> Int {
            let server = fixture.server
            return try await server.sendLoop.eventLoop.submit { server.groupSenders.count }.get()
        }
    }

    private func setUp(_ client: RTSPTestClient, _ out: Writer, track: Int = 0) async throws -> Response {
        try await client.call(
            "SETUP", "\(client.url)/trackID=\(track)", [("Transport", "RTP/AVP;multicast")], on: out)
    }

    @Test func allViewersShareOneSender() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                var sessions: [String] = []
                for _ in 0..<2 {
                    let response = try await setUp(client, out)
                    let transport = try #require(response.headers["Transport"].flatMap { TransportSpecification($0) })
                    #expect(transport.isMulticast)
                    #expect(transport.destination == Self.group)
                    #expect(transport.ports == .init(rtp: bench.group.port, rtcp: bench.group.port + 1))
                    #expect(transport.timeToLive == 3)
                    let session = try #require(response.headers["Session"].flatMap { SessionHeader($0)?.id })
                    #expect(try await client.call("PLAY", nil, [("Session", session)], on: out).status == .ok)
                    sessions.append(session)
                }
                #expect(try await bench.senderCount() == 1)
                // The test's clock may leap over frames; none comes twice.
                let packets = try await bench.receive(200)
                #expect(Set(packets.map(\.header.sequenceNumber)).count == 200, "each packet comes once")
                _ = try await client.call("TEARDOWN", nil, [("Session", sessions[0])], on: out)
                #expect(try await bench.senderCount() == 1)
                _ = try await client.call("TEARDOWN", nil, [("Session", sessions[1])], on: out)
                #expect(try await bench.senderCount() == 0)
                try await bench.receiveGoodbye()
            }
        }
    }

    @Test func theGroupOutlivesTheConnectionUntilTheSessionTimesOut() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let response = try await setUp(client, out)
                let session = try #require(response.headers["Session"].flatMap { SessionHeader($0)?.id })
                _ = try await client.call("PLAY", nil, [("Session", session)], on: out)
            }
            _ = try await bench.receive(50)
            #expect(server.sessionCount == 1)
            bench.fixture.clock.advance(by: .seconds(RequestRules.sessionTimeout + 10))
            while try await bench.senderCount() > 0 { await Task.yield() }
            #expect(server.sessionCount == 0)
            try await bench.receiveGoodbye()
        }
    }

    @Test func whatWasStartedWithoutASessionGoesOnUntilItIsStopped() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            let stream = bench.fixture.stream
            server.startMulticast(of: stream, to: [Track.video.rawValue: bench.group], from: "127.0.0.1")
            let packets = try await bench.receive(50)
            let ssrc = try #require(stream.identities.video?.ssrc)
            #expect(Set(packets.map(\.header.ssrc)) == [ssrc])
            server.stopMulticast(of: stream)
            try await bench.receiveGoodbye()
            #expect(try await bench.senderCount() == 0)
        }
    }

    @Test func aPausedSessionIsSentNothing() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let response = try await setUp(client, out)
                let session = try #require(response.headers["Session"].flatMap { SessionHeader($0)?.id })
                _ = try await client.call("PLAY", nil, [("Session", session)], on: out)
                _ = try await client.call("PAUSE", nil, [("Session", session)], on: out)
                try await bench.receiveGoodbye()
                #expect(try await bench.senderCount() == 1)
            }
        }
    }

    @Test func aTrackWithoutAGroupIsRefused() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let refused = try await setUp(client, out, track: 1)
                #expect(refused.status == .unsupportedTransport)
                #expect(server.sessionCount == 0)
            }
        }
    }

    @Test func theDescriptionNamesTheGroups() async throws {
        let bench = try await Bench()
        try await bench.run { server in
            try await RTSPTestClient.with(port: server.port, path: "live?multicast") { client, out in
                let body = try await client.call("DESCRIBE", on: out).body
                let description = try SessionDescription(parsing: body)
                #expect(description.media[0].port == Int(bench.group.port))
                #expect(description.media[0].connection == .init(isIPv6: false, host: "\(Self.group)/3"))
                #expect(description.media[0][attribute: "control"]?.hasSuffix("/live/trackID=0?multicast") == true)
                #expect(description.media[1].connection == nil)
            }
        }
    }

    @Test(arguments: [
        ("10.0.0.1", 4000, 1), ("239.0.0.1", 0, 1), ("239.0.0.1", 65_535, 1), ("x", 4000, 1), ("ff15::1", 4000, 256),
    ])
    func whatIsNoGroupIsNone(_ host: String, _ port: Int, _ timeToLive: Int) {
        #expect(MulticastGroup(host: host, port: port, timeToLive: timeToLive) == nil)
    }

    @Test func theSourceIsOfTheFamilyOfTheGroup() throws {
        let (old, new) = (
            try #require(MulticastGroup(host: "239.0.0.1", port: 4000, timeToLive: 1)),
            try #require(MulticastGroup(host: "ff15::1", port: 4000, timeToLive: 1))
        )
        #expect(old.source("192.0.2.1") == "192.0.2.1")
        #expect(old.source("2001:db8::1") == "0.0.0.0")
        #expect(new.source("2001:db8::1") == "2001:db8::1")
        #expect(new.source("192.0.2.1") == "::")
        #expect(new.source(nil) == "::")
    }
}
