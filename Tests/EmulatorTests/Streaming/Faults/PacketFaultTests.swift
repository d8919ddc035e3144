import Foundation
import Testing

@testable import Emulator

/// Faults of packets by themselves.
@Suite struct PacketFaultTests {
    private static func packets(_ count: Int, track: Track = .video, payload: Int = 100) -> [LoosePacket] {
        (0..<count).map { number in
            let head: [UInt8] = [
                0x80, 96, UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF), 0, 0, UInt8(number >> 8 & 0xFF),
                UInt8(number & 0xFF), 0, 0, 0, 1,
            ]
            return LoosePacket(
                track: track, bytes: head + Array(repeating: 0x55, count: payload), isKey: number % 50 == 0)
        }
    }

    private static func pass(_ fault: some PacketFault, _ packets: [LoosePacket]) -> [LoosePacket] {
        var fault = fault
        var out: [LoosePacket] = []
        for packet in packets { fault.pass(packet, to: &out) }
        return out
    }

    private static func dice(_ seed: UInt64 = 1) -> TrackDice { TrackDice(seed: seed, place: 0) }

    @Test(arguments: [(0.0, 1), (0.02, 1), (0.1, 8), (0.5, 20), (1.0, 1)])
    func soManyAreLostInARow(_ share: Double, _ burst: Int) {
        let packets = Self.packets(60_000)
        let left = Self.pass(PacketLoss(share: share, burst: burst, dice: Self.dice()), packets)
        let lost = Double(packets.count - left.count) / Double(packets.count)
        #expect(abs(lost - share) < 0.02)
        let gaps = zip(left, left.dropFirst()).map { Int($1.sequenceNumber) - Int($0.sequenceNumber) - 1 }
        #expect(gaps.allSatisfy { $0 % burst == 0 })
    }

    @Test func whatHappensToOneTrackDoesNotHangOnAnother() {
        let (video, sound) = (Self.packets(500), Self.packets(500, track: .audio))
        let alone = Self.pass(PacketLoss(share: 0.3, burst: 2, dice: Self.dice()), video)
        let both = Self.pass(
            PacketLoss(share: 0.3, burst: 2, dice: Self.dice()), zip(video, sound).flatMap { [$1, $0] })
        #expect(both.filter { $0.track == .video } == alone)
        #expect(both.filter { $0.track == .audio }.map(\.sequenceNumber) != alone.map(\.sequenceNumber))
    }

    @Test func everyPacketThatComesLateIsOvertakenBySoMany() {
        let packets = Self.packets(1000)
        var fault = PacketReordering(share: 0.05, by: 4, dice: Self.dice())
        var out: [LoosePacket] = []
        for packet in packets { fault.pass(packet, to: &out) }
        fault.rest(&out)
        #expect(out.map(\.sequenceNumber) != packets.map(\.sequenceNumber))
        #expect(out.map(\.sequenceNumber).sorted() == packets.map(\.sequenceNumber))
        for (place, packet) in out.enumerated() where place < 990 {
            let overtaken = out[..<place].count { $0.sequenceNumber > packet.sequenceNumber }
            #expect(overtaken == 0 || (1...4).contains(overtaken))
        }
    }

    @Test(arguments: [WireFault.BitErrorPlace.payload, .packet]) func bitsAreTurnedOverWhereTheyMay(
        _ place: WireFault.BitErrorPlace
    ) {
        let packets = Self.packets(2000, payload: 20)
        let out = Self.pass(BitErrors(share: 1, bits: 1, place: place, dice: Self.dice()), packets)
        let heads = zip(packets, out).count { $0.bytes.prefix(12) != $1.bytes.prefix(12) }
        #expect(place == .payload ? heads == 0 : heads > 500)
        #expect(zip(packets, out).allSatisfy { $0.bytes != $1.bytes })
    }

    /// Values beyond the bounds of scripts come from code only; they do not trap.
    @Test(arguments: [-1, .nan, .infinity, 1e300]) func numbersBeyondTheBoundsAreTheNearestWithin(_ number: Double) {
        let packets = Self.packets(20)
        let least = !(number >= 1)
        #expect(Self.pass(PacketLoss(share: number, burst: 0, dice: Self.dice()), packets).isEmpty == !least)
        _ = Self.pass(PacketReordering(share: number, by: .max, dice: Self.dice()), packets)
        _ = Self.pass(BitErrors(share: 1, bits: .max, place: .packet, dice: Self.dice()), packets)
        let timing = FaultTiming(FaultSchedule(after: number, for: number, every: number))
        _ = (timing.start(at: .max), timing.end(at: .max), timing.start(at: .min))
        let timeline = FaultTimeline(
            FaultScript([
                WireFault(.jitter(milliseconds: number)), WireFault(.stall(kilobytes: .min)),
                WireFault(.slowBytes(perSecond: .min)),
                WireFault(.sessionTimeout(seconds: number, goodbye: true)),
            ]), since: 0)
        #expect(timeline.bytesPerSecond(at: 0) == 1)
        _ = SessionFaults(timeline, encoding: "H264").travel(packets, now: 0)
    }

    // MARK: Schedules

    @Test func aFaultActsByItsSchedule() {
        let second: Int64 = 1_000_000_000
        let once = FaultTiming(.init(after: 10, for: 5))
        #expect(once.start(at: 10 * second - 1) == nil)
        #expect(once.start(at: 10 * second) == 10 * second)
        #expect(once.start(at: 15 * second - 1) == 10 * second)
        #expect(once.start(at: 15 * second) == nil)
        #expect(once.end(at: 9 * second) == nil)
        #expect(once.end(at: 100 * second) == 15 * second)
        let again = FaultTiming(.init(after: 10, for: 5, every: 60))
        #expect(again.start(at: 74 * second) == 70 * second)
        #expect(again.start(at: 75 * second) == nil)
        #expect(again.end(at: 75 * second) == 75 * second)
        #expect(again.end(at: 129 * second) == 75 * second)
        #expect(FaultTiming(.always).start(at: .max / 2) == 0)
        #expect(FaultTiming(.always).end(at: .max / 2) == nil)
    }

    @Test func aScriptOutlivesItsWayThroughJSON() throws {
        let script = FaultScript([
            WireFault(
                .loss(share: 0.1, burst: 3), schedule: .init(after: 1, for: 2, every: 3), tracks: [.video], seed: 9),
            WireFault(.picture(.black)), WireFault(.missingParameterSets(places: [.sdp, .inBand])),
        ])
        #expect(try JSONDecoder().decode(FaultScript.self, from: JSONEncoder().encode(script)) == script)
    }

    @Test func theSameSeedGivesTheSameFaultsAgain() {
        let packets = Self.packets(3000)
        func run(_ seed: UInt64) -> [LoosePacket] {
            let faults = SessionFaults(
                FaultTimeline(
                    FaultScript([
                        WireFault(.loss(share: 0.05, burst: 3), seed: seed),
                        WireFault(.duplication(share: 0.05), seed: seed),
                        WireFault(.reordering(share: 0.05, by: 5), seed: seed),
                        WireFault(.bitErrors(share: 0.05, bits: 2, place: .packet), seed: seed),
                        WireFault(.timestamps(.random), seed: seed), WireFault(.jitter(milliseconds: 5), seed: seed),
                    ]), since: 0), encoding: "H264")
            // Cut into batches otherwise each time.
            return stride(from: 0, to: packets.count, by: 10).flatMap { start in
                let batch = Array(packets[start..<start + 10])
                return faults.travel(faults.leave(batch, now: Int64(start) * 1_000_000), now: Int64(start) * 1_000_000)
            }
        }
        #expect(run(1) == run(1))
        #expect(run(1) != run(2))
    }

    // MARK: Waiting

    @Test func whatWaitsIsBoundedByWholeFrames() {
        var queue = DelayQueue()
        let packets = Self.packets(200)
        for packet in packets { queue.add([packet], limit: 112 * 30) { _ in 0 } }
        #expect(queue.dropped == 170)
        let due = queue.due(at: 1) { _ in false }
        #expect(due == Array(packets.prefix(30)) && queue.isEmpty)
        // Room again, but a picture that needs those before it is of no use.
        queue.add(packets[31..<32], limit: 112 * 30) { _ in 0 }
        #expect(queue.isEmpty)
        queue.add(packets[50..<51], limit: 112 * 30) { _ in 0 }
        queue.add(packets[51..<52], limit: 112 * 30) { _ in 0 }
        #expect(queue.due(at: 1) { _ in false }.count == 2)
    }

    @Test func noneOvertakesAnotherOfItsTrack() {
        var queue = DelayQueue()
        let packets = Self.packets(10)
        for packet in packets { queue.add([packet], limit: .max) { 100 - Int64($0.sequenceNumber) } }
        let sound = Self.packets(1, track: .audio)
        queue.add(sound[...], limit: .max) { _ in 5 }
        #expect(queue.due(at: 50) { _ in false } == sound)
        #expect(queue.due(at: 100) { $0 == .video }.isEmpty)
        #expect(queue.due(at: 100) { _ in false } == packets)
    }
}
