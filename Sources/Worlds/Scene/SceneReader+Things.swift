import Documents

extension SceneReader {
    mutating func readThings() throws(DocumentError) {
        for node in try top.optionalMappings("things", known: ["name", "kind", "color", "at", "carried-by"]) {
            let name = try take(node)
            var thing = Thing(
                name: name, id: 0, kind: try node.name("kind"), color: try node.color("color") ?? RGB(0x2E5E8C))
            thing.at = node.has("at") ? try node.point("at") : nil
            thing.carrier = node.has("carried-by") ? try node.string("carried-by") : nil
            guard node.has("at") != node.has("carried-by") else {
                throw node.contradiction(
                    "name",
                    "\"\(name)\" needs either \"at\", where it stands, or \"carried-by\", who has it; give one of them")
            }
            scene.things.append(thing)
        }
    }

    /// Who carries, drops and takes what, when.
    func checkThings() throws(DocumentError) {
        let nodes = try top.optionalMappings("things", known: ["name", "kind", "color", "at", "carried-by"])
        for (thing, node) in zip(scene.things, nodes) where thing.carrier != nil {
            guard scene.subjects.contains(where: { $0.name == thing.carrier }) else {
                throw unknown("carried-by", thing.carrier ?? "", node, "subject", scene.subjects.map(\.name))
            }
        }
        let people = scene.subjects.map { Track($0.course, .person) }
        let belongings = Belonging.all(of: scene, people)
        let subjects = try top.optionalMappings("subjects", known: Self.subjectKeys)
        for (person, node) in subjects.enumerated() {
            // Only named subjects drop and take; they come first, in the order of the file.
            let steps = try node.optionalMappings("course", known: Self.stepKeys)
                .filter { $0.has("drop") || $0.has("take") }
            for (handling, step) in zip(people[person].handlings, steps) {
                guard let index = scene.things.firstIndex(where: { $0.name == handling.thing }) else { continue }
                let done = belongings[index].changes.contains { $0.person == person && $0.time == handling.time }
                guard !done else { continue }
                let before = belongings[index].changes.last { $0.time < handling.time }?.place ?? .nowhere
                throw step.contradiction(
                    handling.isDrop ? "drop" : "take",
                    "\(scene.subjects[person].name) cannot \(handling.isDrop ? "drop" : "take") \"\(handling.thing)\" "
                        + "at \(handling.time.short) s: \(text(before)); "
                        + (handling.isDrop
                            ? "let it be carried by them first" : "go to within \(Belonging.reach.short) m of it"))
            }
        }
    }

    private func text(_ place: Belonging.Place) -> String {
        switch place {
        case .carried(let person): "\(scene.subjects[person].name) carries it"
        case .stands(let at, _): "it stands at \(at.text)"
        case .nowhere: "nobody has it"
        }
    }
}
