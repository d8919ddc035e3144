import AV
import Foundation
import Pictures
import Testing

@Suite struct ClipWriterTests {
    private static let rate = TimeBase(numerator: 10, denominator: 1)

    private static func settings(_ codec: VideoCodec.Kind = .h264) -> VideoEncoder.Settings {
        VideoEncoder.Settings(
            codec: codec, width: 160, height: 96, frameRate: rate, groupLength: 10, bitRate: 2000, effort: .file)
    }

    /// A bright square on dark ground, further to the right in each frame.
    private static func picture(_ index: Int) -> YUVPicture {
        var picture = YUVPicture(width: 160, height: 96, filled: .black)
        for y in 32..<64 { for x in 0..<32 { picture.luma[y * 160 + index * 4 + x] = 200 } }
        return picture
    }

    /// A tone of 500 Hz in steps, one picture's length of it.
    private static func sound(_ index: Int) -> [Int16] {
        (0..<ClipWriter.sampleRate / 10).map { ((index * 1600 + $0) / 16).isMultiple(of: 2) ? 6000 : -6000 }
    }

    private static func write(_ file: String, _ codec: VideoCodec.Kind = .h264, frames: Int = 25, sound: Bool) throws {
        let writer = try ClipWriter(file: file, settings(codec), hasSound: sound)
        for index in 0..<frames {
            try writer.add(picture(index))
            if sound { try writer.add(sound: Self.sound(index)) }
        }
        try writer.finish()
    }

    @Test(arguments: VideoCodec.Kind.allCases)
    func aClipPlaysAsItWasWritten(_ codec: VideoCodec.Kind) throws {
        let scratch = try Scratch("clip.mp4")
        try Self.write(scratch.path, codec, sound: true)
        let clip = try Clip(file: scratch.path)
        #expect(clip.video.parameters.codec.kind == codec)
        #expect(clip.video.parameters.frameRate == Self.rate)
        #expect(clip.video.frames.count == 25)
        #expect(clip.video.reorderDepth == 0)
        let keys = clip.video.frames.indices.filter { clip.video.frames[$0].isKey }
        #expect(keys == (codec == .jpeg ? Array(0..<25) : [0, 10, 20]))
        let player = try ClipPlayer(clip, width: 160, height: 96)
        for index in [0, 7, 24] {
            let seen = try player.picture(of: index)
            #expect(seen.pixel(x: index * 4 + 16, y: 48).luma > 180 && seen.pixel(x: index * 4 + 44, y: 48).luma < 40)
        }
        let audio = try #require(clip.audio)
        #expect(audio.sampleRate == ClipWriter.sampleRate && audio.channels == 1)
        // 2.5 s in frames of 1024 samples; the encoder's own delay and the last frame's rest beside.
        #expect((39...42).contains(audio.frames.count))
        let decoder = try SoundDecoder(audio.codec, sampleRate: audio.sampleRate, channels: 1)
        let samples = try audio.frames.flatMap { try decoder.decode(Array(clip.bytes[$0])) }
        #expect(samples[10_000..<20_000].contains { $0 > 4000 })
    }

    @Test func theSamePicturesMakeTheSameBytes() throws {
        let (first, second) = (try Scratch("a.mp4"), try Scratch("b.mp4"))
        try Self.write(first.path, sound: true)
        try Self.write(second.path, sound: true)
        let bytes = try Data(contentsOf: URL(filePath: first.path))
        #expect(try Data(contentsOf: URL(filePath: second.path)) == bytes)
        // Neither who made it nor when; and the index before the pictures.
        for word in ["Lavf", "Lavc", "x264"] { #expect(bytes.firstRange(of: Data(word.utf8)) == nil, "\(word)") }
        let index = try #require(bytes.firstRange(of: Data("moov".utf8)))
        let media = try #require(bytes.firstRange(of: Data("mdat".utf8)))
        #expect(index.lowerBound < media.lowerBound)
    }

    @Test func aClipMayBeSilent() throws {
        let scratch = try Scratch("clip.mp4")
        try Self.write(scratch.path, sound: false)
        #expect(try Clip(file: scratch.path).audio == nil)
    }

    @Test func nothingIsLeftOfAClipThatIsNotFinished() throws {
        let scratch = try Scratch("clip.mp4", Data("old".utf8))
        do {
            let writer = try ClipWriter(file: scratch.path, Self.settings(), hasSound: false)
            try writer.add(Self.picture(0))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["clip.mp4"])
        #expect(try Data(contentsOf: URL(filePath: scratch.path)) == Data("old".utf8))
    }

    @Test func whereNothingCanBeWrittenIsSaid() throws {
        let scratch = try Scratch("clip.mp4")
        let missing = scratch.folder.path + "/none/clip.mp4"
        #expect(throws: ClipWriterError.cannotWrite(file: missing, reason: "No such file or directory")) {
            try ClipWriter(file: missing, Self.settings(), hasSound: false)
        }
        #expect(throws: ClipWriterError.isFolder(file: scratch.folder.path)) {
            try ClipWriter(file: scratch.folder.path, Self.settings(), hasSound: false)
        }
        #expect("\(ClipWriterError.isFolder(file: "/x"))".contains("/x/clip.mp4"))
    }
}
