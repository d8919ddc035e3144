import Documents

extension SceneReader {
    static let crowdKeys = [
        "name", "count", "zone", "paths", "seed", "speeds", "groups", "stopping", "similar", "look-alikes",
    ]

    /// What share of a crowd does what.
    private struct Shares {
        var groups: Double
        var stopping: Double
        var similar: Double
        var lookAlikes: Double

        init(_ tier: Scene.Tier) {
            switch tier {
            case .easy: (groups, stopping, similar, lookAlikes) = (0, 0, 0, 0)
            case .medium: (groups, stopping, similar, lookAlikes) = (0.2, 0.2, 0.2, 0.1)
            case .hard: (groups, stopping, similar, lookAlikes) = (0.45, 0.45, 0.5, 0.25)
            }
        }
    }

    /// Where people were, so that others keep away from them.
    private struct Traces {
        /// Seconds.
        static let step = 0.25
        /// Metres at which two do not brush each other.
        static let clearance = 0.75
        var all: [[GroundPoint?]] = []

        static func trace(_ course: Course, _ mover: Track.Mover, until end: Double) -> [GroundPoint?] {
            let track = Track(course, mover)
            return (0..<Int(end / step)).map { track.state(at: Double($0) * step)?.at }
        }

        /// How many moments it is too near to others.
        func encounters(_ trace: [GroundPoint?]) -> Int {
            all.reduce(0) { sum, other in
                sum
                    + zip(trace, other).count { pair in
                        guard let a = pair.0, let b = pair.1 else { return false }
                        return a.distance(to: b) < Self.clearance
                    }
            }
        }
    }

    mutating func readCrowds() throws(DocumentError) {
        let crowds = try top.optionalMappings("crowds", known: Self.crowdKeys)
        guard !crowds.isEmpty else { return }
        var traces = Traces()
        for subject in scene.subjects {
            traces.all.append(Traces.trace(subject.course, .person, until: scene.duration))
        }
        for crowd in crowds { try readCrowd(crowd, &traces) }
    }

    private mutating func readCrowd(_ node: DocumentNode, _ traces: inout Traces) throws(DocumentError) {
        let name = try node.string("name")
        let count = try node.integer("count", in: 1...100)
        var plan = try self.plan(node)
        guard node.has("zone") != node.has("paths") else {
            throw node.contradiction(
                "name",
                "a crowd needs either \"zone\", in which it strolls, or \"paths\", along which it walks; give one")
        }
        let usual = Shares(scene.tier)
        let shares = (
            groups: try node.number("groups", in: 0...1, otherwise: usual.groups),
            stopping: try node.number("stopping", in: 0...1, otherwise: usual.stopping),
            similar: try node.number("similar", in: 0...1, otherwise: usual.similar),
            lookAlikes: try node.number("look-alikes", in: 0...1, otherwise: usual.lookAlikes)
        )
        let first = scene.subjects.count
        var leader: Course?
        for index in 0..<count {
            var random = SeededRandom(seed: plan.seed, for: "\(name)-\(index + 1)")
            var appearance = Appearance(seed: random.next())
            let own = try takeOwn("\(name)-\(index + 1)", node)
            if index > 0 {
                let model = scene.subjects[first + random.index(below: index)].appearance
                if random.chance(shares.similar) {
                    (appearance.upper, appearance.lower, appearance.pattern) = (model.upper, model.lower, model.pattern)
                }
                if random.chance(shares.lookAlikes) {
                    appearance.face = .lookAlike(of: model.face, seed: random.next())
                }
            }
            var course: Course
            if let companion = leader, random.chance(shares.groups) {
                course = beside(companion) ?? best(&plan, random, stops: false, traces)
                leader = nil
            } else {
                course = best(&plan, random, stops: random.chance(shares.stopping), traces)
                leader = course
            }
            if course.steps.isEmpty {
                throw node.contradiction(
                    node.has("zone") ? "zone" : "paths",
                    "no way for \(own) that leads through nothing was found; make room or take fewer people")
            }
            traces.all.append(Traces.trace(course, .person, until: scene.duration))
            scene.subjects.append(Subject(name: own, id: 0, appearance: appearance, course: course))
        }
    }

    private struct Plan {
        var zone: Zone?
        var paths: [ScenePath]
        var speeds: ClosedRange<Double>
        var seed: UInt64
    }

    private func plan(_ node: DocumentNode) throws(DocumentError) -> Plan {
        var chosen: [ScenePath] = []
        if node.has("paths") {
            for (name, line) in try node.strings("paths") {
                guard let path = paths[name] else {
                    throw .contradiction(
                        file: node.file, line: line,
                        reason: "there is no path \"\(name)\"; "
                            + "use one of \(paths.keys.sorted().joined(separator: ", "))")
                }
                for (from, to) in zip(path.points, path.points.dropFirst()) {
                    guard let obstacle = obstacles.first(where: { $0.blocks(from, to, margin: Walker.person.margin) })
                    else { continue }
                    throw .contradiction(
                        file: node.file, line: path.line,
                        reason:
                            "the path \"\(name)\" leads through \(obstacle.name) between \(from.text) and \(to.text); "
                            + "give it a point beside it")
                }
                chosen.append(path)
            }
            guard !chosen.isEmpty else { throw node.wrong("paths", try node.node("paths"), "at least one path") }
        }
        let speeds = try node.range("speeds") ?? 1.05...1.55
        guard SceneBounds.walking.contains(speeds.lowerBound), SceneBounds.walking.contains(speeds.upperBound) else {
            throw node.wrong("speeds", try node.node("speeds"), "two speeds from 0.3 to 4 (metres a second)")
        }
        return Plan(
            zone: node.has("zone") ? try zone("zone", node) : nil, paths: chosen, speeds: speeds,
            seed: try node.seed("seed", otherwise: scene.seed))
    }

    /// The course of several drawn that meets the fewest others; without steps where none is free.
    private func best(_ plan: inout Plan, _ random: SeededRandom, stops: Bool, _ traces: Traces) -> Course {
        var random = random
        var best = Course(start: 0, from: GroundPoint(0, 0), steps: [])
        var least = Int.max
        for _ in 0..<30 {
            let course =
                if let zone = plan.zone {
                    stroll(zone, plan.speeds, stops: stops, &random)
                } else {
                    walk(plan.paths, plan.speeds, stops: stops, &random)
                }
            guard let course else { continue }
            let encounters = traces.encounters(Traces.trace(course, .person, until: scene.duration))
            if encounters < least { (best, least) = (course, encounters) }
            if least == 0 { break }
        }
        return best
    }

    private func isFree(_ course: Course, margin: Double = 0.3) -> Bool {
        var here = course.from
        for step in course.steps {
            guard case .go(let to, _) = step else { continue }
            if obstacles.contains(where: { $0.blocks(here, to, margin: margin) }) { return false }
            here = to
        }
        return true
    }

    /// From place to place in a zone, from before the beginning to the end.
    private func stroll(
        _ zone: Zone, _ speeds: ClosedRange<Double>, stops: Bool, _ random: inout SeededRandom
    ) -> Course? {
        let xs = zone.corners.map(\.x).sorted()
        let zs = zone.corners.map(\.z).sorted()
        func spot(_ random: inout SeededRandom) -> GroundPoint? {
            for _ in 0..<40 {
                let point = GroundPoint(
                    random.number(in: xs[0]...xs[xs.count - 1]), random.number(in: zs[0]...zs[zs.count - 1]))
                if zone.contains(point), !obstacles.contains(where: { $0.contains(point, margin: 0.4) }) {
                    return point
                }
            }
            return nil
        }
        guard let from = spot(&random) else { return nil }
        let speed = random.number(in: speeds)
        var course = Course(start: -random.number(in: 0...8), from: from, steps: [])
        var (time, tries) = (course.start, 0)
        while time < scene.duration, tries < 200 {
            tries += 1
            guard let next = spot(&random) else { return nil }
            let here = course.lastPoint
            let way = here.distance(to: next)
            guard way > 3, zone.holds(here, next), !obstacles.contains(where: { $0.blocks(here, next, margin: 0.3) })
            else { continue }
            course.steps.append(.go(to: next, speed: speed))
            time += way / speed
            if stops, random.chance(0.5) {
                let seconds = random.number(in: 2...7)
                course.steps.append(.stay(seconds: seconds, heading: nil))
                time += seconds
            }
        }
        return time >= scene.duration ? course : nil
    }

    /// Along a path, somewhere on its width, in one of its directions.
    private func walk(
        _ paths: [ScenePath], _ speeds: ClosedRange<Double>, stops: Bool, _ random: inout SeededRandom
    ) -> Course? {
        let path = paths[random.index(below: paths.count)]
        let points = random.chance(0.5) ? path.points : path.points.reversed()
        let speed = random.number(in: speeds)
        let side = random.number(in: -path.width...path.width)
        let shifted = points.shifted(by: side)
        var steps: [Course.Step] = shifted.dropFirst().map { .go(to: $0, speed: speed) }
        if stops {
            let after = random.index(below: shifted.count - 1)
            let (a, b, part) = (shifted[after], shifted[after + 1], random.number(in: 0.25...0.75))
            let at = GroundPoint(a.x + (b.x - a.x) * part, a.z + (b.z - a.z) * part)
            steps.insert(
                contentsOf: [.go(to: at, speed: speed), .stay(seconds: random.number(in: 2...7), heading: nil)],
                at: after)
        }
        let length = zip(shifted, shifted.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        // It is on its way at some moment of the scene.
        let start = random.number(in: (-0.7 * length / speed)...(scene.duration - 0.3 * length / speed))
        let course = Course(start: min(start, scene.duration - 1), from: shifted[0], steps: steps)
        return isFree(course, margin: 0.15) ? course : nil
    }

    /// Beside another on the same way.
    private func beside(_ leader: Course) -> Course? {
        var points = [leader.from]
        for step in leader.steps { if case .go(let to, _) = step { points.append(to) } }
        for side in [0.72, -0.72] {
            var shifted = points.shifted(by: side)[...]
            guard let from = shifted.popFirst() else { return nil }
            var course = Course(start: leader.start + 0.1, from: from, steps: [])
            for step in leader.steps {
                if case .go(_, let speed) = step, let to = shifted.popFirst() {
                    course.steps.append(.go(to: to, speed: speed))
                } else {
                    course.steps.append(step)
                }
            }
            if isFree(course) { return course }
        }
        return nil
    }
}

extension Zone {
    /// Whether a straight way stays inside.
    func holds(_ a: GroundPoint, _ b: GroundPoint) -> Bool {
        (0...10).allSatisfy { step in
            let part = Double(step) / 10
            return contains(GroundPoint(a.x + (b.x - a.x) * part, a.z + (b.z - a.z) * part))
        }
    }
}

extension [GroundPoint] {
    /// A line beside this one, metres to the right.
    func shifted(by side: Double) -> [GroundPoint] {
        indices.map { index in
            let before = index > 0 ? self[index - 1].heading(to: self[index]) : nil
            let after = index + 1 < count ? self[index].heading(to: self[index + 1]) : nil
            let first = before ?? after ?? 0
            let turn = ((after ?? first) - first).remainder(dividingBy: 360)
            // At a corner further out, so that the distance stays; not without end where the way turns back.
            let stretch = 1 / Swift.max(Trigonometry.cosine(turn / 2), 0.5)
            return self[index].moved(side * stretch, towards: first + turn / 2 + 90)
        }
    }
}
