/// Why a file cannot be streamed as it is.
package enum ClipError: Error, Equatable {
    case noSuchFile(file: String)
    case unreadable(file: String, reason: String)
    case tooLarge(file: String, limit: Int)
    case noVideo(file: String)
    /// - `track`: `video` or `audio`; `codec`: libavcodec's name.
    case unsupportedCodec(file: String, track: String, codec: String)
    case startsWithoutKeyFrame(file: String)
    case empty(file: String)
    case damaged(file: String, what: String)
}

extension ClipError: CustomStringConvertible {
    /// File, what, and how to mend it.
    package var description: String {
        switch self {
        case .noSuchFile(let file):
            "\(file): no such file; give the path of a video"
        case .unreadable(let file, let reason):
            "\(file): cannot be read as a media file (\(reason)); give an MP4, MOV, MKV, WebM, MPEG-TS or AVI file or a raw "
                + "stream of H.264, H.265, MJPEG or MPEG-4"
        case .tooLarge(let file, let limit):
            "\(file): larger than the \(limit >> 20) MiB that are held in memory; cut it: \(command ?? "")"
        case .noVideo(let file):
            "\(file): no video track; give a file with video"
        case .unsupportedCodec(let file, let track, let codec):
            if track == "video" {
                "\(file): video codec \(codec) is not streamed; encode it as H.264: \(command ?? "")"
            } else {
                "\(file): audio codec \(codec) is not streamed as it is in the file; encode it as AAC-LC: \(command ?? "")"
            }
        case .startsWithoutKeyFrame(let file):
            "\(file): the video has no key frame; encode it anew: \(command ?? "")"
        case .empty(let file):
            "\(file): no picture in the video track; give a file with at least one second of video"
        case .damaged(let file, let what):
            "\(file): \(what); encode it anew: \(command ?? "")"
        }
    }

    /// What to type into a shell; nil where no command helps. It leaves the file as it is and writes another beside it, or
    /// where one is typed.
    package var command: String? {
        switch self {
        case .noSuchFile, .unreadable, .noVideo, .empty: nil
        case .tooLarge(let file, _): Self.ffmpeg(file, "-t 60 -c copy", to: "mended.mkv")
        case .unsupportedCodec(let file, "audio", _):
            Self.ffmpeg(file, "-c:v copy -c:a aac -ac 1 -ar 16000 -b:a 32k", to: "mended.mkv")
        case .unsupportedCodec(let file, _, _), .startsWithoutKeyFrame(let file), .damaged(let file, _):
            // libx264 wants even sizes for 4:2:0.
            Self.ffmpeg(
                file,
                "-vf 'pad=ceil(iw/2)*2:ceil(ih/2)*2' -c:v libx264 -bf 0 -g 25 -pix_fmt yuv420p "
                    + "-c:a aac -ac 1 -ar 16000 -b:a 32k",
                to: "mended.mp4")
        }
    }

    /// The first track of each kind, where there is one.
    private static func ffmpeg(_ file: String, _ options: String, to output: String) -> String {
        "ffmpeg -fflags +genpts -i \(quoted(file)) -map 0:v:0 -map '0:a:0?' \(options) \(output)"
    }

    /// As a shell takes it as one word.
    private static func quoted(_ file: String) -> String {
        let plain = file.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "/._-+=:@,".unicodeScalars.contains(scalar)
        }
        let path = file.hasPrefix("-") ? "./" + file : file
        return plain
            ? path : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
