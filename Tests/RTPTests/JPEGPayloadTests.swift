import AV
import Pictures
import RTP
import Testing

@Suite struct JPEGPayloadTests {
    private static func packets(_ jpeg: [UInt8], limit: Int = 1400) throws -> [RTPPacket] {
        let fragments = try JPEGPacketizer(payloadLimit: limit).fragments(of: 0..<jpeg.count, in: jpeg)
        var number: UInt16 = 0
        return CodecTests.packets(fragments, of: jpeg, timestamp: 1, from: &number)
    }

    private static func file(_ packets: [RTPPacket]) throws -> [UInt8] {
        var depacketizer = JPEGDepacketizer()
        var frames: [MediaFrame] = []
        for packet in packets { frames += try depacketizer.receive(packet) }
        #expect(frames.count == 1)
        return try #require(frames.first).bytes
    }

    private static func picture(width: Int, height: Int) throws -> YUVPicture {
        try ClipPlayer(try CodecTests.clip.get(), width: width, height: height).picture(of: 3)
    }

    /// By hand after RFC 2435 §3.1: offset 0, type 1, Q 255, 320 and 176 pixels in blocks of 8, tables of 128 bytes.
    @Test func theHeaderStandsByteForByte() throws {
        let sent = try CodecTests.sent(.jpeg, pictures: 1, payloadLimit: 1000).pictures
        let packets = sent[0].packets
        #expect(packets[0].headerExtension == nil)
        #expect(Array(packets[0].payload.prefix(12)) == [0, 0, 0, 0, 1, 255, 40, 22, 0, 0, 0, 128])
        #expect(packets.count > 1)
        let offset = packets[0].payload.count - 8 - 4 - 128
        #expect(Array(packets[1].payload.prefix(8)) == [0, 0, UInt8(offset >> 8), UInt8(offset & 255), 1, 255, 40, 22])
    }

    /// Sizes that RFC 2435 cannot say, or Huffman tables that it does not have, go with the extension of ONVIF.
    @Test(arguments: [(2560, 1440, 0), (324, 180, 40), (320, 176, 40)])
    func whatTheHeaderCannotSayGoesIntoTheExtension(_ width: Int, _ height: Int, _ blocks: Int) throws {
        let picture = try Self.picture(width: width, height: height)
        // Its Huffman tables are made for the picture.
        let jpeg = try picture.jpeg()
        let packets = try Self.packets(jpeg)
        let first = try #require(packets[0].headerExtension)
        #expect(first.profile == 0xFFD8)
        #expect(first.bytes.count % 4 == 0)
        #expect(packets.dropFirst().allSatisfy { $0.headerExtension == nil })
        let width8 = packets[0].payload.dropFirst(6).first
        #expect(width8 == UInt8(blocks == 0 ? 0 : (width + 7) / 8))
        let file = try Self.file(packets)
        #expect(try StreamDecoder.pictureOfJPEG(file) == StreamDecoder.pictureOfJPEG(jpeg))
    }

    /// An extension that does not fit into one packet goes on in packets with 0xFFFF.
    @Test func aLongExtensionGoesOnInFurtherPackets() throws {
        let jpeg = try Self.picture(width: 324, height: 180).jpeg()
        let packets = try Self.packets(jpeg, limit: 300)
        let profiles = packets.compactMap(\.headerExtension?.profile)
        #expect(profiles.count > 1)
        #expect(profiles == [0xFFD8] + [UInt16](repeating: 0xFFFF, count: profiles.count - 1))
        #expect(try StreamDecoder.pictureOfJPEG(Self.file(packets)) == StreamDecoder.pictureOfJPEG(jpeg))
    }

    /// Q from 1 to 99 means tables that a receiver computes: at 50 those of ITU-T T.81 Annex K themselves.
    @Test func tablesOfLowQAreComputed() throws {
        let jpeg = try CodecTests.sent(.jpeg, pictures: 1).pictures[0].unit
        let header = try JPEGHeader(jpeg[...])
        let scan = Array(jpeg[header.scan])
        func packet(q: UInt8) -> RTPPacket {
            RTPPacket(
                header: RTPHeader(payloadType: 26, marker: true, sequenceNumber: 0, timestamp: 0, ssrc: 0),
                payload: ([0, 0, 0, 0, 1, q, 40, 22] + scan)[...])
        }
        let file = try JPEGHeader(Self.file([packet(q: 50)])[...])
        #expect(file.quantisers[0]?.prefix(8) == [16, 11, 12, 14, 12, 10, 16, 14])
        #expect(file.quantisers[1]?.prefix(8) == [17, 18, 18, 24, 21, 24, 47, 26])
        // S = 5000 / 25 = 200 %; at 99 it is 2 %, and at least 1.
        #expect(try JPEGHeader(Self.file([packet(q: 25)])[...]).quantisers[0]?.first == 32)
        #expect(try JPEGHeader(Self.file([packet(q: 99)])[...]).quantisers[0]?.first == 1)
        #expect((file.width, file.height, file.sampling) == (320, 176, 1))
        #expect(file.huffman == JPEGTables.huffman)
    }

    /// Tables of Q 128 to 254 may come once; those of 255 have to come with each picture.
    @Test(arguments: [(128, true), (254, true), (255, false)] as [(UInt8, Bool)])
    func tablesAreKept(_ q: UInt8, _ areKept: Bool) throws {
        let scan: [UInt8] = [1, 2, 3]
        func packet(_ number: UInt16, tables: [UInt8]) -> RTPPacket {
            let head: [UInt8] = [0, 0, 0, 0, 1, q, 40, 22, 0, 0, 0, UInt8(tables.count)]
            return RTPPacket(
                header: RTPHeader(
                    payloadType: 26, marker: true, sequenceNumber: number, timestamp: UInt32(number), ssrc: 0),
                payload: (head + tables + scan)[...])
        }
        var depacketizer = JPEGDepacketizer()
        #expect(try depacketizer.receive(packet(0, tables: [UInt8](repeating: 7, count: 128))).count == 1)
        #expect(try depacketizer.receive(packet(1, tables: [])).count == (areKept ? 1 : 0))
    }

    /// Restart intervals: type 65, and a header of four bytes that says that packets do not begin with them.
    @Test func restartIntervalsHaveAHeader() throws {
        var jpeg = try CodecTests.sent(.jpeg, pictures: 1).pictures[0].unit
        jpeg.insert(contentsOf: [0xFF, 0xDD, 0, 4, 0, 20], at: 2)
        let packets = try Self.packets(jpeg)
        #expect(Array(packets[0].payload.prefix(16)) == [0, 0, 0, 0, 65, 255, 40, 22, 0, 20, 255, 255, 0, 0, 0, 128])
        let file = try JPEGHeader(Self.file(packets)[...])
        #expect(file.restartInterval == 20)
        #expect(file.scan.count == (try JPEGHeader(jpeg[...]).scan.count))
    }

    @Test(
        arguments: [
            ([1, 2], JPEGHeader.ParseError.noStartOfImage), ([0xFF, 0xD8, 0xFF], .cutShort),
            ([0xFF, 0xD8, 0xFF, 0xDA, 0, 9, 0], .cutShort),
            ([0xFF, 0xD8, 0xFF, 0xC2, 0, 2, 0], .notBaseline(marker: 0xC2)),
            ([0xFF, 0xD8, 0xFF, 0xDB, 0, 3, 0], .malformed(marker: 0xDB)),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0, 7] + Array("AVI1".utf8) + [1], .field),
        ] as [([UInt8], JPEGHeader.ParseError)])
    func whatIsNoBaselineJPEGIsNamed(_ bytes: [UInt8], _ error: JPEGHeader.ParseError) {
        #expect(throws: error) { try JPEGHeader(bytes[...]) }
    }
}
