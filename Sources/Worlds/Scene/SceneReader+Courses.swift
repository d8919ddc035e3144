import Documents

extension SceneReader {
    static let stepKeys = [
        "go", "along", "reverse", "speed", "stay", "until", "heading", "towards", "away", "drop", "take",
    ]
    /// One of these makes a step.
    private static let kinds = ["go", "along", "stay", "until", "away", "drop", "take"]

    /// What is asked of a course.
    struct Walker {
        var mover: Track.Mover
        var speeds: ClosedRange<Double>
        /// Metres kept free to both sides.
        var margin: Double
        var usualSpeed: Double

        static let person = Walker(mover: .person, speeds: SceneBounds.walking, margin: 0.1, usualSpeed: 1.35)
        static let vehicle = Walker(mover: .vehicle, speeds: SceneBounds.driving, margin: 0.8, usualSpeed: 8)
    }

    /// Reads `start`, `from`, `speed` and `course` of a subject or vehicle.
    func course(_ node: DocumentNode, _ walker: Walker) throws(DocumentError) -> Course {
        let steps = try node.optionalMappings("course", known: Self.stepKeys)
        let usual = try node.number("speed", in: walker.speeds, otherwise: walker.usualSpeed)
        var here: GroundPoint
        if node.has("from") {
            here = try node.point("from")
        } else if let first = steps.first, first.has("along") {
            let points = try path("along", first).points
            here = try first.boolean("reverse", otherwise: false) ? points[points.count - 1] : points[0]
        } else {
            throw .missingKey(file: node.file, line: node.line, key: "from", inside: node.name)
        }
        let start = try node.number("start", in: SceneBounds.beginning, otherwise: 0)
        guard start < scene.duration else {
            throw node.contradiction(
                "start",
                "it begins at \(start.short) s, but the scene lasts \(scene.duration.short) s; let it begin earlier")
        }
        try check(here, walker, node, "from")
        var course = Course(start: start, from: here, steps: [])
        for step in steps {
            let made = try self.steps(step, course, walker, usual)
            for next in made {
                if case .go(let to, _) = next {
                    try check(here, to, walker, step, step.has("go") ? "go" : "along")
                    here = to
                }
            }
            course.steps += made
        }
        return course
    }

    /// What one entry of a course means.
    private func steps(
        _ step: DocumentNode, _ course: Course, _ walker: Walker, _ usual: Double
    ) throws(DocumentError) -> [Course.Step] {
        // All values are read before it is asked which go together.
        let speed = try step.number("speed", in: walker.speeds, otherwise: usual)
        let reverse = try step.boolean("reverse", otherwise: false)
        let heading = try heading(step, course)
        let made: [String: [Course.Step]] = [
            "go": step.has("go") ? [.go(to: try step.point("go"), speed: speed)] : [],
            "along": try along(step, reverse: reverse, speed),
            "stay": try step.optionalNumber("stay", in: SceneBounds.staying)
                .map { [.stay(seconds: $0, heading: heading)] } ?? [],
            "until": try wait(step, course, walker, heading),
            "away": try step.optionalNumber("away", in: SceneBounds.staying).map { [.away(seconds: $0)] } ?? [],
            "drop": step.has("drop") ? [.drop(thing: try thing("drop", step))] : [],
            "take": step.has("take") ? [.take(thing: try thing("take", step))] : [],
        ]
        let present = Self.kinds.filter(step.has)
        guard present.count == 1, let kind = present.first else {
            let found = present.isEmpty ? "does nothing" : "has \(present.joined(separator: " and "))"
            throw .contradiction(
                file: step.file, line: step.line,
                reason: "a step of a course \(found); give it exactly one of \(Self.kinds.joined(separator: ", "))")
        }
        for (key, kinds) in Self.companions where step.has(key) && !kinds.contains(kind) {
            throw step.contradiction(
                key, "\"\(key)\" means nothing beside \"\(kind)\"; it goes with \(kinds.joined(separator: " or "))")
        }
        return made[kind] ?? []
    }

    /// What goes with which kinds of steps.
    private static let companions = [
        ("speed", ["go", "along"]), ("reverse", ["along"]), ("heading", ["stay", "until"]),
        ("towards", ["stay", "until"]),
    ]

    private func along(
        _ step: DocumentNode, reverse: Bool, _ speed: Double
    ) throws(DocumentError) -> [Course.Step] {
        guard step.has("along") else { return [] }
        let points = try path("along", step).points
        return (reverse ? points.reversed() : points).map { .go(to: $0, speed: speed) }
    }

    /// Stands until a second of the scene.
    private func wait(
        _ step: DocumentNode, _ course: Course, _ walker: Walker, _ heading: Double?
    ) throws(DocumentError) -> [Course.Step] {
        guard let until = try step.optionalNumber("until", in: SceneBounds.staying) else { return [] }
        let arrival = Track(course.stopping, walker.mover).end
        guard arrival <= until else {
            throw step.contradiction(
                "until",
                "it comes at \(arrival.short) s only, after \(until.short) s; "
                    + "let it start earlier, go faster or stay longer")
        }
        return [.stay(seconds: until - arrival, heading: heading)]
    }

    private func thing(_ key: String, _ step: DocumentNode) throws(DocumentError) -> String {
        let name = try step.string(key)
        guard scene.things.contains(where: { $0.name == name }) else {
            throw unknown(key, name, step, "thing", scene.things.map(\.name))
        }
        return name
    }

    private func heading(_ step: DocumentNode, _ course: Course) throws(DocumentError) -> Double? {
        let heading = try step.optionalNumber("heading", in: SceneBounds.heading)
        guard step.has("towards") else { return heading }
        let point = try step.point("towards")
        let here = course.lastPoint
        guard point != here else {
            throw step.contradiction("towards", "it stands at \(point.text) itself; name another point")
        }
        return here.heading(to: point)
    }

    /// Nobody stands in a wall.
    func check(_ point: GroundPoint, _ walker: Walker, _ node: DocumentNode, _ key: String) throws(DocumentError) {
        if let obstacle = obstacles.first(where: { $0.contains(point, margin: walker.margin) }) {
            throw node.contradiction(key, "\(point.text) is inside \(obstacle.name); move one of them")
        }
    }

    /// Nobody goes through a wall.
    func check(
        _ from: GroundPoint, _ to: GroundPoint, _ walker: Walker, _ node: DocumentNode, _ key: String
    ) throws(DocumentError) {
        if let obstacle = obstacles.first(where: { $0.blocks(from, to, margin: walker.margin) }) {
            throw node.contradiction(
                key,
                "the way from \(from.text) to \(to.text) leads through \(obstacle.name); go around it by another step")
        }
    }
}

extension Course {
    /// Where its owner is after the last step.
    var lastPoint: GroundPoint {
        steps.reduce(from) { place, step in if case .go(let to, _) = step { to } else { place } }
    }

    /// The same, with a stop at its end.
    var stopping: Course {
        var course = self
        course.steps.append(.stay(seconds: 0, heading: nil))
        return course
    }
}
