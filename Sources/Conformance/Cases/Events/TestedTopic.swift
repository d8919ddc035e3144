/// A concrete topic: the names on the way from the root of its topic namespace.
///
/// Source: WS-Topics 1.3 §4; ONVIF Core 26.06 §9.6.
struct TestedTopic: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        /// Empty for none, and for that of the step before.
        var namespace: String
        var name: String
    }

    var steps: [Step]

    init(steps: [Step]) { self.steps = steps }

    /// `tns1:` and the names between slashes.
    init(_ path: String) {
        steps = path.split(separator: "/").map { Step(namespace: "", name: String($0)) }
        if !steps.isEmpty { steps[0].namespace = Namespaces.uri("tns1") }
    }

    /// Reads a topic expression without alternatives, its prefixes resolved where the element stands.
    ///
    /// - Returns: nil for another expression, and for a prefix that is not declared.
    init?(_ node: AnswerNode?) {
        guard let node else { return nil }
        steps = []
        var latest = ""
        for step in node.text.split(separator: "/", omittingEmptySubsequences: false) {
            let parts = step.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.last, parts.count <= 2, !parts.contains(where: { !$0.isName }) else { return nil }
            var namespace = ""
            if parts.count == 2 || steps.isEmpty {
                namespace = node.namespace(ofPrefix: parts.count == 2 ? parts[0] : "")
                if namespace.isEmpty { return nil }
            }
            steps.append(Step(namespace: namespace == latest ? "" : namespace, name: name))
            if !namespace.isEmpty { latest = namespace }
        }
    }

    /// Whether the topic is the other one or lies below it.
    func isIn(subtreeOf root: TestedTopic) -> Bool { steps.starts(with: root.steps) }
}

extension TestedTopic: CustomStringConvertible {
    /// With the prefix `tns1` where it belongs, other namespaces in braces.
    var description: String {
        steps.map { step in
            switch step.namespace {
            case "": step.name
            case Namespaces.uri("tns1"): "tns1:\(step.name)"
            default: "{\(step.namespace)}\(step.name)"
            }
        }
        .joined(separator: "/")
    }
}

extension AnswerNode {
    /// What the prefix means where the element stands; empty for nothing.
    func namespace(ofPrefix prefix: String) -> String { text("string(namespace::*[name()=\(prefix)])") ?? "" }

    /// The qualified name at the path, as `{namespace}name`.
    func qualifiedName(_ text: String) -> String {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let local = parts.last else { return "" }
        return "{\(namespace(ofPrefix: parts.count == 2 ? parts[0] : ""))}\(local)"
    }
}

extension String {
    /// An NCName as topics are written (Namespaces in XML 1.0 §4).
    fileprivate var isName: Bool {
        guard let first, first.isLetter || first == "_" else { return false }
        return allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    }
}

/// A topic that a device announces, with what it says of the messages.
struct TopicDescription: Sendable {
    let topic: TestedTopic
    /// The `tt:MessageDescription`; nil where there is none.
    let message: AnswerNode?

    var isProperty: Bool { message?.attribute("IsProperty").map { $0 == "true" || $0 == "1" } ?? false }

    /// The type of a simple item as `{namespace}name`; nil where no item of that name is described.
    ///
    /// `group`: "Source", "Key" or "Data".
    func type(of item: String, in group: String) -> String? {
        let path: XPath = "tt:*[local-name() = \(group)]/tt:SimpleItemDescription[@Name = \(item)]"
        return message?.node(path).map { node in node.attribute("Type").map { node.qualifiedName($0) } ?? "" }
    }

    /// Every topic of a GetEventPropertiesResponse.
    ///
    /// Source: WS-Topics 1.3 §9 (topic sets).
    static func all(in answer: Answer) -> [TopicDescription] {
        answer.nodes("wstop:TopicSet/*").flatMap { root in
            guard !root.namespace.isEmpty else { return [TopicDescription]() }
            let step = TestedTopic.Step(namespace: root.namespace, name: root.name)
            return all(at: root, TestedTopic(steps: [step]), namespace: root.namespace)
        }
    }

    private static func all(at node: AnswerNode, _ topic: TestedTopic, namespace: String) -> [TopicDescription] {
        let message = node.node("tt:MessageDescription")
        let isTopic = message != nil || node.exists("@wstop:topic[. = 'true' or . = '1']")
        var found = isTopic ? [TopicDescription(topic: topic, message: message)] : []
        // libxml2 bounds the depth of the document, and so this recursion.
        for child in node.nodes("*[not(self::tt:MessageDescription)]") where child.namespace != Namespaces.uri("wstop")
        {
            var next = topic
            let isSame = child.namespace.isEmpty || child.namespace == namespace
            next.steps.append(TestedTopic.Step(namespace: isSame ? "" : child.namespace, name: child.name))
            found += all(at: child, next, namespace: isSame ? namespace : child.namespace)
        }
        return found
    }
}
