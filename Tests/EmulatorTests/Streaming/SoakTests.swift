import AV
import NIOCore
import RTP
import RTSP
import Testing

@testable import Emulator

/// What must hold over days, shown without waiting for them.
@Suite(.timeLimit(.minutes(5))) struct SoakTests {
    /// Longer than the 13 h 15 min in which 32 bits of a 90 kHz clock wrap, twice, and than a day.
    private static let hours = 27

    /// Every picture and every frame of sound of more than a day: numbers without a gap over 4,860 loops of the clip and
    /// wraps of the sequence number by the hundred, times without a drift over two wraps.
    @Test func numbersAndTimesOfADayAreExact() throws {
        let stream = try LiveStreamTests.stream()
        for (track, step, rate) in [(Track.video, Int64(3600), Int64(25)), (.audio, 1024, 0)] {
            let feed = try #require(stream.feeds[track])
            let seconds = Int64(Self.hours) * 3600
            let count = rate > 0 ? seconds * rate : seconds * 16_000 / step
            var packets: Int64 = 0
            var wrong = 0
            for number in 0..<count {
                guard let frame = feed.frame(number) else {
                    wrong += 1
                    continue
                }
                if frame.ticks != number * step || frame.firstPacket != packets { wrong += 1 }
                packets += Int64(frame.fragments.count)
            }
            #expect(wrong == 0)
            #expect(packets > 1 << 16)
            // The last frame is due when it should be, to the nanosecond.
            let last = (count - 1) * step * 1_000_000_000 / (track == .video ? 90_000 : 16_000)
            #expect(feed.due(count - 1) - feed.due(0) == last)
        }
    }

    /// A viewer an hour for more than a day: each starts at a key frame with the numbers of its time, decodes, and leaves
    /// nothing behind.
    @Test func viewersOfADayComeAndGo() async throws {
        let fixture = try await RTSPServerTests.Fixture()
        let video = try #require(fixture.stream.identities.video)
        try await fixture.run { server in
            for hour in 0..<Self.hours {
                try await RTSPTestClient.with(port: server.port) { client, out in
                    let (session, play) = try await client.play(on: out)
                    let info = try #require(RTPInfo.list(play.headers["RTP-Info"] ?? "").first)
                    let result = try await RTSPServerTests.watch(client, fixture.clock, pictures: 30)
                    #expect(result.decoder.errors == 0, "hour \(hour)")
                    let first = try #require(result.packets.first)
                    #expect(first.header.timestamp == info.rtpTime)
                    #expect(first.header.sequenceNumber == info.sequenceNumber)
                    // A picture of the raster that began with the stream; 32 bits wrap in the 13th hour.
                    #expect((first.header.timestamp &- video.timestampBase) % 3600 == 0 || hour >= 12)
                    _ = try await client.call("TEARDOWN", nil, [("Session", session)], on: out)
                }
                #expect(server.sessionCount == 0)
                fixture.clock.advance(by: .seconds(3600))
            }
        }
    }
}
