import AV
import Foundation
import Testing

@Suite struct ClipRefusalTests {
    /// What is refused, and by which case of `ClipError`.
    static let refused: [(file: String, options: String, kind: String)] = [
        ("vp 9's.webm", "-t 1 -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus", "unsupportedCodec"),
        ("mpeg2.ts", "-t 1 -c:v mpeg2video -c:a mp2", "unsupportedCodec"),
        ("odd.mov", "-t 1 -vf crop=321:181:0:0 -c:v prores -c:a pcm_s16le", "unsupportedCodec"),
        ("ac3.mkv", "-t 1 -c:v copy -c:a ac3", "unsupportedCodec"),
        ("mp3.avi", "-t 1 -c:v libx264 -bf 2 -c:a libmp3lame", "unsupportedCodec"),
        ("vorbis.mkv", "-t 1 -c:v mjpeg -c:a libvorbis", "unsupportedCodec"),
        ("wide.mkv", "-t 1 -c:v copy -c:a pcm_mulaw -ar 16000", "unsupportedCodec"),
        ("surround.mkv", "-t 1 -c:v libx265 -x265-params log-level=none -c:a libopus -ac 6", "unsupportedCodec"),
    ]

    /// The command that is named, as it is typed, makes a file that is read.
    @Test(arguments: refused)
    func whatCannotBeStreamedIsMendedByTheCommand(_ file: String, _ options: String, _ kind: String) throws {
        let scratch = try Scratch(file)
        try scratch.ffmpeg(options.split(separator: " ").map(String.init))
        try expectMended(scratch, kind: kind)
    }

    private func expectMended(_ scratch: Scratch, kind: String) throws {
        do throws(ClipError) {
            _ = try Clip(file: scratch.path)
            Issue.record("accepted: \(scratch.path)")
        } catch {
            #expect(Mirror(reflecting: error).children.first?.label == kind)
            #expect(error.description.hasPrefix(scratch.path))
            let command = try #require(error.command)
            #expect(error.description.hasSuffix(command))
            try scratch.shell(command)
            let name = try #require(command.split(separator: " ").last)
            let mended = try Clip(file: scratch.folder.appending(path: String(name)).path)
            try ClipFormatTests.expectPictures(of: mended)
            #expect(mended.audio != nil || !command.contains("-c:v copy"))
        }
    }

    @Test func aStreamWithoutKeyFrameIsMended() throws {
        let scratch = try Scratch("keyless.h264")
        let whole = try Scratch("whole.h264")
        try whole.ffmpeg(["-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "100", "-an"])
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: whole.path)))
        // All but the slices of the IDR picture.
        let kept = NALUnits.annexB(in: bytes).filter { bytes[$0.lowerBound] & 0x1F != 5 }
        try Data(kept.flatMap { [0, 0, 0, 1] + bytes[$0] }).write(to: URL(filePath: scratch.path))
        do throws(ClipError) {
            _ = try Clip(file: scratch.path)
            Issue.record("accepted")
        } catch {
            #expect(error == .startsWithoutKeyFrame(file: scratch.path))
        }
    }

    /// Files end anywhere: what is there of the last picture is left out.
    @Test(arguments: ["cut.mkv", "cut.ts", "cut.avi"])
    func aFileThatWasCutOffIsReadUpToThere(_ name: String) throws {
        let whole = try Scratch("whole." + name.suffix(3))
        try whole.ffmpeg(["-t", "3", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "0", "-c:a", "copy"])
        let bytes = try Data(contentsOf: URL(filePath: whole.path))
        let cut = try Scratch(name, bytes.prefix(bytes.count * 2 / 3 + 77))
        let clip = try Clip(file: cut.path)
        #expect((25..<70).contains(clip.video.frames.count))
        try ClipFormatTests.expectPictures(of: clip)
    }

    @Test func filesWithoutVideoHaveNoCommand() throws {
        let scratch = try Scratch("sound.mp4")
        try scratch.ffmpeg(["-t", "1", "-vn", "-c:a", "copy"])
        let error = #expect(throws: ClipError.noVideo(file: scratch.path)) { try Clip(file: scratch.path) }
        #expect(error?.command == nil)
    }
}
