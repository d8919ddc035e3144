import AV
import Fuzzing
import Pictures
import RTP
import Testing

/// Real pictures of every codec, packetised and taken apart again.
@Suite struct CodecTests {
    /// One coded picture, ready for a decoder, and its packets.
    struct Sent {
        let unit: [UInt8]
        let isKey: Bool
        let packets: [RTPPacket]
    }

    static let clip = Result {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try Clip(file: "/\(folder)/Recordings/clock-360p.mp4")
    }

    /// Pictures of the recording as our encoder codes them, in packets that follow each other.
    static func sent(
        _ codec: VideoCodec.Kind, pictures: Int = 9, payloadLimit: Int = 700, width: Int = 320, height: Int = 176
    ) throws -> (format: PayloadFormat, pictures: [Sent]) {
        let encoder = try VideoEncoder(
            .init(
                codec: codec, width: width, height: height, frameRate: TimeBase(numerator: 25, denominator: 1),
                groupLength: 4, bitRate: 2000))
        let packetizer = VideoPacketizer(encoder.parameters.codec, payloadLimit: payloadLimit)
        let player = try ClipPlayer(try clip.get(), width: width, height: height)
        var sent: [Sent] = []
        var number: UInt16 = 65_530
        for index in 0..<pictures {
            let frame = try encoder.encode(try player.picture(of: index))
            let fragments = packetizer.fragments(isKey: frame.isKey, units: frame.units[...], in: frame.bytes)
            let packets = Self.packets(fragments, of: frame.bytes, timestamp: UInt32(index) * 3600, from: &number)
            sent.append(Sent(unit: frame.accessUnit(encoder.parameters), isKey: frame.isKey, packets: packets))
        }
        return (.video(encoder.parameters), sent)
    }

    /// As they come from the wire.
    static func packets(
        _ fragments: [Fragment], of bytes: [UInt8], timestamp: UInt32, from number: inout UInt16
    ) -> [RTPPacket] {
        fragments.compactMap { fragment in
            var head = RTPHeader(
                payloadType: 96, marker: fragment.marker, sequenceNumber: number, timestamp: timestamp, ssrc: 1
            ).bytes
            number &+= 1
            if fragment.extensionLength > 0 { head[0] |= 0x10 }
            let whole = head + fragment.head + bytes[fragment.bytes]
            let packet = try? RTPPacket(parsing: whole[...])
            #expect(packet != nil)
            return packet
        }
    }

    /// What comes out, and what is said of the packets.
    static func received(
        _ packets: [RTPPacket], of format: PayloadFormat
    ) throws -> (frames: [MediaFrame], errors: [DepacketizerError]) {
        var depacketizer = try #require(format.makeDepacketizer())
        var frames: [MediaFrame] = []
        var errors: [DepacketizerError] = []
        for packet in packets {
            do throws(DepacketizerError) {
                frames += try depacketizer.receive(packet)
            } catch {
                errors.append(error)
            }
        }
        return (frames, errors)
    }

    /// The same bytes, but for JPEG, whose segments are written anew: the same picture.
    static func isSame(_ frame: [UInt8], _ unit: [UInt8], _ codec: VideoCodec.Kind) throws -> Bool {
        guard codec == .jpeg else { return frame == unit }
        return try StreamDecoder.pictureOfJPEG(frame) == StreamDecoder.pictureOfJPEG(unit)
    }

    @Test(arguments: VideoCodec.Kind.allCases, [260, 700, 1400])
    func picturesComeOutAsTheyWentIn(_ codec: VideoCodec.Kind, _ payloadLimit: Int) throws {
        let (format, pictures) = try Self.sent(codec, payloadLimit: payloadLimit)
        #expect(format.codec == .video(codec))
        let (frames, errors) = try Self.received(pictures.flatMap(\.packets), of: format)
        #expect(errors.isEmpty)
        #expect(frames.count == pictures.count)
        for (frame, picture) in zip(frames, pictures) {
            #expect(try Self.isSame(frame.bytes, picture.unit, codec))
            #expect(frame.isKey == picture.isKey)
        }
        for packet in pictures.flatMap(\.packets) {
            #expect(packet.payload.count + (packet.headerExtension.map { 4 + $0.bytes.count } ?? 0) <= payloadLimit)
        }
        let keys = codec == .jpeg ? Array(0..<9) : [0, 4, 8]
        #expect(frames.indices.filter { frames[$0].isKey } == keys)
    }

    /// Whatever packet is lost: the pictures that it is not of come out whole, the one that it is of not at all, or
    /// without the parameter sets that were in it.
    @Test(arguments: VideoCodec.Kind.allCases)
    func theLossOfAnyPacketCostsOnePicture(_ codec: VideoCodec.Kind) throws {
        let (format, pictures) = try Self.sent(codec, pictures: 7, payloadLimit: 400)
        let owners = pictures.indices.flatMap { index in pictures[index].packets.map { _ in index } }
        let all = pictures.flatMap(\.packets)
        // The last picture is there to fetch what a gap held back.
        for lost in all.indices where owners[lost] < pictures.count - 1 {
            var packets = all
            packets.remove(at: lost)
            let (frames, errors) = try Self.received(packets, of: format)
            if lost > 0 {
                let numbers = (all[lost].header.sequenceNumber, all[lost + 1].header.sequenceNumber)
                #expect(errors == [.gap(expected: numbers.0, received: numbers.1)])
            }
            for (index, picture) in pictures.enumerated() {
                let frame = frames.first { $0.timestamp == picture.packets[0].header.timestamp }
                if index != owners[lost] {
                    let frame = try #require(frame, "\(lost): picture \(index) is missing")
                    #expect(codec == .jpeg || frame.bytes == picture.unit)
                } else if let frame {
                    #expect(codec == .h264 || codec == .h265, "\(lost): picture \(index) is there")
                    #expect(picture.isKey && picture.unit.suffix(frame.bytes.count).elementsEqual(frame.bytes))
                }
            }
        }
    }

    /// A decoder that knows nothing but the description and the packets shows every picture.
    @Test(arguments: VideoCodec.Kind.allCases)
    func descriptionAndPacketsAreEnoughToDecode(_ codec: VideoCodec.Kind) throws {
        let (format, pictures) = try Self.sent(codec)
        let decoder = try StreamDecoder(codec, configuration: format.decoderConfiguration)
        for frame in try Self.received(pictures.flatMap(\.packets), of: format).frames { decoder.decode(frame.bytes) }
        decoder.finish()
        #expect(decoder.pictures == pictures.count)
        #expect(decoder.errors == 0)
        #expect(decoder.size == .init(width: 320, height: 176))
    }

    /// Bytes that were changed on their way never trap, and nothing grows without end.
    @Test(arguments: VideoCodec.Kind.allCases)
    func mutatedPacketsNeverTrap(_ codec: VideoCodec.Kind) throws {
        let (format, pictures) = try Self.sent(codec, pictures: 5, payloadLimit: 300)
        let packets = pictures.flatMap(\.packets)
        var mutator = Mutator(seed: 11)
        var depacketizer = try #require(format.makeDepacketizer())
        for index in 0..<20_000 {
            let bytes = mutator.mutate(packets[index % packets.count].bytes)
            guard let packet = try? RTPPacket(parsing: bytes[...]) else { continue }
            if let frames = try? depacketizer.receive(packet) {
                #expect(frames.allSatisfy { $0.bytes.count <= frameByteLimit })
            }
        }
    }
}
