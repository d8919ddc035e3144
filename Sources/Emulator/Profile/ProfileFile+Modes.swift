import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// A mode of a video source with the line that names it.
    struct Mode: Equatable {
        var mode: VideoSourceMode
        var line: Int
    }

    /// Modes of one video source.
    static let modeLimit = 16

    /// `modes:` of a source, the one of the factory first.
    static func modes(_ node: ProfileNode) throws(ProfileError) -> [Mode] {
        guard node.has("modes") else { return [] }
        let value = try node.node("modes")
        guard let list = value.sequence, !list.isEmpty, list.count <= modeLimit else {
            throw node.wrong("modes", value, "a list of 1 to \(modeLimit) modes, each with its width, height and rate")
        }
        var modes: [Mode] = []
        for element in list {
            let mode = try ProfileNode(
                element, file: node.file, name: "modes", known: ["width", "height", "rate", "reboot", "description"])
            let size = Resolution(
                width: try mode.integer("width", in: sides), height: try mode.integer("height", in: sides))
            modes.append(
                Mode(
                    mode: VideoSourceMode(
                        maximumResolution: size, maximumFrameRate: try mode.number("rate", in: 1...1000),
                        needsReboot: try mode.boolean("reboot", otherwise: false),
                        description: mode.has("description") ? try mode.string("description") : nil),
                    line: mode.line))
        }
        return modes
    }

    /// Pixels of one side of a picture.
    private static let sides = 16...16_384
}
