package import Documents
import Foundation

/// A scene as its YAML file has it, checked.
///
/// Wrong types, names and ranges are refused, and what cannot be: a way through a wall, a lens that no glass makes, a thing
/// put down by somebody who does not have it; each with its line.
package struct SceneFile: Sendable {
    package let file: String
    package let scene: Scene

    static let keys = [
        "name", "tier", "seed", "duration", "pre-roll", "light", "weather", "ground", "patches", "stripes", "walls",
        "buildings", "props", "signs", "ceilings", "charts", "paths", "subjects", "groups", "crowds", "vehicles",
        "things", "zones", "lines", "sound", "cameras",
    ]

    /// Reads a file, or the `scene.yaml` of a folder.
    ///
    /// - Parameters:
    ///   - path: of the file or folder.
    ///   - seed: in place of the file's own, for a scene that is a template of many.
    /// - Throws: `noSuchScene` and what the reader finds.
    package init(path: String, seed: UInt64? = nil) throws(DocumentError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .noSuchScene(file: path)
        }
        let file = isFolder.boolValue ? path + (path.hasSuffix("/") ? "" : "/") + "scene.yaml" : path
        guard FileManager.default.fileExists(atPath: file) else { throw .noSuchScene(file: file) }
        try self.init(try DocumentNode.text(file), file: file, seed: seed)
    }

    /// - Parameters:
    ///   - text: YAML.
    ///   - file: for messages.
    ///   - seed: in place of the text's own.
    /// - Throws: what the reader finds.
    package init(_ text: String, file: String, seed: UInt64? = nil) throws(DocumentError) {
        self.file = file
        guard let root = try DocumentNode.compose(text, file: file) else {
            throw .missingKey(file: file, line: 1, key: "name", inside: "")
        }
        var reader = SceneReader(try DocumentNode(root, file: file, name: "", known: Self.keys))
        scene = try reader.read(seed: seed)
    }
}

/// Reads a scene part by part; later parts are checked against earlier ones.
struct SceneReader {
    let top: DocumentNode
    var scene = Scene(name: "", tier: .easy, seed: 0, duration: 1)
    var obstacles: [Obstacle] = []
    /// Of `paths:`.
    var paths: [String: ScenePath] = [:]
    /// Of subjects, vehicles and things: a name is given once.
    private var names: Set<String> = []
    private var lastID = 0

    init(_ top: DocumentNode) { self.top = top }

    mutating func read(seed: UInt64?) throws(DocumentError) -> Scene {
        scene.name = try top.string("name")
        scene.tier = try top.name("tier")
        let own = UInt64(try top.integer("seed", in: SceneBounds.seed))
        scene.seed = seed ?? own
        scene.duration = try top.number("duration", in: SceneBounds.duration)
        scene.preRoll = try top.number("pre-roll", in: 0...SceneBounds.duration.upperBound, otherwise: 0)
        guard scene.preRoll < scene.duration else {
            throw top.contradiction("pre-roll", "the pre-roll lasts as long as the scene; make it shorter")
        }
        try readLight()
        try readSetting()
        obstacles = scene.setting.obstacles
        try readAreas()
        try readPaths()
        try readThings()
        try readSubjects()
        try readGroups()
        try readVehicles()
        try readCrowds()
        try number()
        try checkThings()
        try readSound()
        try readCameras()
        return scene
    }

    /// Takes a name that nobody else has.
    mutating func take(_ node: DocumentNode, _ key: String = "name") throws(DocumentError) -> String {
        let name = try node.string(key)
        guard names.insert(name).inserted else {
            throw node.contradiction(key, "the name \"\(name)\" is given twice; give each its own")
        }
        return name
    }

    /// Like `take`, for names that the reader makes: `crowd-3`.
    mutating func takeOwn(_ name: String, _ node: DocumentNode) throws(DocumentError) -> String {
        guard names.insert(name).inserted else {
            throw node.contradiction("name", "the name \"\(name)\" is needed here but given already; rename the other")
        }
        return name
    }

    /// Global ids: subjects, then vehicles, then things.
    private mutating func number() throws(DocumentError) {
        guard scene.subjects.count <= SceneBounds.count else {
            throw top.contradiction("crowds", "the scene has more than \(SceneBounds.count) subjects; take fewer")
        }
        for index in scene.subjects.indices { scene.subjects[index].id = nextID() }
        for index in scene.vehicles.indices { scene.vehicles[index].id = nextID() }
        for index in scene.things.indices { scene.things[index].id = nextID() }
    }

    private mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }
}
