/// Why a file cannot be streamed as it is.
package enum ClipError: Error, Equatable {
    case noSuchFile(file: String)
    case unreadable(file: String, reason: String)
    case tooLarge(file: String, limit: Int)
    case noVideo(file: String)
    /// - `track`: `video` or `audio`; `codec`: libavcodec's name.
    case unsupportedCodec(file: String, track: String, codec: String)
    case startsWithoutKeyFrame(file: String)
    case bFrames(file: String)
    case empty(file: String)
    case damaged(file: String, what: String)
}

extension ClipError: CustomStringConvertible {
    /// File, what, and how to mend it.
    package var description: String {
        switch self {
        case .noSuchFile(let file):
            "\(file): no such file; give the path of an MP4, MOV or MKV file"
        case .unreadable(let file, let reason):
            "\(file): cannot be read as a media file (\(reason)); give an MP4, MOV or MKV file"
        case .tooLarge(let file, let limit):
            "\(file): larger than the \(limit >> 20) MiB that are held in memory; cut it: "
                + "ffmpeg -i \(file) -t 60 -c copy \(mended)"
        case .noVideo(let file):
            "\(file): no video track; give a file with H.264 video"
        case .unsupportedCodec(let file, "video", let codec):
            "\(file): video codec \(codec) is not streamed; encode it as H.264: \(reencode(file))"
        case .unsupportedCodec(let file, let track, let codec):
            "\(file): \(track) codec \(codec) is not streamed; use AAC-LC or 8 kHz mono G.711: "
                + "ffmpeg -i \(file) -c:v copy -c:a aac \(mended)"
        case .startsWithoutKeyFrame(let file):
            "\(file): the video does not start with a key frame; encode it anew: \(reencode(file))"
        case .bFrames(let file):
            "\(file): the video has B-frames, which live cameras do not send; encode it without: \(reencode(file))"
        case .empty(let file):
            "\(file): no picture in the video track; give a file with at least one second of video"
        case .damaged(let file, let what):
            "\(file): \(what); encode it anew: \(reencode(file))"
        }
    }

    private var mended: String { "mended.mp4" }

    private func reencode(_ file: String) -> String {
        "ffmpeg -i \(file) -c:v libx264 -bf 0 -g 25 -pix_fmt yuv420p -c:a aac \(mended)"
    }
}
