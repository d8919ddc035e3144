import XML

/// What a device's answers showed: its tokens, and examples of the standard's types, so that requests mean something.
struct Harvest: Sendable {
    /// Tokens kept, and examples of one type.
    private static let tokenLimit = 400
    private static let exampleLimit = 6

    /// A token with the words of what carried it: `video encoder configuration` for `<tt:VideoEncoderConfiguration token=…>`.
    private struct Token: Sendable {
        let value: String
        let words: Set<String>
    }

    private var tokens: [Token] = []
    private var examples: [Definitions.QualifiedName: [XMLElement]] = [:]

    /// Takes the tokens and examples of an element; without a declaration it has no examples to give.
    mutating func take(
        _ answer: XMLElement, declaration: Definitions.Component?, in definitions: Definitions,
        context: Set<String> = []
    ) {
        let words = answer.name.words.union(context)
        for attribute in answer.attributes where attribute.name.lowercased().hasSuffix("token") {
            keep(attribute.value, words.union(attribute.name.words))
        }
        let isName = ["Token", "URI", "Name", "ID", "Topic", "AuxiliaryCommands"].contains { answer.name.hasSuffix($0) }
        if isName, answer.children.isEmpty { keep(answer.trimmedText, words) }
        let children = declaration.map { definitions.children(of: $0) } ?? [:]
        // What stands right below the response is what the operation was about.
        let inner = context.isEmpty && answer.name.hasSuffix("Response") ? answer.name.words : []
        for child in answer.children {
            let type =
                children[child.name]?.node.attribute("type").map { children[child.name]?.node.resolve($0) } ?? nil
            let complex = children[child.name].flatMap { definitions.complexType(of: $0) }
            if let type, complex != nil, examples[type, default: []].count < Self.exampleLimit,
                !examples[type, default: []].contains(child)
            {
                examples[type, default: []].append(child)
            }
            take(child, declaration: complex, in: definitions, context: inner)
        }
    }

    private mutating func keep(_ value: String, _ words: Set<String>) {
        guard !value.isEmpty, value.count <= XMLElement.tokenLimit, tokens.count < Self.tokenLimit else { return }
        if let index = tokens.firstIndex(where: { $0.value == value }) {
            tokens[index] = Token(value: value, words: tokens[index].words.union(words))
        } else {
            tokens.append(Token(value: value, words: words))
        }
    }

    /// A value that the device knows for a parameter of an operation, the likeliest by name.
    func token(
        for parameter: String, of operation: String, using random: inout some RandomNumberGenerator
    ) -> String? {
        let (near, far) = (parameter.words, operation.words)
        func score(_ token: Token) -> Int {
            20 * token.words.intersection(near).count + 3 * token.words.intersection(far).count
                - token.words.subtracting(near).subtracting(far).count
        }
        guard let best = tokens.lazy.map(score).max(), best > 0 else {
            return tokens.randomElement(using: &random)?.value
        }
        return tokens.filter { score($0) == best }.randomElement(using: &random)?.value
    }

    func example(of type: Definitions.QualifiedName, using random: inout some RandomNumberGenerator) -> XMLElement? {
        examples[type]?.randomElement(using: &random)
    }
}

extension XMLElement {
    fileprivate static let tokenLimit = 64
}

extension String {
    /// The words of a name in camel case, in the singular and without those that say nothing.
    var words: Set<String> {
        var words: [String] = []
        for character in self {
            if character.isUppercase || words.isEmpty { words.append("") }
            words[words.count - 1].append(Character(character.lowercased()))
        }
        let empty: Set = [
            "get", "set", "response", "token", "name", "add", "remove", "create", "delete", "modify", "item",
        ]
        return Set(words.map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 }).subtracting(empty)
    }
}

extension Definitions {
    /// The complex type of an element's declaration.
    func complexType(of declaration: Component) -> Component? {
        if let type = declaration.node.attribute("type").map(declaration.node.resolve) {
            guard let component = component(.type, type), component.node.name == "complexType" else { return nil }
            return component
        }
        return declaration.node.child("complexType").map { Component(node: $0, namespace: declaration.namespace) }
    }

    /// The elements that a complex type may hold, by name, those of its bases included.
    func children(of complex: Component) -> [String: Component] {
        var found: [String: Component] = [:]
        for node in complex.node.children {
            let inner = Component(node: node, namespace: complex.namespace)
            switch node.name {
            case "element":
                if let reference = node.attribute("ref").map(node.resolve) {
                    found[reference.name] = component(.element, reference)
                } else if let name = node.attribute("name") {
                    found[name] = inner
                }
            case "sequence", "choice", "all", "complexContent", "simpleContent":
                found.merge(children(of: inner)) { first, _ in first }
            case "extension", "restriction":
                if let base = node.attribute("base").map(node.resolve), let type = component(.type, base) {
                    found.merge(children(of: type)) { first, _ in first }
                }
                found.merge(children(of: inner)) { first, _ in first }
            case "group":
                if let group = node.attribute("ref").map(node.resolve).flatMap({ component(.group, $0) }) {
                    found.merge(children(of: group)) { first, _ in first }
                }
            default: break
            }
        }
        return found
    }
}
