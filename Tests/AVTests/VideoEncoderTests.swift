import AV
import Pictures
import Testing

@Suite struct VideoEncoderTests {
    private static func settings(
        _ codec: VideoCodec.Kind = .h264, rate: Int64 = 25, group: Int = 10, bitRate: Int = 1000,
        profile: VideoEncoder.Profile = .main
    ) -> VideoEncoder.Settings {
        VideoEncoder.Settings(
            codec: codec, width: 320, height: 180, frameRate: TimeBase(numerator: rate, denominator: 1),
            groupLength: group,
            bitRate: bitRate, profile: profile)
    }

    private static func pictures(_ frames: Range<Int>) throws -> [YUVPicture] {
        let player = try ClipPlayer(try ClipTests.recording("clock-360p"), width: 320, height: 180)
        return try frames.map { try player.picture(of: $0) }
    }

    /// `profile_idc` of ITU-T H.264 §A.2.
    @Test(
        arguments: [(VideoEncoder.Profile.baseline, 66), (.main, 77), (.high, 100)] as [(VideoEncoder.Profile, UInt8)])
    func theProfileIsWhatTheParameterSetsSay(_ profile: VideoEncoder.Profile, _ indication: UInt8) throws {
        let encoder = try VideoEncoder(Self.settings(profile: profile))
        #expect(encoder.parameters.h264?.profile == indication)
        // The same settings make the same sets, so that a description can be given before the first picture.
        #expect(try VideoEncoder(Self.settings(profile: profile)).parameters == encoder.parameters)
    }

    /// Debian's libavcodec has all four.
    @Test(arguments: VideoCodec.Kind.allCases)
    func theSameSettingsMakeTheSameParameters(_ codec: VideoCodec.Kind) throws {
        #expect(VideoEncoder.isAvailable(codec))
        let encoder = try VideoEncoder(Self.settings(codec))
        #expect(encoder.parameters.codec.kind == codec)
        #expect(try VideoEncoder(Self.settings(codec)).parameters == encoder.parameters)
    }

    /// Every picture comes out at once and looks as it went in; key frames are where the group length and the caller put
    /// them.
    @Test(arguments: VideoCodec.Kind.allCases)
    func picturesComeOutWithoutDelay(_ codec: VideoCodec.Kind) throws {
        let encoder = try VideoEncoder(Self.settings(codec, group: 10, bitRate: 4000))
        let decoder = try StreamDecoder(codec, keepsPictures: true)
        var keys: [Int] = []
        for (index, picture) in try Self.pictures(0..<35).enumerated() {
            let frame = try encoder.encode(picture, asKey: index == 14)
            if frame.isKey { keys.append(index) }
            decoder.decode(frame.accessUnit(encoder.parameters))
            #expect(decoder.pictures == index + 1)
            let decoded = try #require(decoder.latest)
            let difference = zip(decoded.luma, picture.luma).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            #expect(difference < 4 * picture.luma.count)
        }
        #expect(decoder.errors == 0)
        #expect(keys == (codec == .jpeg ? Array(0..<35) : [0, 10, 14, 24, 34]))
    }

    /// JPEG as RFC 2435 has it: 4:2:0, the typical Huffman tables.
    @Test func picturesOfJPEGNeedNoExtension() throws {
        let encoder = try VideoEncoder(
            VideoEncoder.Settings(
                codec: .jpeg, width: 320, height: 176, frameRate: TimeBase(numerator: 25, denominator: 1),
                groupLength: 1, bitRate: 4000))
        #expect(encoder.parameters.codec == .jpeg(JPEGParameters(isPlain: true)))
        let player = try ClipPlayer(try ClipTests.recording("clock-360p"), width: 320, height: 176)
        let header = try JPEGHeader(try encoder.encode(try player.picture(of: 0)).bytes[...])
        #expect(header.isPlain)
        #expect(header.sampling == 1)
    }

    @Test(arguments: VideoCodec.Kind.allCases)
    func theBitRateIsKept(_ codec: VideoCodec.Kind) throws {
        let encoder = try VideoEncoder(Self.settings(codec, group: 25, bitRate: codec == .jpeg ? 1500 : 100))
        let bytes = try Self.pictures(0..<100).reduce(0) { try $0 + encoder.encode($1).bytes.count }
        // Four seconds and the buffer of one.
        #expect(bytes * 8 < encoder.settings.bitRate * 1000 * 5)
    }

    /// In order, backwards, far ahead and over the end: always the picture that a decoder from the start gives.
    @Test func thePlayerGivesThePictureThatIsAskedFor() throws {
        let clip = try ClipTests.recording("clock-360p")
        let player = try ClipPlayer(clip, width: 640, height: 360)
        let decoder = try StreamDecoder(keepsPictures: true)
        var expected: [YUVPicture] = []
        for frame in 0..<30 {
            decoder.decode(clip.accessUnit(frame))
            expected.append(try #require(decoder.latest))
        }
        for frame in [0, 1, 2, 2, 20, 5, 29, 24, 25, 0] { #expect(try player.picture(of: frame) == expected[frame]) }
        _ = try player.picture(of: 499)
        #expect(try player.picture(of: 0) == expected[0])
        #expect(throws: AVError.noSuchFrame(500, count: 500)) { try player.picture(of: 500) }
    }

    /// A colour survives JPEG: no shift of chroma, no change of range beyond rounding.
    @Test(arguments: [PictureColor.white, .black, PictureColor(luma: 76, blue: 85, red: 255)])
    func stillPicturesKeepTheirColour(_ color: PictureColor) throws {
        var picture = YUVPicture(width: 64, height: 48, filled: .black)
        let half = [(-1.0, -1.0), (0, -1), (0, 1), (-1, 1)].map { PicturePoint(x: $0.0, y: $0.1) }
        PictureMask(polygon: half, kind: .color(color)).apply(to: &picture)
        let seen = try StreamDecoder.pictureOfJPEG(try picture.jpeg())
        for x in [4, 27, 36, 60] {
            let (was, now) = (picture.pixel(x: x, y: 20), seen.pixel(x: x, y: 20))
            #expect(abs(Int(was.luma) - Int(now.luma)) <= 4 && abs(Int(was.blue) - Int(now.blue)) <= 4)
            #expect(abs(Int(was.red) - Int(now.red)) <= 4, "\(x)")
        }
    }
}
