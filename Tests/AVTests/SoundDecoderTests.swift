import AV
import Testing

@Suite struct SoundDecoderTests {
    @Test(arguments: [
        (AudioCodec.pcmu, [0x80, 0xFF, 0x00] as [UInt8], [32_124, 0, -32_124] as [Int16]),
        (.pcma, [0xD5, 0x55], [8, -8]),
    ])
    func samplesOfG711AreThoseOfTheTables(_ codec: AudioCodec, _ bytes: [UInt8], _ samples: [Int16]) throws {
        let decoder = try SoundDecoder(codec, sampleRate: 8000, channels: 1)
        #expect(try decoder.decode(bytes) == samples)
        #expect(try decoder.decode([]).isEmpty)
    }

    @Test(arguments: G726Rate.allCases)
    func g726GivesASampleForItsBits(_ rate: G726Rate) throws {
        let decoder = try SoundDecoder(.g726(rate), sampleRate: 8000, channels: 1)
        #expect(try decoder.decode([UInt8](repeating: 0, count: rate.bits * 20)).count == 160)
    }

    @Test func framesOfAACAre1024SamplesAndDamageIsNoTrap() throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let clip = try Clip(file: "/\(folder)/Recordings/clock-360p.mp4")
        let track = try #require(clip.audio)
        let decoder = try SoundDecoder(track.codec, sampleRate: track.sampleRate, channels: track.channels)
        var samples: [Int16] = []
        for frame in track.frames.prefix(40) { samples += try decoder.decode(Array(clip.bytes[frame])) }
        #expect(samples.count >= 39 * 1024)
        // The clip ticks each second.
        #expect((samples.map { Int($0).magnitude }.max() ?? 0) > 500)
        for length in 0..<40 { _ = try? decoder.decode([UInt8](repeating: 0xA5, count: length)) }
    }

    /// ISO/IEC 14496-3 §1.6.2.1: 00010 1000 0001 000.
    @Test func configurationsOfLowComplexityAreWritten() throws {
        let bytes = try #require(AudioSpecificConfig.lowComplexity(sampleRate: 16_000, channels: 1))
        #expect(bytes == [0x14, 0x08])
        let read = try #require(AudioSpecificConfig(bytes))
        #expect(read.objectType == 2 && read.sampleRate == 16_000 && read.channels == 1 && read.frameLength == 1024)
        #expect(AudioSpecificConfig.lowComplexity(sampleRate: 16_001, channels: 1) == nil)
    }
}
