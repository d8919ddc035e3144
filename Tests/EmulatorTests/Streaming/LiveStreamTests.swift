import AV
import NIOCore
import RTP
import RTSP
import Testing

@testable import Emulator

@Suite struct LiveStreamTests {
    static func stream(seed: UInt64 = 1) throws -> LiveStream {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return LiveStream(
            try StreamPlan(Clip(file: "/\(folder)/Recordings/clock-360p.mp4")), seed: seed, epoch: 1_000)
    }

    static func packets(_ stream: LiveStream, _ track: Track, frames: Range<Int64>) throws -> [RTPPacket] {
        var batch = PacketBatch(channels: .all, allocator: ByteBufferAllocator())
        for frame in frames { stream.append(track, frame: frame, to: &batch) }
        return try batch.packets.map { packet in
            try RTPPacket(parsing: batch.buffer.getBytes(at: packet.start, length: packet.count).map { $0[...] } ?? [])
        }
    }

    /// The 16-bit number wraps within the first 65,536 packets, the 90 kHz time (25 h 26 min of ticks from its base, 13 h
    /// 15 min in all) at frame 2^32 / 3600; both go on by one packet and by 3600 ticks.
    @Test(arguments: [0, 499, 30_000, 1_193_046, 2_386_092, 100_000_000] as [Int64])
    func numbersAndTimesGoOnOverLoopsAndWraps(_ first: Int64) throws {
        let stream = try Self.stream()
        let frames = first..<first + 2_000
        let packets = try Self.packets(stream, .video, frames: frames)
        for (one, next) in zip(packets, packets.dropFirst()) {
            #expect(next.header.sequenceNumber == one.header.sequenceNumber &+ 1)
            #expect(next.header.timestamp &- one.header.timestamp == (one.header.marker ? 3600 : 0))
        }
        #expect(packets.count(where: \.header.marker) == 2_000)
        #expect(
            packets[0].header.timestamp == (try #require(stream.identities.video)).timestampBase
                &+ UInt32(truncatingIfNeeded: first * 3600))
        let sound = try Self.packets(stream, .audio, frames: frames)
        for (one, next) in zip(sound, sound.dropFirst()) {
            #expect(next.header.sequenceNumber == one.header.sequenceNumber &+ 1)
            #expect(next.header.timestamp &- one.header.timestamp == 1024)
        }
    }

    @Test(arguments: [("192.0.2.1", false, "IN IP4 192.0.2.1"), ("2001:db8::1", true, "IN IP6 2001:db8::1")])
    func descriptionsNameTheFamilyThatWasAsked(_ address: String, _ isIPv6: Bool, _ origin: String) throws {
        let url = ControlURL(try #require(RTSPURL("rtsp://nat.example:9554/live/?a=b")))
        let description = try Self.stream().description(url: url, address: address, isIPv6: isIPv6)
        #expect(description.text.contains("\(origin)\r\n"))
        #expect(description.text.contains(isIPv6 ? "c=IN IP6 ::\r\n" : "c=IN IP4 0.0.0.0\r\n"))
        #expect(description[attribute: "control"] == "rtsp://nat.example:9554/live?a=b")
        #expect(description.media[1][attribute: "control"] == "rtsp://nat.example:9554/live/trackID=1?a=b")
        // Config of AAC-LC, 16 kHz, mono: 00010 1000 0001 (ISO/IEC 14496-3 §1.6.2.1).
        #expect(description.media[1].formatParameters("97")["config"]?.hasPrefix("1408") == true)
        #expect(try SessionDescription(parsing: Array(description.text.utf8)) == description)
    }

    @Test func streamsOfOneClipDifferByTheirSeed() throws {
        let (one, two) = (try Self.stream(seed: 1), try Self.stream(seed: 2))
        #expect(one.identities.video?.ssrc != two.identities.video?.ssrc)
        #expect(one.identities.video?.ssrc != one.identities.audio?.ssrc)
        #expect(try Self.stream(seed: 1).identities == one.identities)
    }

    /// A viewer who comes at frame 60 starts at frame 50 (GOP of 25), 2 s after the start, with the sound from 2 s on:
    /// frame 32 of 1024 samples at 16 kHz begins at 2.048 s.
    @Test func aViewerStartsAtTheLastKeyFrame() throws {
        let start = try Self.stream().start(at: 1_000 + 60 * 40_000_000)
        var cursor = LiveStream.Cursor(all: 0)
        (cursor.video, cursor.audio) = (50, 32)
        #expect(start == LiveStream.Start(cursor: cursor, instant: 1_000 + 2_000_000_000))
    }

    /// Sender reports and packets share one clock: at the moment of frame 50 the report says the frame's time.
    @Test func reportsAndPacketsShareOneClock() throws {
        let stream = try Self.stream()
        let packet = try Self.packets(stream, .video, frames: 50..<51)[0]
        #expect(
            stream.timestamp(try #require(stream.identities.video), at: 1_000 + 2_000_000_000)
                == packet.header.timestamp)
    }

    /// Frame 60 of groups of 25 is on air: the next one is the recording's frame 75, 14 pictures or 0.56 s early, and
    /// numbers and times go on by one packet and one picture.
    @Test func aSynchronizationPointLeapsToTheNextKeyFrame() throws {
        let stream = try Self.stream()
        let now: Int64 = 1_000 + 60 * 40_000_000
        let before = try Self.packets(stream, .video, frames: 60..<61)
        let soundBefore = try Self.packets(stream, .audio, frames: 36..<60)
        stream.synchronize(at: now)
        let packets = try Self.packets(stream, .video, frames: 60..<120)
        #expect(packets.prefix(before.count) == before[...])
        for (one, next) in zip(packets, packets.dropFirst()) {
            #expect(next.header.sequenceNumber == one.header.sequenceNumber &+ 1)
            #expect(next.header.timestamp &- one.header.timestamp == (one.header.marker ? 3600 : 0))
        }
        let reference = try Self.packets(Self.stream(), .video, frames: 75..<100)
        #expect(packets.dropFirst(before.count).map(\.payload).starts(with: reference.map(\.payload)))
        #expect(stream.due(.video, 61) == 1_000 + 61 * 40_000_000)
        #expect(stream.frameOnAir(at: now) == 60)
        #expect(stream.frameOnAir(at: now + 40_000_000) == 75)
        #expect(stream.start(at: now + 80_000_000).cursor.video == 61)
        // 0.56 s are 8.75 frames of sound; the next one is 1.25 frames later than the one before, in step with the picture.
        let sound = try Self.packets(stream, .audio, frames: 36..<60)
        let next = Int(try #require(stream.feeds.audio).next(after: now)) - 36
        #expect(sound[..<next] == soundBefore[..<next])
        #expect(sound[next].payload == soundBefore[next + 9].payload)
        for index in 1..<sound.count {
            let (one, other) = (sound[index - 1].header, sound[index].header)
            #expect(other.sequenceNumber == one.sequenceNumber &+ 1)
            #expect(other.timestamp &- one.timestamp == (index == next ? 1280 : 1024))
        }
    }

    /// Leaps do not add up to an error: packets and sender reports share one clock after a thousand of them.
    @Test func manyLeapsKeepTheClock() throws {
        let stream = try Self.stream()
        var now: Int64 = 1_000
        for _ in 0..<1_000 {
            now += 333_000_000
            stream.synchronize(at: now)
        }
        let next = stream.next(after: now).video
        let packet = try Self.packets(stream, .video, frames: next..<next + 1)[0]
        let report = stream.timestamp(try #require(stream.identities.video), at: stream.due(.video, next))
        #expect(Int32(bitPattern: packet.header.timestamp &- report).magnitude <= 1)
        #expect(stream.due(.video, next) - now <= 40_000_000 && stream.due(.video, next) > now)
    }
}
