import Documents

/// A way with a name.
struct ScenePath: Hashable, Sendable {
    var points: [GroundPoint]
    /// Metres to both sides that crowds make use of.
    var width: Double
    var line: Int
}

extension SceneReader {
    mutating func readAreas() throws(DocumentError) {
        var names: Set<String> = []
        func own(_ node: DocumentNode) throws(DocumentError) -> String {
            let name = try node.string("name")
            guard names.insert(name).inserted else {
                throw node.contradiction("name", "the name \"\(name)\" is given twice; give each zone and line its own")
            }
            return name
        }
        for zone in try top.optionalMappings("zones", known: ["name", "corners", "loitering", "count"]) {
            scene.zones.append(
                Zone(
                    name: try own(zone), corners: try zone.corners("corners", convex: false),
                    loitering: try zone.optionalNumber("loitering", in: 0.5...SceneBounds.duration.upperBound),
                    countsPeople: try zone.boolean("count", otherwise: false)))
        }
        for line in try top.optionalMappings("lines", known: ["name", "from", "to"]) {
            let (from, to) = (try line.point("from"), try line.point("to"))
            guard from != to else {
                throw line.contradiction("to", "a line begins and ends at one point; give it a length")
            }
            scene.lines.append(Line(name: try own(line), from: from, to: to))
        }
    }

    mutating func readPaths() throws(DocumentError) {
        for path in try top.optionalMappings("paths", known: ["name", "points", "width"]) {
            let name = try path.string("name")
            guard paths[name] == nil else {
                throw path.contradiction("name", "the path \"\(name)\" is given twice; give each its own name")
            }
            paths[name] = ScenePath(
                points: try path.points("points", atLeast: 2),
                width: try path.number("width", in: 0...20, otherwise: 0), line: path.line)
        }
    }

    func path(_ key: String, _ node: DocumentNode) throws(DocumentError) -> ScenePath {
        let name = try node.string(key)
        guard let path = paths[name] else { throw unknown(key, name, node, "path", Array(paths.keys)) }
        return path
    }

    func zone(_ key: String, _ node: DocumentNode) throws(DocumentError) -> Zone {
        let name = try node.string(key)
        guard let zone = scene.zones.first(where: { $0.name == name }) else {
            throw unknown(key, name, node, "zone", scene.zones.map(\.name))
        }
        return zone
    }

    func unknown(
        _ key: String, _ name: String, _ node: DocumentNode, _ kind: String, _ known: [String]
    ) -> DocumentError {
        let choice =
            known.isEmpty ? "add it, the scene has none" : "use one of \(known.sorted().joined(separator: ", "))"
        return node.contradiction(key, "there is no \(kind) \"\(name)\"; \(choice)")
    }
}
