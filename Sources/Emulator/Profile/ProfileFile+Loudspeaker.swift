import Documents
import ONVIF

extension ProfileFile {
    /// What a loudspeaker can play.
    private static let decoded: [AudioModel.Codec] = [.pcmu, .pcma, .g726, .aac]

    /// `loudspeaker:`, whose keys have the values of most cameras where they are left out.
    static func loudspeaker(_ top: ProfileNode) throws(ProfileError) -> AudioOutputModel? {
        guard
            let loudspeaker = try top.optionalMapping("loudspeaker", known: ["codecs", "level", "half-duplex"])
        else { return nil }
        let known = decoded.map(\.rawValue).joined(separator: ", ")
        var decoders: [AudioOutputModel.Decoder] = []
        for (name, line) in loudspeaker.has("codecs") ? try loudspeaker.strings("codecs") : [("G711", top.line)] {
            guard let codec = AudioModel.Codec(rawValue: name), decoded.contains(codec),
                !decoders.contains(where: { $0.codec == codec })
            else {
                throw .wrongValue(
                    file: top.file, line: line, key: "codecs", value: name, expected: "each of \(known) once at most")
            }
            decoders.append(AudioOutputModel.Decoder(usual: codec))
        }
        if decoders.isEmpty {
            throw loudspeaker.wrong("codecs", try loudspeaker.node("codecs"), "at least one of \(known)")
        }
        var levels = 0...100
        if let range = try loudspeaker.range("level") {
            guard let low = Int(exactly: range.lowerBound), let high = Int(exactly: range.upperBound) else {
                throw loudspeaker.wrong("level", try loudspeaker.node("level"), "two whole numbers, the lesser first")
            }
            levels = low...high
        }
        return AudioOutputModel(
            decoders: decoders, levels: levels, isHalfDuplex: try loudspeaker.boolean("half-duplex", otherwise: false))
    }
}
