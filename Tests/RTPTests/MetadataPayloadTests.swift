import Fuzzing
import RTP
import Testing

@Suite struct MetadataPayloadTests {
    static let document = Array("<tt:MetadataStream>\(String(repeating: "x", count: 3000))</tt:MetadataStream>".utf8)

    static func packets(_ documents: Int, from first: UInt16 = 0) -> [RTPPacket] {
        var number = first
        return (0..<documents).flatMap { index in
            let fragments = MetadataPacketizer().fragments(of: 0..<document.count)
            var packets = CodecTests.packets(fragments, of: document, timestamp: UInt32(index), from: &number)
            // Each packet may have the time of its making.
            for place in packets.indices { packets[place].header.timestamp += UInt32(place) * 90 }
            return packets
        }
    }

    @Test func documentsEndWithTheMarker() throws {
        let packets = Self.packets(3)
        #expect(packets.map(\.header.marker) == [false, false, true, false, false, true, false, false, true])
        let (frames, errors) = try CodecTests.received(packets, of: .metadata())
        #expect(errors.isEmpty)
        #expect(frames.map(\.bytes) == [Self.document, Self.document, Self.document])
    }

    /// Two where the end of one is lost, since nobody can tell where the next begins.
    @Test(arguments: 0..<8)
    func theLossOfAnyPacketCostsOneDocument(_ lost: Int) throws {
        var packets = Self.packets(4, from: 65_535)
        packets.remove(at: lost)
        let (frames, _) = try CodecTests.received(packets, of: .metadata())
        #expect(frames.allSatisfy { $0.bytes == Self.document })
        #expect(frames.count == (lost % 3 == 2 ? 2 : 3))
    }

    @Test func aDocumentWithoutEndIsGivenUp() throws {
        let part = [UInt8](repeating: 0x3C, count: 60_000)
        var depacketizer = MetadataDepacketizer()
        var errors: [DepacketizerError] = []
        for number in 0..<UInt16(40) {
            let header = RTPHeader(
                payloadType: 98, marker: number == 38 || number == 39, sequenceNumber: number, timestamp: 0, ssrc: 0)
            do throws(DepacketizerError) {
                let frames = try depacketizer.receive(RTPPacket(header: header, payload: part[...]))
                #expect(frames.count == (number == 39 ? 1 : 0))
            } catch {
                errors.append(error)
            }
        }
        #expect(errors == [.tooLarge(limit: MetadataAssembler.documentLimit)])
    }

    /// The names of ONVIF Streaming 26.06 and of earlier editions.
    @Test(arguments: [
        ("vnd.onvif.metadata", MetadataCompression.none), ("VND.ONVIF.METADATA", .none),
        ("vnd.onvif.metadata+gzip", .gzip), ("vnd.onvif.metadata.gzip", .gzip), ("vnd.onvif.metadata.exi.ext", .exi),
    ])
    func compressionIsToldByTheName(_ name: String, _ compression: MetadataCompression) {
        #expect(PayloadFormat(payloadType: 98, encodingName: name, clockRate: 90_000).codec == .metadata(compression))
    }

    @Test func mutatedDocumentsNeverTrap() throws {
        var mutator = Mutator(seed: 13)
        var depacketizer = MetadataDepacketizer()
        let packets = Self.packets(3)
        for index in 0..<5_000 {
            let bytes = mutator.mutate(packets[index % packets.count].bytes)
            guard let packet = try? RTPPacket(parsing: bytes[...]) else { continue }
            _ = try? depacketizer.receive(packet)
        }
    }
}
