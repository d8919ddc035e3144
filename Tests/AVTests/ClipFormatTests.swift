import AV
import Foundation
import Testing

/// What ffmpeg makes of three seconds of a recording, and what is read from it.
struct ClipFormat: Sendable, CustomTestStringConvertible {
    let file: String
    let options: [String]
    let codec: VideoCodec.Kind
    var frames = 75
    var sound: AudioCodec?

    var testDescription: String { file + " " + options.joined(separator: " ") }

    init(
        _ file: String, _ options: String, _ codec: VideoCodec.Kind, frames: Int = 75, sound: AudioCodec? = nil
    ) {
        self.file = file
        self.options = ["-t", "3"] + options.split(separator: " ").map(String.init)
        self.codec = codec
        self.frames = frames
        self.sound = sound
    }

    private static let x264 = "-c:v libx264 -preset ultrafast -g 25"
    private static let x264B = "-c:v libx264 -preset veryfast -bf 2 -g 25"
    private static let x265 = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=25:bframes=3"
    private static let aac = AudioCodec.aac(configuration: [0x14, 0x08, 0x56, 0xE5, 0x00])
    private static let adts = AudioCodec.aac(configuration: [0x14, 0x08])
    private static let telephone = "-ar 8000 -ac 1"

    static let all: [ClipFormat] = [
        ClipFormat("a.mp4", "\(x264) -c:a copy", .h264, sound: aac),
        ClipFormat("a.mov", "\(x264B) -c:a pcm_alaw \(telephone)", .h264, sound: .pcma),
        ClipFormat("a.mkv", "\(x264B) -vsync cfr -r 30000/1001 -c:a libopus", .h264, frames: 90, sound: .opus),
        ClipFormat("a.ts", "\(x264B) -c:a copy", .h264, sound: adts),
        ClipFormat("a.avi", "\(x264) -c:a pcm_mulaw \(telephone)", .h264, sound: .pcmu),
        ClipFormat("b.avi", "\(x264B) -an", .h264),
        ClipFormat("a.264", "\(x264B) -r 30 -an", .h264, frames: 90),
        ClipFormat("b.h264", "\(x264) -an", .h264),
        ClipFormat("c.mkv", "\(x264B) -x264-params open-gop=1 -flags +ilme+ildct -an", .h264),
        ClipFormat("b.mp4", "\(x265) -c:a copy", .h265, sound: aac),
        ClipFormat("b.mkv", "\(x265) -c:a libopus -ac 2", .h265, sound: .opus),
        ClipFormat("b.ts", "\(x265) -c:a copy", .h265, sound: adts),
        ClipFormat("a.265", "\(x265) -an", .h265),
        ClipFormat("a.hevc", "\(x265) -r 10 -an", .h265, frames: 30),
        ClipFormat("c.avi", "-c:v mjpeg -q:v 5 -c:a pcm_mulaw \(telephone)", .jpeg, sound: .pcmu),
        ClipFormat("d.mkv", "-c:v mjpeg -q:v 5 -c:a g726 -b:a 24k \(telephone)", .jpeg, sound: .g726(.kbit24)),
        ClipFormat("c.mov", "-c:v mjpeg -huffman default -an", .jpeg),
        ClipFormat("a.mjpeg", "-c:v mjpeg -an", .jpeg),
        ClipFormat("d.avi", "-c:v mpeg4 -q:v 5 -c:a g726 -b:a 32k \(telephone)", .mpeg4, sound: .g726(.kbit32)),
        ClipFormat("e.avi", "-c:v mpeg4 -q:v 5 -bf 2 -an", .mpeg4),
        ClipFormat("c.mp4", "-c:v mpeg4 -q:v 5 -bf 2 -c:a copy", .mpeg4, sound: aac),
        ClipFormat("c.ts", "-c:v mpeg4 -q:v 5 -c:a copy", .mpeg4, sound: adts),
        ClipFormat("a.m4v", "-c:v mpeg4 -q:v 5 -an", .mpeg4),
    ]
}

@Suite struct ClipFormatTests {
    /// All pictures decode, and lie in the raster of the frame rate to the tick.
    @Test(arguments: ClipFormat.all)
    func clipsOfAnyKindAreReadWhole(_ format: ClipFormat) throws {
        let scratch = try Scratch(format.file)
        try scratch.ffmpeg(format.options)
        let clip = try Clip(file: scratch.path)
        let video = clip.video
        #expect(video.parameters.codec.kind == format.codec)
        #expect((video.parameters.width, video.parameters.height) == (640, 360))
        #expect(video.frames.count == format.frames)
        #expect(abs(video.parameters.framesPerSecond - Double(format.frames) / 3) < 0.1)
        Self.expectRaster(of: video)
        try Self.expectPictures(of: clip)
        #expect(clip.audio?.codec == format.sound)
        if let audio = clip.audio {
            let seconds = Double(audio.frames.count * audio.samplesPerFrame) / Double(audio.sampleRate)
            #expect(abs(seconds - 3) < 0.15)
            #expect(Double(audio.start) / Double(audio.sampleRate) < 0.1)
        }
    }

    /// Shown at 0, 1, 2 … frame times, sent at the same times, whatever the container's clock.
    static func expectRaster(of video: VideoTrack) {
        let shown = video.frames.map(\.time).sorted()
        #expect(video.frames.first?.isKey == true)
        #expect(video.frames.first?.time == 0)
        #expect(video.frames.map(\.decodingTime) == shown)
        let step = video.duration / Int64(video.frames.count)
        #expect(shown == (0..<Int64(shown.count)).map { $0 * step })
        #expect(video.duration == Int64(shown.count) * step)
        let rate = video.parameters.frameRate
        let seconds = video.timeBase.seconds(video.duration)
        #expect(abs(seconds - Double(shown.count) * Double(rate.denominator) / Double(rate.numerator)) < 1e-9)
    }

    static func expectPictures(of clip: Clip, rounds: Int = 2) throws {
        let decoder = try StreamDecoder(
            clip.video.parameters.codec.kind, reorderDepth: clip.video.reorderDepth)
        for _ in 0..<rounds {
            for frame in clip.video.frames.indices { decoder.decode(clip.accessUnit(frame)) }
        }
        decoder.finish()
        #expect(decoder.pictures == rounds * clip.video.frames.count)
        #expect(decoder.errors == 0, "\(decoder.latestError.map { "\($0)" } ?? "")")
        #expect(decoder.size == .init(width: clip.video.parameters.width, height: clip.video.parameters.height))
    }

    /// With B-frames, in whatever order they are asked for: the same picture as from a decoder that runs through.
    @Test(arguments: ["-c:v libx264 -preset veryfast -bf 2 -g 12", "-c:v mpeg4 -q:v 3 -bf 2"])
    func thePlayerKnowsTheOrderOfShowing(_ options: String) throws {
        let scratch = try Scratch("order.mkv")
        try scratch.ffmpeg(["-t", "1"] + options.split(separator: " ").map(String.init) + ["-an"])
        let clip = try Clip(file: scratch.path)
        #expect(clip.video.reorderDepth > 0)
        let decoder = try StreamDecoder(
            clip.video.parameters.codec.kind, keepsPictures: true, reorderDepth: clip.video.reorderDepth)
        let shown = clip.video.frames.indices.sorted { clip.video.frames[$0].time < clip.video.frames[$1].time }
        let player = try ClipPlayer(clip, width: 640, height: 360)
        var seen = 0
        for frame in clip.video.frames.indices {
            decoder.decode(clip.accessUnit(frame))
            guard let latest = decoder.latest, decoder.pictures == seen + 1 else { continue }
            #expect(try player.picture(of: shown[seen]) == latest)
            seen += 1
        }
        #expect(seen > 15)
        for place in [20, 3, 4, 5, 24, 0, 1, 12, 2] {
            let fresh = try ClipPlayer(clip, width: 640, height: 360).picture(of: shown[place])
            #expect(try player.picture(of: shown[place]) == fresh, "place \(place)")
        }
    }

    /// The order of samples in bytes, by hand after RFC 3551 §4.5.4 figure: first sample in the lowest bits.
    @Test func samplesOfG726BeginInTheLowestBits() throws {
        for suffix in ["avi", "mkv"] {
            let scratch = try Scratch("a.\(suffix)")
            try scratch.ffmpeg(
                ["-t", "2", "-c:v", "copy", "-c:a", "g726", "-b:a", "40k", "-ar", "8000", "-ac", "1"])
            let little = try Scratch("a.g726le")
            try little.ffmpeg(
                ["-t", "2", "-vn", "-c:a", "g726le", "-b:a", "40k", "-ar", "8000", "-ac", "1", "-f", "g726le"])
            let clip = try Clip(file: scratch.path)
            let audio = try #require(clip.audio)
            let bytes = try Data(contentsOf: URL(filePath: little.path))
            #expect(audio.frames.count == 100)
            #expect(audio.frames.flatMap { clip.bytes[$0] } == Array(bytes.prefix(100 * 100)))
        }
    }

    /// Cut out of a longer stream in the middle of groups of pictures.
    @Test(arguments: [
        ("-c:v libx264 -preset veryfast -bf 2 -g 30 -x264-params open-gop=1:scenecut=0", VideoCodec.Kind.h264),
        ("-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30:bframes=3:open-gop=1", .h265),
    ])
    func aStartWithoutKeyFrameIsLeftOut(_ options: String, _ codec: VideoCodec.Kind) throws {
        let scratch = try Scratch("whole.ts")
        try scratch.ffmpeg(["-t", "5"] + options.split(separator: " ").map(String.init) + ["-c:a", "copy"])
        let whole = try Data(contentsOf: URL(filePath: scratch.path))
        // Of packets of 188 bytes, the second and third quarter.
        let packets = whole.count / 188
        let part = try Scratch(
            "part.ts", whole[(packets / 4 * 188)..<(packets * 3 / 4 * 188)])
        let clip = try Clip(file: part.path)
        #expect(clip.video.parameters.codec.kind == codec)
        #expect((30..<75).contains(clip.video.frames.count))
        #expect(clip.video.frames[0].isKey && clip.video.frames.allSatisfy { $0.time >= 0 })
        let audio = try #require(clip.audio)
        #expect(Double(audio.start) / Double(audio.sampleRate) < 0.2)
        try Self.expectPictures(of: clip)
    }
}
