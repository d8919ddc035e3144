/// An element of a device's settings that a case changes and sends back.
struct SettingTree: Sendable, Equatable {
    struct Attribute: Sendable, Equatable {
        var namespace: String
        var name: String
        var value: String
    }

    var namespace: String
    var name: String
    var attributes: [Attribute]
    /// Only of an element without children.
    var text: String
    var children: [SettingTree]

    /// Copies the element; libxml2 bounds its depth.
    init(_ node: AnswerNode) {
        namespace = node.namespace
        name = node.name
        attributes = node.nodes("@*").map { Attribute(namespace: $0.namespace, name: $0.name, value: $0.text) }
        children = node.nodes("*").map(SettingTree.init)
        text = children.isEmpty ? node.text : ""
    }

    private init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
        attributes = []
        text = ""
        children = []
    }

    /// The text at the path of local names; nil where no such element stands.
    func value(at path: [String]) -> String? {
        guard let first = path.first else { return text }
        return children.first { $0.name == first }?.value(at: Array(path.dropFirst()))
    }

    /// Changes the text at the path; elements that are not there are put where the order has them.
    ///
    /// `order`: the names of the children of each element as the schema lists them.
    mutating func set(_ value: String, at path: [String], order: [String: [String]]) {
        guard let first = path.first else {
            text = value
            return
        }
        let rest = Array(path.dropFirst())
        if let index = children.firstIndex(where: { $0.name == first }) {
            children[index].set(value, at: rest, order: order)
            return
        }
        var child = SettingTree(namespace: Namespaces.uri("tt"), name: first)
        child.set(value, at: rest, order: order)
        let names = order[name] ?? []
        let place = names.firstIndex(of: first) ?? names.endIndex
        let index = children.firstIndex { (names.firstIndex(of: $0.name) ?? names.endIndex) > place }
        children.insert(child, at: index ?? children.endIndex)
    }

    /// Removes the element at the path, and what is empty without it.
    mutating func remove(_ path: [String]) {
        guard let first = path.first, let index = children.firstIndex(where: { $0.name == first }) else { return }
        let rest = Array(path.dropFirst())
        guard !rest.isEmpty else {
            children.remove(at: index)
            return
        }
        children[index].remove(rest)
        if children[index].children.isEmpty { children.remove(at: index) }
    }

    /// With the namespace declared on each element.
    var markup: Markup {
        let tag = Markup(raw: name)
        let attributes = attributes.enumerated().map { index, attribute -> Markup in
            let name = Markup(raw: attribute.name)
            guard !attribute.namespace.isEmpty else { return " \(name)=\"\(attribute.value)\"" }
            let prefix = Markup(raw: "a\(index)")
            return " xmlns:\(prefix)=\"\(attribute.namespace)\" \(prefix):\(name)=\"\(attribute.value)\""
        }
        return "<s:\(tag) xmlns:s=\"\(namespace)\"\(attributes)>\(text)\(children.map(\.markup))</s:\(tag)>"
    }
}
