import Fuzzing
package import XML

/// Makes requests from the official declarations: sound ones, and sound ones with one thing wrong.
///
/// The same seed and the same harvest make the same requests.
package struct RequestGenerator {
    /// What a request is meant to try.
    package enum Trial: CaseIterable, Sendable {
        /// What the schema allows.
        case sound
        /// The least: everything optional left out.
        case bare
        case atBound, beyondBound, missing, doubled, misplaced, alien, emptied, swollen

        var isAboutValues: Bool {
            switch self {
            case .atBound, .beyondBound, .emptied, .swollen: true
            case .sound, .bare, .missing, .doubled, .misplaced, .alien: false
            }
        }
    }

    /// Deeper declarations get only what they require, levels.
    private static let generousDepth = 5
    /// Types that hold themselves end here, levels.
    private static let depthLimit = 12
    /// How often a swollen value is repeated.
    private static let swelling = 3_000

    private let definitions: Definitions
    private var random: Mutator
    /// What the device itself uses.
    private var harvest = Harvest()
    private var operation = ""
    private var trial = Trial.sound
    /// Values made for the present request, and the one among them that the trial is about.
    private var valueCount = 0
    private var target: Int?

    package init(_ definitions: Definitions, seed: UInt64) {
        self.definitions = definitions
        random = Mutator(seed: seed)
    }

    /// Takes over the tokens and the examples of an answer, so that later requests mean something.
    package mutating func harvest(from answer: XMLElement) {
        let name = Definitions.QualifiedName(namespace: answer.namespace, name: answer.name)
        let declaration = definitions.component(.element, name).flatMap(definitions.complexType)
        harvest.take(answer, declaration: declaration, in: definitions)
    }

    /// A request for the operation, the trial's place in it chosen by chance.
    package mutating func request(for operation: Definitions.Operation, _ trial: Trial) -> XMLElement {
        guard trial.isAboutValues else { return make(operation, trial, target: nil) }
        // The first pass counts the values, the second makes the same request again with one of them changed.
        let before = random
        _ = make(operation, .sound, target: nil)
        let target = valueCount == 0 ? nil : Int.random(in: 0..<valueCount, using: &random)
        random = before
        return make(operation, trial, target: target)
    }

    /// One request for each value of a request for the operation, that value spoiled as the trial wants it.
    package mutating func requests(forEachValueOf operation: Definitions.Operation, _ trial: Trial) -> [XMLElement] {
        let before = random
        _ = make(operation, .sound, target: nil)
        let after = random
        defer { random = after }
        return (0..<valueCount).map { target in
            random = before
            return make(operation, trial, target: target)
        }
    }

    private mutating func make(_ operation: Definitions.Operation, _ trial: Trial, target: Int?) -> XMLElement {
        (self.trial, self.target, valueCount) = (trial, target, 0)
        self.operation = operation.name
        var request =
            definitions.component(.element, operation.request).map { element($0, depth: 0) }
            ?? XMLElement(namespace: operation.request.namespace, name: operation.request.name)
        if !trial.isAboutValues { spoilStructure(of: &request) }
        return request
    }

    // MARK: Sound content

    private mutating func element(_ declaration: Definitions.Component, depth: Int) -> XMLElement {
        let node = declaration.node
        if let reference = node.attribute("ref").map(node.resolve) {
            guard let target = definitions.component(.element, reference) else {
                return XMLElement(namespace: reference.namespace, name: reference.name)
            }
            return element(target, depth: depth)
        }
        var element = XMLElement(namespace: declaration.namespace, name: node.attribute("name") ?? "")
        if let type = node.attribute("type").map(node.resolve) {
            fill(&element, type: type, depth: depth)
        } else if let complex = node.child("complexType") {
            fill(
                &element, complex: Definitions.Component(node: complex, namespace: declaration.namespace), depth: depth)
        } else if let simple = node.child("simpleType") {
            element.text = value(SimpleValue(simple, in: definitions), named: element.name)
        }
        return element
    }

    private mutating func fill(_ element: inout XMLElement, type: Definitions.QualifiedName, depth: Int) {
        if let component = definitions.component(.type, type), component.node.name == "complexType" {
            if let example = harvest.example(of: type, using: &random), isChance(of: Self.exampleShare) {
                imitate(example, as: &element, complex: component)
            } else {
                fill(&element, complex: component, depth: depth)
            }
        } else {
            element.text = value(SimpleValue(named: type, in: definitions), named: element.name)
        }
    }

    private mutating func fill(_ element: inout XMLElement, complex: Definitions.Component, depth: Int) {
        guard depth < Self.depthLimit else { return }
        for content in complex.node.children where ["simpleContent", "complexContent"].contains(content.name) {
            for derivation in content.children {
                guard let base = derivation.attribute("base").map(derivation.resolve) else { continue }
                if derivation.name == "extension" { fill(&element, type: base, depth: depth) }
                let own = Definitions.Component(node: derivation, namespace: complex.namespace)
                particles(of: own, into: &element, depth: depth)
                attributes(of: own, into: &element)
            }
        }
        particles(of: complex, into: &element, depth: depth)
        attributes(of: complex, into: &element)
    }

    private mutating func particles(of owner: Definitions.Component, into element: inout XMLElement, depth: Int) {
        for node in owner.node.children {
            let particle = Definitions.Component(node: node, namespace: owner.namespace)
            switch node.name {
            case "element":
                for _ in 0..<occurrences(of: node, depth: depth) {
                    element.children.append(self.element(particle, depth: depth + 1))
                }
            case "sequence", "all":
                for _ in 0..<occurrences(of: node, depth: depth) {
                    particles(of: particle, into: &element, depth: depth)
                }
            case "choice":
                for _ in 0..<occurrences(of: node, depth: depth) {
                    guard let chosen = node.children.filter({ $0.name != "annotation" }).randomElement(using: &random)
                    else { continue }
                    var only = node
                    only.children = [chosen]
                    particles(
                        of: Definitions.Component(node: only, namespace: owner.namespace), into: &element, depth: depth)
                }
            case "group":
                guard let reference = node.attribute("ref").map(node.resolve),
                    let group = definitions.component(.group, reference)
                else { continue }
                particles(of: group, into: &element, depth: depth)
            default: break
            }
        }
    }

    private mutating func attributes(of owner: Definitions.Component, into element: inout XMLElement) {
        for node in owner.node.children {
            switch node.name {
            case "attribute":
                guard let name = node.attribute("name"), node.attribute("use") != "prohibited" else { continue }
                guard node.attribute("use") == "required" || isGenerous(depth: 0) else { continue }
                let simple =
                    node.attribute("type").map { SimpleValue(named: node.resolve($0), in: definitions) }
                    ?? node.child("simpleType").map { SimpleValue($0, in: definitions) } ?? SimpleValue()
                element.attributes.append(XMLAttribute(name: name, value: value(simple, named: name)))
            case "attributeGroup":
                guard let reference = node.attribute("ref").map(node.resolve),
                    let group = definitions.component(.attributeGroup, reference)
                else { continue }
                attributes(of: group, into: &element)
            default: break
            }
        }
    }

    /// Fills the element as the device itself filled another one of the type.
    private mutating func imitate(
        _ example: XMLElement, as element: inout XMLElement, complex: Definitions.Component
    ) {
        let declared = definitions.children(of: complex)
        element.attributes = example.attributes.map { attribute in
            let text = value(SimpleValue(), named: attribute.name, known: attribute.value)
            return XMLAttribute(namespace: attribute.namespace, name: attribute.name, value: text)
        }
        for child in example.children {
            var copy = XMLElement(namespace: child.namespace, name: child.name, scope: child.scope)
            if let inner = declared[child.name].flatMap({ definitions.complexType(of: $0) }) {
                imitate(child, as: &copy, complex: inner)
            } else {
                let node = declared[child.name]?.node
                let type =
                    node?.attribute("type").map { text in
                        SimpleValue(named: node?.resolve(text) ?? .init(namespace: "", name: ""), in: definitions)
                    } ?? SimpleValue()
                copy.text = value(type, named: child.name, known: child.text)
                copy.children = child.children
                copy.attributes = child.attributes
            }
            element.children.append(copy)
        }
        if example.children.isEmpty { element.text = value(SimpleValue(), named: example.name, known: example.text) }
    }

    private mutating func occurrences(of node: XMLElement, depth: Int) -> Int {
        let least = node.attribute("minOccurs").flatMap { Int($0) } ?? 1
        let most = node.attribute("maxOccurs").map { Int($0) ?? 2 } ?? 1
        guard most > least, isGenerous(depth: depth) else { return least }
        return min(most, least + 1)
    }

    private mutating func isGenerous(depth: Int) -> Bool {
        trial != .bare && depth < Self.generousDepth && Bool.random(using: &random)
    }

    private mutating func isChance(of share: Int) -> Bool { Int.random(in: 0..<100, using: &random) < share }

    /// Of a hundred: how often an example is imitated, and how often a token is one that the device knows.
    private static let exampleShare = 70
    private static let tokenShare = 90

    /// A value of the type, or what an example has there; spoiled where it is the one that the trial is about.
    private mutating func value(_ type: SimpleValue, named name: String, known: String? = nil) -> String {
        defer { valueCount += 1 }
        if valueCount == target { return spoiledValue(type) }
        if let known { return known }
        let isToken = ["token", "id", "username", "name", "auxiliarycommand"].contains {
            name.lowercased().hasSuffix($0)
        }
        if isToken || type.hasPattern, type.enumeration.isEmpty, isChance(of: Self.tokenShare),
            let token = harvest.token(for: name, of: operation, using: &random)
        {
            return token
        }
        let values = (0..<(type.isList ? 2 : 1)).map { _ in type.sound(using: &random) }
        return values.joined(separator: " ")
    }

    // MARK: One thing wrong

    private mutating func spoiledValue(_ type: SimpleValue) -> String {
        switch trial {
        case .atBound: type.atBound(using: &random)
        case .beyondBound: type.beyondBound(using: &random)
        case .swollen: String(repeating: type.sound(using: &random) + " ", count: Self.swelling)
        default: ""
        }
    }

    /// Changes one place of the request's structure as the trial wants it.
    private mutating func spoilStructure(of request: inout XMLElement) {
        guard trial != .sound, trial != .bare else { return }
        var random = random
        let trial = trial
        let paths = request.paths { !$0.children.isEmpty || trial == .alien }
        guard let path = paths.randomElement(using: &random) else { return }
        request.change(at: path[...]) { element in
            let index = element.children.indices.randomElement(using: &random)
            switch trial {
            case .missing:
                if let index { element.children.remove(at: index) }
            case .doubled:
                if let index { element.children.insert(element.children[index], at: index) }
            case .misplaced:
                element.children.reverse()
            default:
                let alien = XMLElement(namespace: "urn:elsewhere", name: "Alien", text: "x")
                element.children.insert(alien, at: index ?? 0)
            }
        }
        self.random = random
    }
}

extension XMLElement {
    /// The places in the tree of which `isWanted` holds, each as child indices from the root.
    fileprivate func paths(where isWanted: (XMLElement) -> Bool) -> [[Int]] {
        var found: [[Int]] = isWanted(self) ? [[]] : []
        for (index, child) in children.enumerated() {
            found += child.paths(where: isWanted).map { [index] + $0 }
        }
        return found
    }

    fileprivate mutating func change(at path: ArraySlice<Int>, _ change: (inout XMLElement) -> Void) {
        guard let first = path.first else { return change(&self) }
        children[first].change(at: path.dropFirst(), change)
    }
}
