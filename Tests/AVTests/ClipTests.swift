import AV
import Foundation
import Testing

@Suite struct ClipTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func recording(_ name: String) throws -> Clip {
        try Clip(file: root.appending(path: "Recordings/\(name).mp4").path)
    }

    /// Figures of `ffprobe -show_streams` on the recordings.
    @Test(arguments: [("clock-720p", 1280, 720, "4D401F"), ("clock-360p", 640, 360, "4D401E")])
    func theRecordingsAreReadWhole(_ name: String, _ width: Int, _ height: Int, _ profileLevelID: String) throws {
        let clip = try Self.recording(name)
        let video = clip.video
        #expect(video.frames.count == 500)
        #expect(video.parameters.width == width)
        #expect(video.parameters.height == height)
        #expect(video.parameters.h264?.profileLevelID == profileLevelID)
        #expect(video.parameters.framesPerSecond == 25)
        #expect(video.groupLength == 25)
        #expect(video.timeBase.seconds(video.duration) == 20)
        #expect(video.frames.indices.filter { video.frames[$0].isKey } == Array(stride(from: 0, to: 500, by: 25)))
        let audio = try #require(clip.audio)
        #expect(audio.sampleRate == 16_000)
        #expect(audio.channels == 1)
        #expect(audio.samplesPerFrame == 1024)
        #expect(abs(audio.frames.count - 313) <= 1)
    }

    @Test func allPicturesDecodeWithoutError() throws {
        let clip = try Self.recording("clock-360p")
        let decoder = try StreamDecoder()
        for frame in clip.video.frames.indices { decoder.decode(clip.accessUnit(frame)) }
        decoder.finish()
        #expect(decoder.pictures == 500)
        #expect(decoder.errors == 0)
        #expect(decoder.size == .init(width: 640, height: 360))
    }

    @Test func damageIsCounted() throws {
        let clip = try Self.recording("clock-360p")
        let decoder = try StreamDecoder()
        for frame in 0..<25 {
            var unit = clip.accessUnit(frame)
            if frame == 10 { unit.removeLast(unit.count / 2) }
            if frame == 12 { for index in 40..<min(80, unit.count) { unit[index] ^= 0x55 } }
            decoder.decode(unit)
        }
        decoder.finish()
        #expect(decoder.errors > 0)
    }

    @Test(arguments: [0, 1, 24, 25, 499])
    func snapshotsAreWholePictures(_ frame: Int) throws {
        let jpeg = try Self.recording("clock-360p").snapshot(frame: frame)
        #expect(try StreamDecoder.sizeOfJPEG(jpeg) == .init(width: 640, height: 360))
    }

    @Test func snapshotsOfOtherFramesDiffer() throws {
        let clip = try Self.recording("clock-360p")
        #expect(try clip.snapshot(frame: 3) != clip.snapshot(frame: 4))
        #expect(throws: AVError.noSuchFrame(500, count: 500)) { try clip.snapshot(frame: 500) }
        #expect(throws: AVError.self) { try StreamDecoder.sizeOfJPEG([0xFF, 0xD8, 0xFF]) }
        #expect(throws: AVError.self) { try StreamDecoder.sizeOfJPEG([]) }
    }

    @Test func aFileThatIsNotThereOrNoMediaIsNamed() throws {
        #expect(throws: ClipError.noSuchFile(file: "/nowhere/a.mp4")) { try Clip(file: "/nowhere/a.mp4") }
        let empty = try Scratch("empty.mp4", Data())
        #expect(throws: ClipError.empty(file: empty.path)) { try Clip(file: empty.path) }
        let text = try Scratch("text.mp4", Data("no media".utf8))
        do {
            _ = try Clip(file: text.path)
            Issue.record("text is read as a clip")
        } catch ClipError.unreadable(let file, _) {
            #expect(file == text.path)
        }
    }

    @Test(arguments: ["mkv", "mov", "mp4"])
    func otherContainersHoldTheSame(_ suffix: String) throws {
        let scratch = try Scratch("same.\(suffix)", nil)
        try scratch.ffmpeg(["-c", "copy"], from: "clock-360p")
        let (clip, original) = (try Clip(file: scratch.path), try Self.recording("clock-360p"))
        #expect(clip.video.frames.count == original.video.frames.count)
        #expect(clip.video.parameters == original.video.parameters)
        #expect(clip.accessUnit(7) == original.accessUnit(7))
        #expect(clip.audio?.codec == original.audio?.codec)
    }

    @Test(arguments: [("pcm_mulaw", AudioCodec.pcmu), ("pcm_alaw", .pcma)])
    func telephoneSoundIsCutIntoFramesOfTwentyMilliseconds(_ name: String, _ codec: AudioCodec) throws {
        let scratch = try Scratch("\(name).mov", nil)
        try scratch.ffmpeg(["-c:v", "copy", "-c:a", name, "-ar", "8000", "-ac", "1"], from: "clock-360p")
        let audio = try #require(try Clip(file: scratch.path).audio)
        #expect(audio.codec == codec)
        #expect(audio.samplesPerFrame == 160)
        #expect(audio.frames.allSatisfy { $0.count == 160 })
        #expect((999...1002).contains(audio.frames.count))
    }
}
