/// What a clip is, beside it: which scene, seed and generator made it, from where it was seen, and which part counts.
package struct TruthSheet: Hashable, Codable, Sendable {
    /// `GeneratorVersion.current` of the drawing; frames of different versions are not compared.
    package var generator: Int
    package var scene: String
    /// `easy`, `medium` or `hard`.
    package var tier: String
    package var seed: UInt64
    package var camera: String
    /// Metres: east, up, north.
    package var position: [Double]
    /// Degrees: pan, tilt, roll, horizontal angle of view.
    package var pose: [Double]
    /// Radial term k of the lens.
    package var distortion: Double
    /// Pixels.
    package var width: Int
    package var height: Int
    /// Frames a second.
    package var rate: Int
    package var frames: Int
    /// Seconds of the scene at which the first frame begins.
    package var start: Double
    /// Seconds of the scene from which and up to which a score counts.
    package var scored: [Double]
    /// Moment of second 0 of the scene.
    package var utc: String
    package var lines: [Line]
    package var zones: [Zone]

    /// A line on the ground, metres: east and north.
    package struct Line: Hashable, Codable, Sendable {
        package var name: String
        package var from: [Double]
        package var to: [Double]

        package init(name: String, from: [Double], to: [Double]) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    /// An area on the ground, metres: east and north of each corner.
    package struct Zone: Hashable, Codable, Sendable {
        package var name: String
        package var corners: [[Double]]
        /// Seconds after which staying is loitering.
        package var loitering: Double?
        package var counts: Bool

        package init(name: String, corners: [[Double]], loitering: Double?, counts: Bool) {
            self.name = name
            self.corners = corners
            self.loitering = loitering
            self.counts = counts
        }
    }

    package init(
        generator: Int, scene: String, tier: String, seed: UInt64, camera: String, position: [Double],
        pose: [Double], distortion: Double, width: Int, height: Int, rate: Int, frames: Int, start: Double,
        scored: [Double], lines: [Line], zones: [Zone]
    ) {
        self.generator = generator
        self.scene = scene
        self.tier = tier
        self.seed = seed
        self.camera = camera
        self.position = position
        self.pose = pose
        self.distortion = distortion
        self.width = width
        self.height = height
        self.rate = rate
        self.frames = frames
        self.start = start
        self.scored = scored
        utc = TruthTime.text(0)
        self.lines = lines
        self.zones = zones
    }

    /// A line a key; readable by `JSONDecoder`.
    package var text: String {
        let rows: [(String, String)] = [
            ("generator", String(generator)), ("scene", JSONText.quoted(scene)), ("tier", JSONText.quoted(tier)),
            ("seed", String(seed)), ("camera", JSONText.quoted(camera)), ("position", Self.array(position)),
            ("pose", Self.array(pose)), ("distortion", Self.number(distortion)), ("width", String(width)),
            ("height", String(height)), ("rate", String(rate)), ("frames", String(frames)),
            ("start", Self.number(start)), ("scored", Self.array(scored)), ("utc", JSONText.quoted(utc)),
            ("lines", Self.list(lines.map(\.text))), ("zones", Self.list(zones.map(\.text))),
        ]
        return "{\n" + rows.map { "  \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n"
    }

    private static func list(_ items: [String]) -> String {
        items.isEmpty ? "[]" : "[\n    " + items.joined(separator: ",\n    ") + "\n  ]"
    }

    fileprivate static func number(_ value: Double) -> String { DecimalText.text(value, decimals: 4, trims: true) }
    fileprivate static func array(_ values: [Double]) -> String { JSONText.array(values, decimals: 4) }
}

extension TruthSheet.Line {
    fileprivate var text: String {
        var line = JSONText()
        line.add("name", name)
        line.add("from", json: TruthSheet.array(from))
        line.add("to", json: TruthSheet.array(to))
        return line.object
    }
}

extension TruthSheet.Zone {
    fileprivate var text: String {
        var line = JSONText()
        line.add("name", name)
        line.add("corners", json: "[" + corners.map(TruthSheet.array).joined(separator: ",") + "]")
        if let loitering { line.add("loitering", json: TruthSheet.number(loitering)) }
        line.add("counts", counts)
        return line.object
    }
}
