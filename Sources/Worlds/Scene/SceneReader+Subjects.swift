import Documents

extension SceneReader {
    static let appearanceKeys = [
        "height", "build", "upper", "lower", "shoes", "pattern", "secondary", "lower-kind", "bag", "bag-color", "hat",
        "hat-color", "glasses", "mask",
    ]
    static let subjectKeys = [
        "name", "seed", "look-alike-of", "appearance", "start", "from", "speed", "course",
    ]

    mutating func readSubjects() throws(DocumentError) {
        for node in try top.optionalMappings("subjects", known: Self.subjectKeys) {
            let (name, appearance) = try person(node)
            scene.subjects.append(
                Subject(name: name, id: 0, appearance: appearance, course: try course(node, .person)))
        }
    }

    /// Name and looks.
    mutating func person(_ node: DocumentNode) throws(DocumentError) -> (name: String, appearance: Appearance) {
        let name = try take(node)
        var chance = SeededRandom(seed: scene.seed, for: name)
        let seed = try node.seed("seed", otherwise: chance.next())
        var appearance = Appearance(seed: seed)
        if node.has("look-alike-of") {
            let other = try node.string("look-alike-of")
            guard let model = scene.subjects.first(where: { $0.name == other }) else {
                throw unknown(
                    "look-alike-of", other, node, "subject before this one called", scene.subjects.map(\.name))
            }
            appearance.face = .lookAlike(of: model.appearance.face, seed: seed)
        }
        if let belonging = scene.things.first(where: { $0.carrier == name }) {
            appearance.carry(belonging)
        }
        if let changes = try node.optionalMapping("appearance", known: Self.appearanceKeys) {
            try change(&appearance, changes)
        }
        return (name, appearance)
    }

    private func change(_ appearance: inout Appearance, _ node: DocumentNode) throws(DocumentError) {
        appearance.height = try node.number("height", in: 1...2.2, otherwise: appearance.height)
        appearance.build = try node.number("build", in: 0.7...1.4, otherwise: appearance.build)
        appearance.upper = try node.color("upper") ?? appearance.upper
        appearance.lower = try node.color("lower") ?? appearance.lower
        appearance.shoes = try node.color("shoes") ?? appearance.shoes
        appearance.pattern = try node.name("pattern", otherwise: appearance.pattern)
        appearance.secondary = try node.color("secondary") ?? appearance.secondary
        appearance.lowerKind = try node.name("lower-kind", otherwise: appearance.lowerKind)
        appearance.bag = try node.name("bag", otherwise: appearance.bag)
        appearance.bagColor = try node.color("bag-color") ?? appearance.bagColor
        appearance.hat = try node.name("hat", otherwise: appearance.hat)
        appearance.hatColor = try node.color("hat-color") ?? appearance.hatColor
        appearance.glasses = try node.boolean("glasses", otherwise: appearance.glasses)
        appearance.mask = try node.boolean("mask", otherwise: appearance.mask)
    }

    mutating func readGroups() throws(DocumentError) {
        let memberKeys = ["name", "seed", "look-alike-of", "appearance", "from", "to", "speed"]
        for group in try top.optionalMappings("groups", known: ["at", "meet", "stay", "members"]) {
            let at = try group.point("at")
            let meet = try group.number("meet", in: 0...SceneBounds.duration.upperBound)
            guard meet <= scene.duration else {
                throw group.contradiction(
                    "meet",
                    "they meet at \(meet.short) s, but the scene lasts \(scene.duration.short) s; let it be earlier")
            }
            let stay = try group.number("stay", in: 0.5...SceneBounds.duration.upperBound)
            let members = try group.mappings("members", known: memberKeys)
            guard (2...12).contains(members.count) else {
                throw group.wrong("members", try group.node("members"), "a list of 2 to 12 people")
            }
            for (index, node) in members.enumerated() {
                let (name, appearance) = try person(node)
                let turn = Double(index) / Double(members.count) * 360 + at.heading(to: try node.point("from")) * 0.1
                let spot = at.moved(0.35 + 0.15 * Double(members.count), towards: turn)
                let (from, speed) = (
                    try node.point("from"), try node.number("speed", in: SceneBounds.walking, otherwise: 1.35)
                )
                let to = node.has("to") ? try node.point("to") : from
                try check(from, .person, node, "from")
                try check(from, spot, .person, node, "from")
                try check(spot, to, .person, node, node.has("to") ? "to" : "from")
                // Some come a little earlier; all have come at the meeting.
                var chance = SeededRandom(seed: scene.seed, for: name)
                let early = index == 0 ? 0 : chance.number(in: 0...1.5)
                let late = chance.number(in: 0...0.8)
                var course = Course(start: 0, from: from, steps: [.go(to: spot, speed: speed)])
                course.start = meet - early - Track(course.stopping, .person).end
                course.steps += [
                    .stay(seconds: early + stay + late, heading: spot.heading(to: at)), .go(to: to, speed: speed),
                ]
                scene.subjects.append(Subject(name: name, id: 0, appearance: appearance, course: course))
            }
        }
    }
}

extension Appearance {
    /// Shows a thing that it has with it.
    mutating func carry(_ thing: Thing) {
        switch thing.kind {
        case .suitcase: bag = .suitcase
        case .backpack: bag = .backpack
        case .box: return
        }
        bagColor = thing.color
    }
}
