import Documents

extension SceneReader {
    static let cameraKeys = [
        "name", "position", "pan", "tilt", "roll", "field-of-view", "zoom", "distortion", "width", "height", "rate",
    ]

    mutating func readCameras() throws(DocumentError) {
        for node in try top.optionalMappings("cameras", known: Self.cameraKeys) {
            let name = try node.string("name")
            guard !scene.cameras.contains(where: { $0.name == name }) else {
                throw node.contradiction("name", "two cameras are called \"\(name)\"; give each its own name")
            }
            let camera = SceneCamera(
                name: name, position: try node.place("position"), pan: try node.number("pan", in: SceneBounds.heading),
                tilt: try node.number("tilt", in: -90...90),
                roll: try node.number("roll", in: -180...180, otherwise: 0),
                fieldOfView: try node.number("field-of-view", in: 1...140),
                maximumZoom: try node.number("zoom", in: 1...60, otherwise: 1),
                distortion: try node.number("distortion", in: -0.5...0.5, otherwise: 0),
                width: try node.integer("width", in: 64...3840), height: try node.integer("height", in: 64...2160),
                rate: try node.integer("rate", in: 1...60))
            try check(camera, node)
            scene.cameras.append(camera)
        }
        guard !scene.cameras.isEmpty else {
            throw .missingKey(file: top.file, line: top.line, key: "cameras", inside: "")
        }
    }

    private func check(_ camera: SceneCamera, _ node: DocumentNode) throws(DocumentError) {
        for (key, size) in [("width", camera.width), ("height", camera.height)] where size % 2 != 0 {
            throw node.wrong(key, try node.node(key), "an even number: colours have half the resolution")
        }
        guard camera.position.y > 0 else {
            throw node.contradiction("position", "the camera is below the ground; give it a height above 0")
        }
        let ground = GroundPoint(camera.position.x, camera.position.z)
        if let inside = obstacles.first(where: { $0.height > camera.position.y && $0.contains(ground, margin: 0) }) {
            throw node.contradiction("position", "the camera is inside \(inside.name); move it out")
        }
        // Towards the corner r·(1 + k·r²) must still grow: 1 + 3·k·r² > 0.
        let view = camera.view()
        let (x, y) = (Double(camera.width) / 2 / view.focalLength, Double(camera.height) / 2 / view.focalLength)
        let limit = -1 / (3 * (x * x + y * y))
        guard camera.distortion > limit else {
            throw node.contradiction(
                "distortion",
                "at \(camera.distortion.short) the picture folds over itself before its corners; "
                    + "with this field of view it must be above \(limit.short)")
        }
    }

    mutating func readSound() throws(DocumentError) {
        guard let sound = try top.optionalMapping("sound", known: ["ambience", "footsteps", "marks"]) else { return }
        scene.sound.ambience = try sound.name("ambience", otherwise: .none)
        scene.sound.footsteps = try sound.boolean("footsteps", otherwise: true)
        for node in try sound.optionalMappings("marks", known: ["name", "kind", "time", "duration", "value"]) {
            let kind: Soundscape.Mark.Kind = try node.name("kind")
            let mark = Soundscape.Mark(
                name: try node.string("name"), kind: kind,
                time: try node.number("time", in: 0...SceneBounds.duration.upperBound),
                duration: try node.number("duration", in: 0.01...60, otherwise: kind.usualDuration),
                value: node.has("value") ? try node.string("value") : kind.usualValue)
            guard !scene.sound.marks.contains(where: { $0.name == mark.name }) else {
                throw node.contradiction("name", "two sounds are called \"\(mark.name)\"; give each its own name")
            }
            guard mark.time + mark.duration <= scene.duration else {
                throw node.contradiction(
                    "time",
                    "the sound ends at \((mark.time + mark.duration).short) s, but the scene lasts "
                        + "\(scene.duration.short) s; let it begin earlier")
            }
            try check(mark, node)
            scene.sound.marks.append(mark)
        }
    }

    private func check(_ mark: Soundscape.Mark, _ node: DocumentNode) throws(DocumentError) {
        switch mark.kind {
        case .tone, .chirp:
            guard let hertz = Double(mark.value), (50...7000).contains(hertz) else {
                throw node.wrong("value", try node.node("value"), "a frequency from 50 to 7000 (Hz), in quotes")
            }
        case .spoken:
            guard (1...12).contains(mark.value.count), mark.value.allSatisfy({ "0123456789".contains($0) }) else {
                throw node.wrong("value", try node.node("value"), "1 to 12 digits in quotes")
            }
        case .glass, .horn, .alarm:
            if node.has("value") {
                throw node.wrong("value", try node.node("value"), "nothing here: only tone, chirp and spoken have it")
            }
        }
    }
}

extension Soundscape.Mark.Kind {
    /// Seconds.
    var usualDuration: Double {
        switch self {
        case .tone, .chirp: 0.5
        case .glass, .horn: 1
        case .alarm, .spoken: 3
        }
    }

    var usualValue: String {
        switch self {
        case .tone, .chirp: "1000"
        case .spoken: "1"
        case .glass, .horn, .alarm: ""
        }
    }
}
