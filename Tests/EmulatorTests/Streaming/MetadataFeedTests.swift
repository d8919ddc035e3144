import AV
import NIOCore
import RTP
import Synchronization
import Testing

@testable import Emulator

@Suite struct MetadataFeedTests {
    private static let second: Int64 = 1_000_000_000

    /// A feed whose documents say why they were made; nothing has ever happened by itself.
    private static func feed() -> MetadataFeed {
        MetadataFeed(epoch: 0) { occasion in occasion == .look ? nil : Array("<\(occasion)/>".utf8) }
    }

    private static func text(_ feed: MetadataFeed, _ number: Int64) throws -> String {
        let frame = try #require(feed.frame(number))
        return String(decoding: frame.fragments.flatMap { frame.bytes[$0.bytes] }, as: UTF8.self)
    }

    @Test func aNewcomerIsToldAllAndEverybodySomethingEachSecond() throws {
        let feed = Self.feed()
        feed.begin()
        feed.welcome()
        #expect(feed.next(after: 0) == 0)
        #expect(feed.due(0) == .max)
        for tick in 0..<500 { feed.advance(to: Int64(tick) * 5_000_000) }
        #expect(feed.next(after: 0) == 3)
        #expect(try Self.text(feed, 0) == "<beginning/>")
        #expect(try Self.text(feed, 1) == "<interval/>")
        #expect(feed.due(1) == Self.second)
        #expect(try #require(feed.frame(1)).ticks == 90_000)
        feed.welcome()
        #expect(feed.first(from: 0) == 3)
        feed.advance(to: 5 * Self.second / 2)
        #expect(try Self.text(feed, 3) == "<beginning/>")
    }

    /// Pictures that nobody sends.
    private struct Pictures: VideoFeed {
        func due(_ number: Int64) -> Int64 { .max }
        func next(after now: Int64) -> Int64 { 0 }
        func packets(before number: Int64) -> Int64 { 0 }
        func frame(_ number: Int64) -> TrackFrame? { nil }
        func start(at now: Int64) -> (number: Int64, instant: Int64) { (0, 0) }
        func recordedFrame(at now: Int64) -> (index: Int, isBlack: Bool) { (0, false) }
        func moment(at now: Int64) -> PictureMoment? { nil }
        func synchronize(at now: Int64) -> Int64 { 0 }
        func follow(_ fault: PictureFault) {}
    }

    @Test func picturesAreWatchedWhileSomebodyTakesTheTrack() throws {
        let feed = MetadataFeed(
            .none, epoch: 0,
            watch: { feed, _, now in
                feed.append(Array("<\(now / 1_000_000)/>".utf8), at: now)
                return now + 40_000_000
            }, compose: { _ in nil }, ended: {})
        feed.show(Pictures())
        for tick in 0..<50 { feed.advance(to: Int64(tick) * 5_000_000) }
        #expect(feed.next(after: 0) == 0)
        feed.begin()
        for tick in 50..<100 { feed.advance(to: Int64(tick) * 5_000_000) }
        // 250, 290, … 490 ms.
        #expect(feed.next(after: 0) == 7)
        #expect(try Self.text(feed, 0) == "<250/>" && feed.due(6) == 490_000_000)
        #expect(feed.nextLook <= 530_000_000)
        feed.rest()
        for tick in 100..<150 { feed.advance(to: Int64(tick) * 5_000_000) }
        #expect(feed.next(after: 0) == 7)
    }

    /// As many as some seconds of one for each picture have.
    @Test func documentsOfEveryPictureAreKeptForThoseWhoCatchUp() {
        let feed = Self.feed()
        for number in 0..<200 { feed.append([UInt8(ascii: "a")], at: Int64(number) * 40_000_000) }
        #expect(feed.frame(199 - 124) != nil && feed.frame(0) == nil)
    }

    @Test func whatHappensIsToldAtTheNextLook() throws {
        let news = Mutex([[UInt8]]())
        let feed = MetadataFeed(epoch: 0) { _ in news.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
        feed.advance(to: 0)
        news.withLock { $0.append(Array("<news/>".utf8)) }
        feed.advance(to: MetadataFeed.interval - 1)
        #expect(feed.next(after: 0) == 0)
        feed.advance(to: MetadataFeed.interval)
        #expect(try Self.text(feed, 0) == "<news/>")
    }

    /// A long document fills packets, the last of which has the marker; old documents go, numbers stay.
    @Test func documentsAreCutAndForgotten() throws {
        let feed = MetadataFeed(epoch: 0) { _ in [UInt8](repeating: 0x20, count: 3 * defaultPayloadLimit + 1) }
        for tick in 0..<Int64(MetadataFeed.documentLimit + 10) { feed.advance(to: tick * Self.second) }
        let last = Int64(MetadataFeed.documentLimit + 9)
        let frame = try #require(feed.frame(last))
        #expect(frame.fragments.map(\.marker) == [false, false, false, true])
        #expect(frame.firstPacket == last * 4)
        #expect(feed.packets(before: last + 1) == (last + 1) * 4)
        #expect(feed.frame(0) == nil)
    }

    @Test func aStreamHasItAsItsThirdTrack() throws {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let plan = try StreamPlan(Clip(file: "/\(folder)/Recordings/clock-360p.mp4"))
        let stream = LiveStream(plan, metadata: Self.feed(), seed: 1, epoch: 0)
        #expect(stream.tracks == [.video, .audio, .metadata])
        stream.feeds.metadata?.advance(to: 0)
        var batch = PacketBatch(channels: .all, allocator: ByteBufferAllocator())
        stream.append(.metadata, frame: 0, to: &batch)
        let packet = try #require(batch.packets.first)
        let bytes = try #require(batch.buffer.getBytes(at: packet.start, length: packet.count))
        let parsed = try RTPPacket(parsing: bytes[...])
        #expect(parsed.header.payloadType == PayloadFormat.metadataPayloadType)
        #expect(parsed.header.marker)
        #expect(String(decoding: parsed.payload, as: UTF8.self) == "<interval/>")
    }
}
