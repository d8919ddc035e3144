import AV
import Fuzzing
import RTP
import Testing

@Suite struct SoundPayloadTests {
    static func track(_ codec: AudioCodec, frames: Int = 10, bytes: Int, rate: Int = 8000, start: Int64 = 0)
        -> AudioTrack
    {
        AudioTrack(
            codec: codec, sampleRate: rate, channels: 1,
            samplesPerFrame: codec == .opus ? 960 : rate == 8000 ? 160 : 1024,
            start: start, frames: (0..<frames).map { $0 * bytes..<($0 + 1) * bytes })
    }

    static let aac = AudioCodec.aac(configuration: [0x14, 0x08])

    /// Lines of SDP by hand after RFC 3551 §6, RFC 3640 §4.1, RFC 6416 §7.3 and RFC 7587 §7.
    @Test(
        arguments: [
            (AudioCodec.pcmu, AudioPackaging.generic, "0 PCMU/8000", nil),
            (.pcma, .generic, "8 PCMA/8000", nil), (.g726(.kbit16), .generic, "97 G726-16/8000", nil),
            (.g726(.kbit40), .latm, "97 G726-40/8000", nil),
            (.opus, .generic, "97 opus/48000/2", "97 sprop-stereo=0"),
            (
                aac, .generic, "97 MPEG4-GENERIC/16000/1",
                "97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408"
            ),
            (aac, .latm, "97 MP4A-LATM/16000/1", "97 profile-level-id=1;object=2;cpresent=0;config=400028103FC0"),
        ] as [(AudioCodec, AudioPackaging, String, String?)])
    func formatsAreDescribed(_ codec: AudioCodec, _ packaging: AudioPackaging, _ rtpmap: String, _ fmtp: String?) {
        let rate = codec == .opus ? 48_000 : codec == Self.aac ? 16_000 : 8000
        let format = PayloadFormat.audio(Self.track(codec, bytes: 40, rate: rate), packaging: packaging)
        #expect(format.rtpmap == rtpmap)
        #expect(format.fmtp == fmtp)
        #expect(format.makeDepacketizer() != nil)
        if codec == Self.aac { #expect(format.decoderConfiguration == [0x14, 0x08]) }
    }

    /// Frames longer than a packet too.
    @Test(arguments: AudioPackaging.allCases, [1, 254, 255, 256, 700, 3000, 8191])
    func framesOfAACComeOutAsTheyWentIn(_ packaging: AudioPackaging, _ length: Int) throws {
        let bytes = (0..<length * 4).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let clip = try Self.clip(Self.track(Self.aac, frames: 4, bytes: length, rate: 16_000), bytes)
        let audio = try #require(try StreamPlan(clip, packaging: packaging, payloadLimit: 600).audio)
        var number: UInt16 = 0
        var packets: [RTPPacket] = []
        for frame in 0..<Int64(4) {
            let fragments = Array(audio.fragments(of: frame))
            #expect(fragments.allSatisfy { $0.count <= 600 } && fragments.count == audio.packetsPerFrame)
            packets += CodecTests.packets(fragments, of: clip.bytes, timestamp: UInt32(frame) * 1024, from: &number)
        }
        let (frames, errors) = try CodecTests.received(packets, of: audio.format)
        #expect(errors.isEmpty)
        #expect(frames.map(\.bytes) == (0..<4).map { Array(bytes[$0 * length..<($0 + 1) * length]) })
        #expect(frames.map(\.timestamp) == [0, 1024, 2048, 3072])
    }

    /// The picture of a second, and sound.
    static func clip(_ track: AudioTrack, _ bytes: [UInt8]) throws -> Clip {
        let recorded = try CodecTests.clip.get()
        let base = TimeBase(numerator: 1, denominator: 1000)
        let video = VideoTrack(
            parameters: recorded.video.parameters, timeBase: base,
            frames: [VideoFrame(time: 0, decodingTime: 0, isKey: true, units: 0..<1)], units: [0..<10], duration: 1000)
        return Clip(
            file: "made.mp4", bytes: bytes + [0x65] + [UInt8](repeating: 1, count: 20), video: video, audio: track)
    }

    /// Configuration in band: by hand after ISO/IEC 14496-3 §1.7.3: useSameStreamMux 0, the StreamMuxConfig of 44 bits
    /// above, PayloadLengthInfo 2, two bytes; then useSameStreamMux 1, length 1, a byte.
    @Test func configurationInBandIsRead() throws {
        let format = PayloadFormat(payloadType: 97, encodingName: "mp4a-latm", clockRate: 16_000)
        func packet(_ bits: String, _ number: UInt16) -> RTPPacket {
            let digits = bits.filter { $0 != " " } + String(repeating: "0", count: 7)
            var bytes: [UInt8] = []
            for start in stride(from: 0, to: digits.count - 7, by: 8) {
                let from = digits.index(digits.startIndex, offsetBy: start)
                bytes.append(UInt8(digits[from..<digits.index(from, offsetBy: 8)], radix: 2) ?? 0)
            }
            return RTPPacket(
                header: RTPHeader(
                    payloadType: 97, marker: true, sequenceNumber: number, timestamp: UInt32(number), ssrc: 0),
                payload: bytes[...])
        }
        let configuration = "010000000000000 0001010000001000 0001111111100"
        let packets = [
            packet("1 00000001 11111111", 0), packet("0 \(configuration) 00000010 10101010 00001111", 1),
            packet("1 00000001 11001100", 2),
        ]
        // Nothing is known before the first configuration.
        #expect(try CodecTests.received(packets, of: format).frames.map(\.bytes) == [[0xAA, 0x0F], [0xCC]])
    }

    @Test(arguments: [AudioCodec.pcmu, .g726(.kbit24), .opus])
    func packetsOfSamplesAreFrames(_ codec: AudioCodec) throws {
        let format = PayloadFormat.audio(Self.track(codec, bytes: 60))
        func packet(_ number: UInt16) -> RTPPacket {
            RTPPacket(
                header: RTPHeader(payloadType: 0, marker: false, sequenceNumber: number, timestamp: 160, ssrc: 0),
                payload: [UInt8(number), 1][...])
        }
        let (frames, errors) = try CodecTests.received([1, 2, 4, 5].map(packet), of: format)
        #expect(frames.map(\.bytes) == [[1, 1], [2, 1], [4, 1], [5, 1]])
        #expect(errors == [.gap(expected: 3, received: 4)])
    }

    @Test func mutatedSoundNeverTraps() throws {
        var mutator = Mutator(seed: 12)
        let inBand = PayloadFormat(payloadType: 97, encodingName: "MP4A-LATM", clockRate: 16_000)
        let track = Self.track(Self.aac, bytes: 40, rate: 16_000)
        let formats = AudioPackaging.allCases.map { PayloadFormat.audio(track, packaging: $0) } + [inBand]
        let seeds: [[UInt8]] = [
            [0, 16, 0, 24, 1, 2, 3], [3, 1, 2, 3], [0x20, 0x00, 0x14, 0x08, 0x1F, 0xE0, 0x01, 0x55, 0x07, 0x80],
        ]
        for format in formats {
            var depacketizer = try #require(format.makeDepacketizer())
            for index in 0..<10_000 {
                let header = RTPHeader(
                    payloadType: 97, marker: index % 3 == 0, sequenceNumber: UInt16(truncatingIfNeeded: index),
                    timestamp: UInt32(index / 4), ssrc: 0)
                let payload = mutator.mutate(seeds[index % seeds.count])
                _ = try? depacketizer.receive(RTPPacket(header: header, payload: payload[...]))
            }
            // And of the description.
            let parameters = mutator.mutate(Array((format.parameters ?? "config=40").utf8))
            let changed = PayloadFormat(
                payloadType: 97, encodingName: format.encodingName, clockRate: 1,
                parameters: String(decoding: parameters, as: UTF8.self))
            _ = changed.makeDepacketizer()
        }
    }

    // MARK: Loops

    /// Sound that ends before the picture, or begins after it: packets are numbered without gap, silence has none.
    @Test(
        arguments: [(25, 0), (10, 0), (10, 80), (10, 3_000), (30, 6_400), (49, 100), (50, 0), (80, 0)] as [(Int, Int64)]
    )
    func soundOfAnyLengthStaysInStep(_ count: Int, _ start: Int64) throws {
        let track = Self.track(.pcmu, frames: count, bytes: 160, start: start)
        let clip = try Self.clip(track, [UInt8](repeating: 1, count: 160 * count))
        // A loop of a second is 50 frames; of 1.007 s no whole number of them.
        for duration: Int64 in [1000, 1007] {
            let video = VideoTrack(
                parameters: clip.video.parameters, timeBase: clip.video.timeBase, frames: clip.video.frames,
                units: clip.video.units, duration: duration)
            let plan = try StreamPlan(Clip(file: "", bytes: clip.bytes, video: video, audio: track))
            let audio = try #require(plan.audio)
            var packets: Int64 = 0
            var sounding = 0
            for number in 0..<Int64(500) {
                #expect(audio.packets(before: number) == packets)
                packets += Int64(audio.fragments(of: number).count)
                let place = number * 160 % (duration * 8)
                if let index = audio.index(of: number) {
                    sounding += 1
                    let distance = abs(start + Int64(index) * 160 - place)
                    #expect(min(distance, duration * 8 - distance) <= 80 + 159)
                } else {
                    let end = min(start + Int64(count) * 160, duration * 8)
                    #expect(place < start + 80 || place >= end - 80)
                }
            }
            let heard = Double(min(Int64(count) * 160, duration * 8 - start)) / 160
            let expected = min(500, heard * 10 * 1000 / Double(duration))
            #expect(abs(Double(sounding) - expected) <= 12)
            let later: Int64 = 40_000_000_000
            #expect(
                audio.packets(before: later + 1) - audio.packets(before: later)
                    == Int64(audio.fragments(of: later).count))
        }
    }
}
