import Fuzzing
import RTP
import Testing

@Suite struct PacketTests {
    /// Written out by hand after RFC 3550 §5.1: V=2, M, PT 96, sequence 0x1234, time 0x01020304, SSRC 0xA0B0C0D0.
    @Test func theHeadStandsBitForBit() throws {
        let header = RTPHeader(
            payloadType: 96, marker: true, sequenceNumber: 0x1234, timestamp: 0x0102_0304, ssrc: 0xA0B0_C0D0)
        #expect(header.bytes == [0x80, 0xE0, 0x12, 0x34, 1, 2, 3, 4, 0xA0, 0xB0, 0xC0, 0xD0])
        let packet = try RTPPacket(parsing: (header.bytes + [9, 8])[...])
        #expect(packet.header == header)
        #expect(Array(packet.payload) == [9, 8])
    }

    /// P, X and CC=1: source, extension 0xBEDE of one word, payload of one byte, three bytes of padding.
    @Test func sourcesExtensionAndPaddingAreTakenOff() throws {
        let bytes: [UInt8] =
            [0xB1, 0x08, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3] + [0, 0, 0, 4] + [0xBE, 0xDE, 0, 1, 5, 6, 7, 8] + [42] + [
                0, 0, 3,
            ]
        let packet = try RTPPacket(parsing: bytes[...])
        #expect(packet.contributingSources == [4])
        #expect(packet.headerExtension == .init(profile: 0xBEDE, bytes: [5, 6, 7, 8]))
        #expect(Array(packet.payload) == [42])
        #expect(packet.header.payloadType == 8)
        #expect(try RTPPacket(parsing: packet.bytes[...]) == packet)
    }

    @Test(arguments: [
        ([UInt8](), RTPPacket.ParseError.tooShort(bytes: 0)),
        ([UInt8](repeating: 0x80, count: 11), .tooShort(bytes: 11)),
        ([0x40] + [UInt8](repeating: 0, count: 11), .wrongVersion(1)),
        ([0x8F] + [UInt8](repeating: 0, count: 11), .tooShort(bytes: 12)),
        ([0x90] + [UInt8](repeating: 0, count: 13), .tooShort(bytes: 14)),
        ([0xA0] + [UInt8](repeating: 0, count: 11), .wrongPadding),
        ([0xA0] + [UInt8](repeating: 0, count: 11) + [2], .wrongPadding),
    ])
    func whatIsNoPacketIsRefused(_ bytes: [UInt8], _ error: RTPPacket.ParseError) {
        #expect(throws: error) { try RTPPacket(parsing: bytes[...]) }
    }

    static let compound: [RTCPPacket] = [
        .senderReport(
            .init(
                ssrc: 1, ntp: NTPTime(value: 0x8000_0000_4000_0000), rtpTimestamp: 90_000, packetCount: 3, octetCount: 4
            ),
            [
                .init(
                    ssrc: 2, fractionLost: 255, cumulativeLost: -2, highestSequenceNumber: 65_537, jitter: 7,
                    lastSenderReport: 8, delaySinceLastSenderReport: 9)
            ]),
        .sourceDescription([.canonicalName("a", ssrc: 1), .canonicalName("abcd", ssrc: 2)]),
        .receiverReport(ssrc: 5, []),
        .goodbye(sources: [1, 2], reason: "end"),
        .goodbye(sources: [1], reason: nil),
        .other(type: 204, bytes: [0, 0, 0, 1, 65, 66, 67, 68]),
    ]

    @Test func compoundPacketsAreReadAndWrittenAgain() throws {
        #expect(try RTCPPacket.parse(RTCPPacket.compound(Self.compound)[...]) == Self.compound)
    }

    /// By hand after RFC 3550 §6.5: chunk of SSRC 1, CNAME (1) of one byte "a", one zero to end, already a multiple of 4.
    @Test func aSourceDescriptionStandsByteForByte() {
        #expect(
            RTCPPacket.sourceDescription([.canonicalName("a", ssrc: 1)]).bytes
                == [0x81, 202, 0, 2, 0, 0, 0, 1, 1, 1, 0x61, 0])
        #expect(RTCPPacket.receiverReport(ssrc: 1, []).bytes == [0x80, 201, 0, 1, 0, 0, 0, 1])
    }

    @Test func mutatedPacketsNeverTrap() {
        var generator = Mutator(seed: 3)
        let bytes = RTCPPacket.compound(Self.compound)
        for _ in 0..<20_000 {
            let mutated = generator.mutate(bytes)
            if let packets = try? RTCPPacket.parse(mutated[...]) { _ = RTCPPacket.compound(packets) }
            if let packet = try? RTPPacket(parsing: mutated[...]) { _ = packet.bytes }
        }
    }

    /// 1970 is 2,208,988,800 s after 1900 (RFC 868); half a second is 2^31 of 2^32.
    @Test func ntpTimeCountsFrom1900() {
        let epoch: UInt64 = 2_208_988_800 << 32
        #expect(NTPTime(unixTime: .zero).value == epoch)
        #expect(NTPTime(unixTime: .milliseconds(500)).value == epoch + 1 << 31)
        for time: Duration in [.zero, .seconds(1_795_000_000) + .nanoseconds(123_456_789), .seconds(2_085_978_497)] {
            #expect(NTPTime(unixTime: time).unixTime == time)
        }
    }
}
