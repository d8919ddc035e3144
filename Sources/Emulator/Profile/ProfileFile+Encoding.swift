import AV
import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// What libavcodec can encode on this machine; profiles that name more are refused.
    static let encoders = VideoModel.Codec.allCases.filter { VideoEncoder.isAvailable(.init($0)) }

    /// `encode: false` for cameras whose recordings go out as they are and nothing else, such as those of load tests.
    static func encodes(_ top: ProfileNode) throws(ProfileError) -> Bool {
        try top.boolean("encode", otherwise: true)
    }

    /// `encodings: [H264, JPEG]`, for devices that encode.
    static func encodings(_ top: ProfileNode) throws(ProfileError) -> [VideoModel.Codec]? {
        guard top.has("encodings") else { return nil }
        let known = encoders.map(\.rawValue).joined(separator: ", ")
        guard try encodes(top) else {
            throw top.wrong(
                "encodings", try top.node("encodings"),
                "no such key beside \"encode: false\", which sends recordings alone")
        }
        var encodings: [VideoModel.Codec] = []
        for (name, line) in try top.strings("encodings") {
            guard let codec = VideoModel.Codec(rawValue: name), encoders.contains(codec), !encodings.contains(codec)
            else {
                throw .wrongValue(
                    file: top.file, line: line, key: "encodings", value: name, expected: "each of \(known) once at most"
                )
            }
            encodings.append(codec)
        }
        guard !encodings.isEmpty else {
            throw top.wrong("encodings", try top.node("encodings"), "at least one of \(known)")
        }
        return encodings
    }

    /// What the encoder of a video source makes.
    ///
    /// Where the profile does not say: what the recordings are and H.264, and JPEG on a device of Profile S, for which it is
    /// mandatory (ONVIF Media 26.06 §4.1, ONVIF Device Feature Discovery Specification, Media Service – Video Encoding
    /// Support).
    func encodings(of renditions: [VideoModel.Rendition]) -> [VideoModel.Codec] {
        if let chosenEncodings { return chosenEncodings }
        let usual: [VideoModel.Codec] = claims.contains(.streaming) ? [.h264, .jpeg] : [.h264]
        return VideoModel.Codec.allCases.filter { codec in
            Self.encoders.contains(codec) && (usual.contains(codec) || renditions.contains { $0.codec == codec })
        }
    }
}
