import Testing

@testable import Bench

@Suite struct MediaCounterTests {
    private static let millisecond: Int64 = 1_000_000

    /// A packet of 90 kHz video.
    private static func packet(
        _ sequence: UInt16, _ timestamp: UInt32, marker: Bool = true, payload: [UInt8] = [0x41, 0, 0, 0]
    ) -> [UInt8] {
        [0x80, marker ? 0xE0 : 0x60, UInt8(sequence >> 8), UInt8(truncatingIfNeeded: sequence)]
            + (0..<4).map { UInt8(truncatingIfNeeded: timestamp >> (24 - 8 * $0)) } + [0, 0, 0, 1] + payload
    }

    @Test func packetsTimeAndLatenessAreCountedOverWraps() {
        var counter = MediaCounter(clockRate: 90_000, encoding: "H264")
        var late: [Int64?] = []
        for index in 0..<100 {
            let packet = Self.packet(
                65_500 &+ UInt16(index), 4_294_900_000 &+ UInt32(index * 3600))
            // The tenth is 7 ms late.
            let now = Int64(index) * 40 * Self.millisecond + (index == 10 ? 7 * Self.millisecond : 0)
            late.append(counter.take(packet.span, at: now))
        }
        #expect(counter.counts == .init(packets: 100, octets: 1600, lost: 0, ticks: 99 * 3600))
        #expect(counter.jumps == 0)
        #expect(late[10] == 7 * Self.millisecond)
        #expect(late.enumerated().allSatisfy { $0.offset == 10 || $0.element == 0 })
    }

    @Test func gapsAreLostUntilTheyComeLate() {
        var counter = MediaCounter(clockRate: 90_000, encoding: "H264")
        for sequence in [1, 2, 5, 4] as [UInt16] {
            _ = counter.take(Self.packet(sequence, UInt32(sequence) * 3600).span, at: 0)
        }
        #expect(counter.counts.lost == 1)
        #expect(counter.jumps == 0)
        _ = counter.take(Self.packet(6, 6 * 3600).span, at: 0)
        #expect(counter.counts.lost == 1)
    }

    @Test func aSequenceOrATimeThatBeginsAnewIsAJump() {
        var counter = MediaCounter(clockRate: 90_000, encoding: "H264")
        _ = counter.take(Self.packet(40_000, 0).span, at: 0)
        _ = counter.take(Self.packet(17, 3600).span, at: 0)
        #expect(counter.jumps == 1)
        _ = counter.take(Self.packet(18, 3_000_000_000).span, at: 0)
        #expect(counter.jumps == 2)
        #expect(counter.counts.lost == 0)
    }

    @Test(arguments: [
        ("H264", [0x65, 0, 0, 0], true), ("H264", [0x7C, 0x85, 0, 0], true), ("H264", [0x7C, 0x05, 0, 0], false),
        ("H264", [0x41, 0, 0, 0], false), ("H265", [0x26, 1, 0, 0], true), ("H265", [0x62, 1, 0x93, 0], true),
        ("H265", [0x02, 1, 0, 0], false), ("JPEG", [0, 0, 0, 0], true), ("MP4V-ES", [0, 0, 1, 0xB6], false),
    ])
    func keyFramesAreKnownByTheirPayload(_ encoding: String, _ payload: [UInt8], _ isKey: Bool) {
        var counter = MediaCounter(clockRate: 90_000, encoding: encoding)
        _ = counter.take(Self.packet(1, 0, payload: payload).span, at: 5)
        #expect((counter.firstKey != nil) == isKey)
        #expect(counter.firstFrame == 5)
    }

    @Test func whatIsNoRTPCountsNothing() {
        var counter = MediaCounter(clockRate: 0, encoding: "")
        for bytes in [[], [0x80], [UInt8](repeating: 0x40, count: 40)] as [[UInt8]] {
            #expect(counter.take(bytes.span, at: 0) == nil)
        }
        // Heads that promise more than there is.
        #expect(counter.take(([0x9F, 0] + [UInt8](repeating: 0xFF, count: 10)).span, at: 0) != nil)
        #expect(counter.counts.packets == 1)
    }
}
