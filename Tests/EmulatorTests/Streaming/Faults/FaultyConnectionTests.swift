import Glibc
import NIOCore
import NIOEmbedded
import RTP
import RTSP
import Testing

@testable import Emulator

/// Faults that end sessions and connections, and slow ones.
@Suite(.timeLimit(.minutes(5))) struct FaultyConnectionTests {
    @Test func anEarlyTimeOutSaysBYEWhereItIsToldTo() async throws {
        let bench = try await FaultBench(WireFault(.sessionTimeout(seconds: 2, goodbye: true)))
        try await bench.play { client, session, out in
            let before = try await bench.receive(client, sounds: 30)
            #expect(!before.video.isEmpty)
            #expect(!before.reports.contains { if case .goodbye = $0 { true } else { false } })
            var goodbyes = 0
            while goodbyes < 2 {
                let (channel, bytes) = try await client.packet()
                if channel == 2 { bench.fixture.clock.advance(by: .milliseconds(64)) }
                guard channel % 2 == 1 else { continue }
                if case .goodbye? = try RTCPPacket.parse(bytes).last { goodbyes += 1 }
            }
            let gone = try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out)
            #expect(gone.status == .sessionNotFound)
        }
    }

    @Test func anEarlyTimeOutMayBeSilent() async throws {
        let bench = try await FaultBench(WireFault(.sessionTimeout(seconds: 2, goodbye: false)))
        try await bench.play { client, session, out in
            while true {
                bench.fixture.clock.advance(by: .milliseconds(100))
                let kept = try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out)
                if kept.status == .sessionNotFound { break }
            }
            for (channel, bytes) in client.kept() where channel % 2 == 1 {
                #expect(try !RTCPPacket.parse(bytes).contains { if case .goodbye = $0 { true } else { false } })
            }
        }
    }

    @Test func aSessionOutsideOfTheScheduleLives() async throws {
        let bench = try await FaultBench(
            WireFault(.sessionTimeout(seconds: 0, goodbye: true), schedule: .init(after: 0, for: 0.001)),
            WireFault(.reset(seconds: 0), schedule: .init(after: 100)))
        bench.fixture.clock.advance(by: .seconds(1))
        try await bench.play { client, session, out in
            _ = try await bench.receive(client, sounds: 60)
            #expect(try await client.call("GET_PARAMETER", nil, [("Session", session)], on: out).status == .ok)
        }
    }

    @Test func aConnectionBreaksInTheMiddleOfAFrame() async throws {
        let bench = try await FaultBench(WireFault(.reset(seconds: 1)))
        try await bench.play { client, _, _ in
            _ = try await bench.receive(client, sounds: 15)
            let error = await #expect(throws: IOError.self) { _ = try await bench.receive(client, sounds: 60) }
            #expect(error?.errnoCode == ECONNRESET)
            #expect(client.unfinished > RTPHeader.length)
            #expect(bench.fixture.server.sessionCount == 0)
        }
    }

    @Test func overUDPASessionJustEnds() async throws {
        let bench = try await FaultBench(WireFault(.reset(seconds: 1)))
        let (rtp, rtcp) = (try await UDPTestSocket.bind(), try await UDPTestSocket.bind())
        try await bench.fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                let setUp = try await client.call(
                    "SETUP", "\(client.url)/trackID=0",
                    [("Transport", "RTP/AVP;unicast;client_port=\(rtp.port)-\(rtcp.port)")], on: out)
                let session = try #require(SessionHeader(setUp.headers["Session"] ?? ""))
                _ = try await client.call("PLAY", nil, [("Session", session.id)], on: out)
                #expect(server.sessionCount == 1)
                while true {
                    bench.fixture.clock.advance(by: .milliseconds(40))
                    let kept = try await client.call("GET_PARAMETER", nil, [("Session", session.id)], on: out)
                    if kept.status == .sessionNotFound { break }
                }
            }
        }
        try await rtp.channel.executeThenClose { _, _ in }
        try await rtcp.channel.executeThenClose { _, _ in }
    }

    // MARK: Slow bytes

    private struct SlowWire {
        let clock = ManualClock()
        let faults = FaultSwitch()
        let channel = EmbeddedChannel()
        let end: WireEnd

        init(_ schedule: FaultSchedule = .always) throws {
            end = WireEnd(faults, sendLoop: SendLoop(on: channel.embeddedEventLoop, clock: clock.clock))
            try channel.pipeline.syncOperations.addHandler(end, position: .first)
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
            faults.set(FaultScript([WireFault(.slowBytes(perSecond: 1000), schedule: schedule)]), at: clock.now)
        }

        func sent() throws -> [UInt8] {
            var bytes: [UInt8] = []
            while let part = try channel.readOutbound(as: ByteBuffer.self) { bytes += part.readableBytesView }
            return bytes
        }

        /// The bytes that go in so many hundredths of a second.
        func pass(hundredths: Int) throws -> [UInt8] {
            var bytes: [UInt8] = []
            for _ in 0..<hundredths {
                clock.advance(by: .milliseconds(10))
                _ = end.sendDelayed(now: clock.now)
                bytes += try sent()
            }
            return bytes
        }
    }

    // What is expected stands in values of its own: a channel that has ended cannot be described where an expectation fails.

    @Test func soManyBytesASecondPassInOrder() throws {
        let wire = try SlowWire()
        let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        wire.channel.writeAndFlush(ByteBuffer(bytes: bytes.prefix(1200)), promise: nil)
        wire.channel.writeAndFlush(ByteBuffer(bytes: bytes.dropFirst(1200)), promise: nil)
        let atOnce = try wire.sent()
        #expect(atOnce.isEmpty)
        let first = try wire.pass(hundredths: 100)
        #expect(first == Array(bytes.prefix(1000)))
        let rest = try wire.pass(hundredths: 300)
        #expect(first + rest == bytes)
        let isWaiting = wire.end.sendDelayed(now: wire.clock.now)
        #expect(!isWaiting)
        let isClean = try wire.channel.finish().isClean
        #expect(isClean)
    }

    @Test func allPassesAtOnceOutsideOfTheSchedule() throws {
        let wire = try SlowWire(.init(after: 1, for: 1))
        wire.channel.writeAndFlush(ByteBuffer(repeating: 1, count: 5000), promise: nil)
        let before = try wire.sent().count
        #expect(before == 5000)
        wire.clock.advance(by: .milliseconds(1500))
        wire.channel.writeAndFlush(ByteBuffer(repeating: 2, count: 5000), promise: nil)
        let within = try wire.pass(hundredths: 10).count
        #expect(within == 100)
        wire.clock.advance(by: .seconds(1))
        let after = try wire.pass(hundredths: 1).count
        #expect(after == 4900)
        let isClean = try wire.channel.finish().isClean
        #expect(isClean)
    }

    @Test func whatWaitsIsOfferedNoMoreThanTheSocketTakes() throws {
        let wire = try SlowWire()
        wire.channel.writeAndFlush(ByteBuffer(repeating: 1, count: RTSPServer.waterMark.high), promise: nil)
        let isWritableAtFirst = wire.end.isWritable
        #expect(isWritableAtFirst)
        wire.channel.writeAndFlush(ByteBuffer(repeating: 1, count: 1), promise: nil)
        let isWritableAboveTheMark = wire.end.isWritable
        #expect(!isWritableAboveTheMark)
        wire.faults.set(FaultScript(), at: wire.clock.now)
        let passed = try wire.pass(hundredths: 1).count
        #expect(passed == RTSPServer.waterMark.high + 1)
        let isWritableAtLast = wire.end.isWritable
        #expect(isWritableAtLast)
        let isClean = try wire.channel.finish().isClean
        #expect(isClean)
    }
}
