import Fuzzing
import RTP
import Testing

@Suite struct PayloadTests {
    static func packets(_ fragments: [Fragment], of bytes: [UInt8], timestamp: UInt32 = 1, from first: UInt16 = 65_534)
        -> [RTPPacket]
    {
        fragments.enumerated().map { index, fragment in
            RTPPacket(
                header: RTPHeader(
                    payloadType: 96, marker: fragment.marker, sequenceNumber: first &+ UInt16(index),
                    timestamp: timestamp, ssrc: 1),
                payload: (fragment.head + bytes[fragment.bytes])[...])
        }
    }

    /// By hand after RFC 6184 §5.8: NAL header 0x65 (NRI 3, type 5) becomes indicator 0x7C and FU headers 0x85, 0x05, 0x45.
    @Test func fragmentsCarryTheBitsOfTheStandard() {
        let unit: [UInt8] = [0x65, 1, 2, 3, 4, 5, 6, 7, 8]
        let fragments = H264Packetizer(payloadLimit: 5).fragments(nalUnits: [0..<9], in: unit)
        #expect(
            fragments == [
                Fragment(head: [0x7C, 0x85], bytes: 1..<4, marker: false),
                Fragment(head: [0x7C, 0x05], bytes: 4..<7, marker: false),
                Fragment(head: [0x7C, 0x45], bytes: 7..<9, marker: true),
            ])
    }

    @Test func aUnitAtTheLimitStaysWhole() {
        let unit = [UInt8](repeating: 0x41, count: 10)
        #expect(H264Packetizer(payloadLimit: 10).fragments(nalUnits: [0..<10], in: unit).count == 1)
        #expect(H264Packetizer(payloadLimit: 9).fragments(nalUnits: [0..<10], in: unit).count == 2)
    }

    /// By hand after RFC 6184 §5.7.1: STAP-A 24 with the highest NRI, then 16-bit sizes.
    @Test func parameterSetsTravelInOneAggregate() {
        let fragments = H264Packetizer().fragments(
            parameterSets: [[0x67, 1, 2], [0x68, 3]], nalUnits: [0..<2], in: [0x65, 9])
        #expect(fragments.map(\.head) == [[0x78, 0, 3, 0x67, 1, 2, 0, 2, 0x68, 3], []])
        #expect(fragments.map(\.marker) == [false, true])
    }

    @Test(arguments: [3, 4, 7, 50, 1400])
    func accessUnitsComeOutAsTheyWentIn(_ limit: Int) throws {
        let sets: [[UInt8]] = [[0x67, 1, 2], [0x68, 3]].filter { $0.count <= limit }
        var bytes: [UInt8] = [0x06, 5, 0x65]
        for number: UInt8 in 0..<99 { bytes.append(number) }
        bytes += [0x61, 7]
        let fragments = H264Packetizer(payloadLimit: limit)
            .fragments(parameterSets: sets, nalUnits: [0..<2, 2..<102, 102..<104], in: bytes)
        #expect(fragments.allSatisfy { $0.count <= limit })
        var depacketizer = H264Depacketizer()
        var units: [H264Depacketizer.AccessUnit] = []
        for packet in Self.packets(fragments, of: bytes) { units += try depacketizer.receive(packet) }
        let code: [UInt8] = [0, 0, 0, 1]
        var expected: [UInt8] = []
        for set in sets { expected += code + set }
        for range in [0..<2, 2..<102, 102..<104] { expected += code + bytes[range] }
        #expect(units.count == 1)
        #expect(units.first?.bytes == expected)
        #expect(units.first?.isKey == true)
    }

    @Test func aGapGivesTheUnitUpAndTheNextIsWhole() throws {
        let bytes = [UInt8](repeating: 0x65, count: 100)
        let fragments = H264Packetizer(payloadLimit: 20).fragments(nalUnits: [0..<100], in: bytes)
        var first = Self.packets(fragments, of: bytes, from: 0)
        first.remove(at: 2)
        let second = Self.packets(fragments, of: bytes, timestamp: 2, from: UInt16(fragments.count))
        var depacketizer = H264Depacketizer()
        var units: [H264Depacketizer.AccessUnit] = []
        var errors: [H264Depacketizer.PacketError] = []
        for packet in first + second {
            do throws(H264Depacketizer.PacketError) {
                units += try depacketizer.receive(packet)
            } catch {
                errors.append(error)
            }
        }
        #expect(errors == [.gap(expected: 2, received: 3)])
        #expect(units.map(\.timestamp) == [2])
    }

    @Test(arguments: [
        ([UInt8](), H264Depacketizer.PacketError.emptyPayload), ([0x7C, 0x85], .malformed(type: 28)),
        ([0x7C, 0x05, 1], .malformed(type: 28)), ([0x7C, 0xC5, 1], .malformed(type: 28)),
        ([0x78], .malformed(type: 24)),
        ([0x78, 0, 3, 1], .malformed(type: 24)), ([0x78, 0, 0], .malformed(type: 24)),
        ([0x79, 0], .unsupportedType(25)),
        ([0x00], .unsupportedType(0)),
    ])
    func malformedPayloadsAreNamed(_ payload: [UInt8], _ error: H264Depacketizer.PacketError) {
        var depacketizer = H264Depacketizer()
        let header = RTPHeader(payloadType: 96, marker: true, sequenceNumber: 0, timestamp: 0, ssrc: 0)
        #expect(throws: error) { try depacketizer.receive(RTPPacket(header: header, payload: payload[...])) }
    }

    /// By hand after RFC 3640 §3.3.6: one AU header of 16 bits, size 300 << 3 = 0x0960.
    @Test func anAACFrameHasOneHeader() {
        let fragments = AACPacketizer().fragments(of: 10..<310, packets: 1)
        #expect(fragments == [Fragment(head: [0, 16, 0x09, 0x60], bytes: 10..<310, marker: true)])
    }

    @Test(arguments: [1, 2, 5])
    func framesOfSoundComeOutAsTheyWentIn(_ count: Int) throws {
        let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0) }
        let fragments = AACPacketizer(payloadLimit: 504).fragments(of: 0..<500, packets: count)
        #expect(fragments.count == count)
        var depacketizer = AACDepacketizer()
        var frames: [[UInt8]] = []
        for packet in Self.packets(fragments + fragments, of: bytes) {
            frames += try depacketizer.receive(packet).map(\.bytes)
        }
        #expect(frames == [bytes, bytes])
    }

    @Test func severalFramesInOnePacketAreTakenApart() throws {
        var depacketizer = AACDepacketizer()
        let payload: [UInt8] = [0, 32, 0, 2 << 3, 0, 1 << 3, 7, 8, 9]
        let header = RTPHeader(payloadType: 97, marker: true, sequenceNumber: 0, timestamp: 0, ssrc: 0)
        #expect(
            try depacketizer.receive(RTPPacket(header: header, payload: payload[...])).map(\.bytes) == [[7, 8], [9]])
    }

    @Test func mutatedPayloadsNeverTrapNorHoard() {
        var generator = Mutator(seed: 4)
        var video = H264Depacketizer()
        var sound = AACDepacketizer()
        let seeds: [[UInt8]] = [
            [0x7C, 0x85, 1, 2, 3], [0x7C, 0x45, 1, 2], [0x78, 0, 2, 0x67, 1, 0, 1, 0x68], [0x65, 1, 2, 3],
            [0, 16, 0, 24, 1, 2, 3],
        ]
        for index in 0..<20_000 {
            let payload = generator.mutate(seeds[index % seeds.count])
            let header = RTPHeader(
                payloadType: 96, marker: index % 7 == 0, sequenceNumber: UInt16(truncatingIfNeeded: index),
                timestamp: UInt32(index / 5), ssrc: 0)
            let packet = RTPPacket(header: header, payload: payload[...])
            _ = try? video.receive(packet)
            _ = try? sound.receive(packet)
        }
    }
}
