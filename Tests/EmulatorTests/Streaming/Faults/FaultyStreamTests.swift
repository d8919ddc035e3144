import AV
import NIOCore
import Pictures
import RTP
import RTSP
import Testing

@testable import Emulator

/// Faults as a client sees them.
@Suite(.timeLimit(.minutes(5))) struct FaultyStreamTests {
    private typealias Bench = FaultBench

    /// A fault of video from 1 s on for 2 s.
    private static func passing(_ kind: WireFault.Kind) -> FaultScript {
        FaultScript([WireFault(kind, schedule: .init(after: 1, for: 2), tracks: [.video], seed: 3)])
    }

    /// Packets before the fault, in it and after it, by the time of their pictures at 25 a second; the viewer begins half a
    /// second before the clock's first moment.
    private static func parts(
        _ caught: Bench.Catch, _ bench: Bench
    ) throws -> (before: [LoosePacket], within: [LoosePacket], after: [LoosePacket]) {
        let first = try #require(bench.soundPackets(0..<1).first).time
        let second = StreamPlan.videoClockRate
        func part(_ from: Int64, _ to: Int64) -> [LoosePacket] {
            caught.video.filter { (from..<to).contains(Int64(Int32(bitPattern: $0.time &- first)) * 2) }
        }
        // Frames at either edge may go out with the tick on the other side.
        return (
            part(0, 3 * second - 14_400), part(3 * second + 14_400, 7 * second - 14_400),
            part(7 * second + 14_400, 12 * second)
        )
    }

    @Test(arguments: [
        FaultScript(),
        FaultScript([
            WireFault(.loss(share: 1, burst: 1), schedule: .init(after: 100)),
            WireFault(.picture(.frozen), schedule: .init(after: 100)),
            WireFault(.slowBytes(perSecond: 1), schedule: .init(after: 100)),
            WireFault(.reset(seconds: 0), schedule: .init(after: 100)),
            WireFault(.jitter(milliseconds: 50), schedule: .init(after: 100)),
        ]),
    ])
    func aSoundSessionIsTheSameByteForByte(_ script: FaultScript) async throws {
        let (bench, caught) = try await Bench.catching(script)
        let sound = bench.soundPackets(0..<200)
        #expect(caught.video.count > 100)
        #expect(caught.video.allBytes == sound.prefix(caught.video.count).map(\.bytes))
    }

    @Test func lossHasItsShareItsTimeAndItsSeed() async throws {
        let (bench, caught) = try await Bench.catching(Self.passing(.loss(share: 0.3, burst: 1)))
        let (before, within, after) = try Self.parts(caught, bench)
        let sound = bench.soundPackets(0..<200)
        #expect(before.allBytes == sound.prefix(before.count).map(\.bytes))
        let arrived = Set(within.map(\.sequenceNumber))
        let sent = sound.filter { packet in within.contains { $0.time == packet.time } }
        #expect(arrived.count < sent.count * 9 / 10 && arrived.count > sent.count / 2)
        #expect(Set(caught.video.allBytes).isSubset(of: Set(sound.allBytes)))
        #expect(
            !after.isEmpty
                && after.map(\.sequenceNumber) == (0..<after.count).map { after[0].sequenceNumber &+ UInt16($0) })

        let (_, again) = try await Bench.catching(Self.passing(.loss(share: 0.3, burst: 1)))
        #expect(again.video.prefix(250).map(\.bytes) == caught.video.prefix(250).map(\.bytes))
        var other = Self.passing(.loss(share: 0.3, burst: 1))
        other.faults[0].seed = 4
        let (_, different) = try await Bench.catching(other)
        #expect(different.video.prefix(250).map(\.bytes) != caught.video.prefix(250).map(\.bytes))
    }

    @Test func duplicatesReordersAndFlipsBits() async throws {
        let (bench, twice) = try await Bench.catching(Self.passing(.duplication(share: 0.2)))
        let sound = bench.soundPackets(0..<200)
        #expect(zip(twice.video, twice.video.dropFirst()).contains { $0.bytes == $1.bytes })
        let unique = twice.video.enumerated().filter { $0 == 0 || twice.video[$0 - 1].bytes != $1.bytes }.map(\.element)
        #expect(unique.allBytes == sound.prefix(unique.count).map(\.bytes))

        let (_, late) = try await Bench.catching(Self.passing(.reordering(share: 0.1, by: 2)))
        let numbers = late.video.map(\.sequenceNumber)
        let steps = zip(numbers, numbers.dropFirst()).map { Int16(bitPattern: $1 &- $0) }
        #expect(steps.contains { $0 < 0 })
        #expect(Set(late.video.allBytes).isSubset(of: Set(sound.allBytes)) && Set(numbers).count == numbers.count)

        let (_, broken) = try await Bench.catching(
            Self.passing(.bitErrors(share: 0.2, bits: 1, place: .payload)))
        var flipped = 0
        for (packet, right) in zip(broken.video, sound) {
            #expect(packet.bytes.prefix(RTPHeader.length) == right.bytes.prefix(RTPHeader.length))
            let bits = zip(packet.bytes, right.bytes).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
            #expect(bits <= 1)
            flipped += bits
        }
        #expect(flipped > 5)
    }

    @Test func timestampsStandFallAndRunWhileNumbersGoOn() async throws {
        for wrong in WireFault.WrongTime.allCases {
            let (bench, caught) = try await Bench.catching(Self.passing(.timestamps(wrong)))
            let sound = bench.soundPackets(0..<200)
            let numbers = caught.video.map(\.sequenceNumber)
            #expect(numbers == sound.prefix(numbers.count).map(\.sequenceNumber))
            let changed = zip(caught.video, sound).filter { $0.time != $1.time }
            let base = try #require(zip(caught.video, sound).first { $0.time != $1.time }?.1.time) &- 3600
            #expect(changed.count > 50 && changed.count < sound.count / 2)
            for (packet, right) in changed {
                let elapsed = right.time &- base
                switch wrong {
                case .standing: #expect(packet.time == base)
                case .backwards: #expect(packet.time == base &- elapsed)
                case .double: #expect(packet.time == base &+ 2 &* elapsed)
                case .random: break
                }
            }
            if wrong == .random { #expect(Set(changed.map(\.0.time)).count > 40) }
            // Sound again at the end.
            #expect(caught.video.last?.bytes == sound[caught.video.count - 1].bytes)
        }
    }

    @Test func parameterSetsThatAreMissingLeaveNoGap() async throws {
        let script = FaultScript([WireFault(.missingParameterSets(places: [.sdp, .inBand]), schedule: .init(for: 3))])
        let bench = try await Bench(script)
        try await bench.fixture.run { server in
            try await RTSPTestClient.with(port: server.port) { client, out in
                func sets() async throws -> String? {
                    let describe = try await client.call("DESCRIBE", on: out)
                    let video = try SessionDescription(parsing: describe.body).media[0]
                    #expect(video.formatParameters("96")["packetization-mode"] == "1")
                    return video.formatParameters("96")["sprop-parameter-sets"]
                }
                #expect(try await sets() == nil)
                _ = try await client.play(on: out)
                let caught = try await bench.receive(client, sounds: 80).video
                let types = caught.map { $0.bytes[RTPHeader.length] & 0x1F }
                let sound = bench.soundPackets(0..<200).map { $0.bytes[RTPHeader.length] & 0x1F }
                #expect(sound.first == 24)
                let firstSets = try #require(types.firstIndex(of: 24))
                #expect(firstSets > 100)
                #expect(
                    caught.map(\.sequenceNumber) == (0..<caught.count).map { caught[0].sequenceNumber &+ UInt16($0) })
                #expect(try await sets() != nil)
            }
        }
    }

    @Test func aFrozenPictureStandsUntilTheNextKeyFrame() async throws {
        let (bench, caught) = try await Bench.catching(
            FaultScript([WireFault(.picture(.frozen), schedule: .init(after: 1, for: 2))]))
        let sound = bench.soundPackets(0..<200).pictures
        let pictures = caught.video.pictures
        try Self.expectNumbersAndTimesGoOn(caught.video, as: sound.map(\.time))
        let wrong = pictures.indices.filter { pictures[$0].payloads != sound[$0].payloads }
        // On air for half a second at first; frozen from 1.5 s, on the key frame of 1 s, to that of 4 s.
        #expect(wrong == Array(38..<100))
        #expect(wrong.allSatisfy { pictures[$0].payloads == sound[25].payloads })
        #expect(try Self.errors(in: caught.video) == 0)
    }

    @Test func aBlackPictureIsBlackUntilTheNextKeyFrame() async throws {
        let (bench, caught) = try await Bench.catching(
            FaultScript([WireFault(.picture(.black), schedule: .init(after: 1, for: 2))]))
        let sound = bench.soundPackets(0..<200).pictures
        try Self.expectNumbersAndTimesGoOn(caught.video, as: sound.map(\.time))
        let decoder = try StreamDecoder(keepsPictures: true)
        var depacketizer = H264Depacketizer()
        var black: [Int] = []
        for packet in caught.video {
            for unit in try depacketizer.receive(RTPPacket(parsing: packet.bytes[...])) {
                decoder.decode(unit.bytes)
                if decoder.latest?.luma.allSatisfy({ $0 <= 18 }) == true { black.append(decoder.pictures - 1) }
            }
        }
        #expect(decoder.errors == 0)
        #expect(black == Array(38..<100))
    }

    @Test func whoComesWhileThePictureIsFrozenBeginsWithIt() async throws {
        let bench = try await Bench(WireFault(.picture(.frozen)))
        bench.fixture.clock.advance(by: .milliseconds(1700))
        try await bench.play { client, _, _ in
            // Until the first sound is due.
            bench.fixture.clock.advance(by: .milliseconds(110))
            let caught = try await bench.receive(client, sounds: 20)
            let key = bench.soundPackets(0..<1).pictures[0].payloads
            #expect(caught.video.pictures.dropLast().allSatisfy { $0.payloads == key })
            #expect(caught.video.pictures.count > 20)
            #expect(bench.fixture.stream.pictureOnAir(at: bench.fixture.clock.now).index == 300)
        }
    }

    private static func expectNumbersAndTimesGoOn(_ packets: [LoosePacket], as times: [UInt32]) throws {
        let first = try #require(packets.first).sequenceNumber
        #expect(packets.map(\.sequenceNumber) == (0..<packets.count).map { first &+ UInt16($0) })
        let pictures = packets.pictures
        #expect(pictures.count > 110)
        #expect(pictures.map(\.time) == times.prefix(pictures.count).map(\.self))
    }

    private static func errors(in packets: [LoosePacket]) throws -> Int {
        let decoder = try StreamDecoder()
        var depacketizer = H264Depacketizer()
        for packet in packets {
            for unit in try depacketizer.receive(RTPPacket(parsing: packet.bytes[...])) { decoder.decode(unit.bytes) }
        }
        return decoder.errors
    }

    @Test func aStallHoldsEverythingBackAndThenComesAtOnce() async throws {
        let (bench, caught) = try await Bench.catching(Self.passing(.stall(kilobytes: 4096)))
        let sound = bench.soundPackets(0..<200)
        #expect(caught.video.allBytes == sound.prefix(caught.video.count).map(\.bytes))
        // Of 60 packets of sound some 31 come while pictures are held back.
        var held = 0
        let again = try await Bench(Self.passing(.stall(kilobytes: 4096)))
        try await again.play { client, _, _ in
            for _ in 0..<60 where try await again.receive(client, sounds: 1).video.isEmpty { held += 1 }
        }
        #expect(held > 20)
    }

    @Test func aStallLeavesOutWholeFramesUpToAKeyFrame() async throws {
        let (bench, caught) = try await Bench.catching(Self.passing(.stall(kilobytes: 16)))
        let sound = Dictionary(
            uniqueKeysWithValues: bench.soundPackets(0..<200).pictures.map { ($0.time, $0.payloads) })
        let pictures = caught.video.pictures
        #expect(pictures.count < 115)
        #expect(pictures.dropLast().allSatisfy { sound[$0.time] == $0.payloads })
        let afterGap = zip(pictures, pictures.dropFirst()).filter { $1.time &- $0.time > 3600 }.map(\.1)
        #expect(!afterGap.isEmpty)
        #expect(afterGap.allSatisfy { ($0.payloads[0].first ?? 0) & 0x1F == 24 })
    }

    @Test func jitterKeepsTheOrder() async throws {
        let (bench, caught) = try await Bench.catching(Self.passing(.jitter(milliseconds: 500)))
        #expect(caught.video.count > 100)
        #expect(caught.video.allBytes == bench.soundPackets(0..<200).prefix(caught.video.count).map(\.bytes))
    }
}
