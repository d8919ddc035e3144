/// An attribute with its namespace (empty for the usual unqualified one).
package struct XMLAttribute: Codable, Equatable, Sendable {
    package let namespace: String
    package let name: String
    package let value: String

    package init(namespace: String = "", name: String, value: String) {
        self.namespace = namespace
        self.name = name
        self.value = value
    }
}

/// The prefixes that an element declares, on top of those in scope around it.
///
/// Needed for QNames in content, such as the topic expression `tns1:Media//.` (Namespaces in XML 1.0 §6.1).
package final class XMLScope: Sendable {
    private let parent: XMLScope?
    /// Few, so that looking through them is quicker than hashing.
    private let declarations: [(prefix: String, uri: String)]

    package init(parent: XMLScope?, declarations: [(prefix: String, uri: String)]) {
        self.parent = parent
        self.declarations = declarations
    }

    /// The namespace that `prefix` is bound to here; the empty prefix asks for the default namespace.
    package func namespace(of prefix: String) -> String? {
        declarations.first { $0.prefix == prefix }?.uri ?? parent?.namespace(of: prefix)
    }

    /// All bindings in scope, the innermost winning.
    package var bindings: [String: String] {
        declarations.reduce(into: parent?.bindings ?? [:]) { $0[$1.prefix] = $1.uri }
    }
}

/// An element as a value: names resolved to namespaces, prefixes kept only for QNames in content.
package struct XMLElement: Codable, Sendable {
    package var namespace: String
    package var name: String
    package var attributes: [XMLAttribute]
    package var children: [XMLElement]
    /// All character data directly inside this element, joined.
    package var text: String
    /// The prefixes in scope; nil where the element was made by hand.
    package var scope: XMLScope?

    /// Prefixes in scope are left out.
    private enum CodingKeys: CodingKey {
        case namespace, name, attributes, children, text
    }

    package init(
        namespace: String, name: String, attributes: [XMLAttribute] = [], children: [XMLElement] = [],
        text: String = "", scope: XMLScope? = nil
    ) {
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
        self.scope = scope
    }

    package func isNamed(_ name: String, in namespace: String) -> Bool {
        self.name == name && self.namespace == namespace
    }

    /// The value of the unqualified attribute `name`.
    package func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name && $0.namespace.isEmpty }?.value
    }

    /// The first child with that local name in this element's own namespace or, failing that, in any.
    ///
    /// ONVIF messages nest types of `tt:` inside elements of the service; local names never clash there.
    package func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    package func child(_ name: String, in namespace: String) -> XMLElement? {
        children.first { $0.name == name && $0.namespace == namespace }
    }

    package func children(_ name: String) -> [XMLElement] {
        children.filter { $0.name == name }
    }

    /// The element's text without surrounding white space (`whiteSpace="collapse"` of the simple types).
    package var trimmedText: String {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return "" }
        if first > 0x20 && last > 0x20 { return text }
        let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
        let end = bytes.lastIndex { $0 > 0x20 }.map { bytes.index(after: $0) } ?? start
        return String(text[start..<end])
    }
}

extension XMLElement: Equatable {
    /// Equal content; prefixes in scope do not count.
    package static func == (left: XMLElement, right: XMLElement) -> Bool {
        left.name == right.name && left.namespace == right.namespace && left.text == right.text
            && left.attributes == right.attributes && left.children == right.children
    }
}
