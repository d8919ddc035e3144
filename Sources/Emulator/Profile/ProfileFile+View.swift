import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// What the camera looks at where its picture follows its head: `world:` or `panorama:`.
    struct View: Equatable {
        enum Kind: Equatable {
            /// A camera in a scene, whose path is relative to the profile file.
            case world(scene: String, camera: String)
            case panorama(clip: Recording, PanoramaCoverage, width: Int, height: Int)
        }

        var kind: Kind
        /// Of the scene, of its camera, and of the lens and zoom of the head.
        var lines: (scene: Int, camera: Int, lens: Int, zoom: Int) = (1, 1, 1, 1)
        var presets: [Preset] = []

        static func == (one: View, other: View) -> Bool { one.kind == other.kind && one.presets == other.presets }
    }

    /// A preset that the factory made, and what is seen there.
    struct Preset: Equatable {
        var name: String
        var pan: Double
        var tilt: Double
        var zoom: Double
        var recordings: [Recording]
        var line: Int
    }

    /// Pixels of a view of a panorama.
    private static let sizes: (width: ClosedRange<Int>, height: ClosedRange<Int>) = (64...7680, 64...4320)
    private static let usualSize = (width: 1280, height: 720)
    private static let presetKeys = ["name", "pan", "tilt", "zoom", "recordings"]

    /// - Returns: nil for a camera that shows its recordings.
    static func view(_ top: ProfileNode, ptz: PTZModel?) throws(ProfileError) -> View? {
        guard let key = ["world", "panorama"].first(where: top.has) else { return nil }
        let node = try top.node(key)
        for other in ["sources", "modes"] + (key == "world" ? ["panorama"] : []) where top.has(other) {
            throw top.wrong(
                other, try top.node(other), "no such key beside \"\(key)\", which is the camera's only picture")
        }
        guard try encodes(top) else {
            throw top.wrong("encode", try top.node("encode"), "true beside \"\(key)\", whose pictures are encoded")
        }
        if key == "panorama", ptz == nil {
            throw top.wrong(key, node, "\"ptz\" too, the head that looks around in it")
        }
        let known =
            key == "world"
            ? ["scene", "camera", "presets"]
            : ["clip", "horizontal", "top", "bottom", "width", "height", "presets"]
        let mapping = try top.mapping(key, known: known)
        var view = View(kind: key == "world" ? try world(mapping) : try panorama(mapping))
        if key == "world" {
            (view.lines.scene, view.lines.camera) = (mapping.line(of: "scene"), mapping.line(of: "camera"))
        }
        if let head = try top.optionalMapping("ptz", known: ptzKeys) {
            (view.lines.lens, view.lines.zoom) = (head.line(of: "field-of-view"), head.line(of: "zoom"))
        }
        view.presets = try presets(mapping)
        return view
    }

    private static func world(_ node: ProfileNode) throws(ProfileError) -> View.Kind {
        .world(scene: try node.string("scene"), camera: try node.string("camera"))
    }

    private static func panorama(_ node: ProfileNode) throws(ProfileError) -> View.Kind {
        let horizontal = try node.number("horizontal", in: 1...360)
        let (top, bottom) = (try node.number("top", in: -90...90), try node.number("bottom", in: -90...90))
        guard bottom < top else { throw node.wrong("bottom", try node.node("bottom"), "a number below \"top\"") }
        let width = try node.integer("width", in: sizes.width, otherwise: usualSize.width)
        let height = try node.integer("height", in: sizes.height, otherwise: usualSize.height)
        for (key, value) in [("width", width), ("height", height)] where value % 2 != 0 {
            throw node.wrong(key, try node.node(key), "an even number, as the encoders want it")
        }
        return .panorama(
            clip: Recording(path: try node.string("clip"), line: node.line(of: "clip")),
            PanoramaCoverage(horizontal: horizontal, top: top, bottom: bottom), width: width, height: height)
    }

    /// Whether there is a head that goes there is seen once the profile is whole.
    private static func presets(_ node: ProfileNode) throws(ProfileError) -> [Preset] {
        guard node.has("presets") else { return [] }
        var presets: [Preset] = []
        for preset in try node.mappings("presets", known: presetKeys) {
            presets.append(
                Preset(
                    name: try preset.string("name"), pan: try preset.number("pan", in: -360...360),
                    tilt: try preset.number("tilt", in: -180...180),
                    zoom: try preset.number("zoom", in: 1...100, otherwise: 1),
                    recordings: preset.has("recordings")
                        ? try preset.strings("recordings").map { Recording(path: $0.text, line: $0.line) } : [],
                    line: preset.line))
        }
        return presets
    }
}
