/// A namespace with the prefix that we write for it.
package struct XMLNamespace: Hashable, Sendable {
    package let uri: String
    package let prefix: String
    /// Position among the namespaces of a vocabulary, 0…63; marks the namespace as used.
    fileprivate let index: Int

    package init(_ prefix: String, _ uri: String, index: Int) {
        precondition((0..<64).contains(index), "a vocabulary has at most 64 namespaces")
        self.prefix = prefix
        self.uri = uri
        self.index = index
    }
}

/// Writes XML straight into bytes and remembers which namespaces occurred.
///
/// The declarations stand on the root element, which is written last (`document`), so that each message declares what it
/// uses and nothing else. Names are ours and never escaped; values always are.
package struct XMLWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var used: UInt64 = 0

    /// Room for a root element with its declarations, bytes.
    private static let headCapacity = 1024

    /// `capacity`: bytes that fit in before the writer grows.
    package init(capacity: Int = 2048) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes an element with children.
    package mutating func element(
        _ namespace: XMLNamespace, _ name: String, _ attributes: [(String, String)] = [],
        _ content: (inout XMLWriter) -> Void
    ) {
        open(namespace, name, attributes)
        content(&self)
        close(namespace, name)
    }

    /// Writes an element that holds text.
    package mutating func element(_ namespace: XMLNamespace, _ name: String, _ text: String) {
        open(namespace, name)
        self.text(text)
        close(namespace, name)
    }

    /// Writes an element with attributes that holds text.
    package mutating func element(
        _ namespace: XMLNamespace, _ name: String, _ attributes: [(String, String)], _ text: String
    ) {
        open(namespace, name, attributes)
        self.text(text)
        close(namespace, name)
    }

    package mutating func element(_ namespace: XMLNamespace, _ name: String, _ value: Bool) {
        element(namespace, name, value ? "true" : "false")
    }

    package mutating func element(_ namespace: XMLNamespace, _ name: String, _ value: some BinaryInteger) {
        element(namespace, name, String(value))
    }

    package mutating func element(_ namespace: XMLNamespace, _ name: String, _ value: Double) {
        element(namespace, name, Self.string(value))
    }

    /// Writes the element if there is a value for it.
    package mutating func optional(_ namespace: XMLNamespace, _ name: String, _ value: String?) {
        if let value { element(namespace, name, value) }
    }

    package mutating func open(_ namespace: XMLNamespace, _ name: String, _ attributes: [(String, String)] = []) {
        use(namespace)
        bytes.append(UInt8(ascii: "<"))
        append(namespace.prefix)
        bytes.append(UInt8(ascii: ":"))
        append(name)
        for (key, value) in attributes {
            bytes.append(UInt8(ascii: " "))
            append(key)
            append("=\"")
            text(value)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    package mutating func close(_ namespace: XMLNamespace, _ name: String) {
        append("</")
        append(namespace.prefix)
        bytes.append(UInt8(ascii: ":"))
        append(name)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Marks a namespace as used by a QName in content.
    package mutating func use(_ namespace: XMLNamespace) {
        used |= 1 << UInt64(namespace.index)
    }

    /// Marks several namespaces as used.
    package mutating func declare(_ namespaces: [XMLNamespace]) {
        for namespace in namespaces { use(namespace) }
    }

    /// Writes character data, escaped; characters that XML 1.0 cannot carry become U+FFFD.
    package mutating func text(_ text: String) {
        let span = text.utf8Span.span
        guard let special = (0..<span.count).first(where: { !Self.isPlain(span[$0]) }) else { return append(text) }
        for index in 0..<special { bytes.append(span[index]) }
        for index in special..<span.count {
            switch span[index] {
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "\""): append("&quot;")
            case let byte where Self.isPlain(byte): bytes.append(byte)
            default: append("\u{FFFD}")
            }
        }
    }

    /// Neither markup nor a character that XML 1.0 cannot carry.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""): false
        case 0x09, 0x0A, 0x0D, 0x20...: true
        default: false
        }
    }

    /// Writes an element value with all that it holds, under the prefixes of `vocabulary` where it has them.
    package mutating func element(_ element: XMLElement, vocabulary: [XMLNamespace]) {
        var prefixes: [String: XMLNamespace] = [:]
        for namespace in vocabulary { prefixes[namespace.uri] = namespace }
        tree(element, prefixes)
    }

    private mutating func tree(_ element: XMLElement, _ prefixes: [String: XMLNamespace]) {
        var attributes: [(String, String)] = []
        for attribute in element.attributes {
            if attribute.namespace.isEmpty {
                attributes.append((attribute.name, attribute.value))
            } else if let namespace = prefixes[attribute.namespace] {
                use(namespace)
                attributes.append(("\(namespace.prefix):\(attribute.name)", attribute.value))
            } else if attribute.namespace == "http://www.w3.org/XML/1998/namespace" {
                attributes.append(("xml:\(attribute.name)", attribute.value))
            } else {
                attributes.append(("xmlns:a", attribute.namespace))
                attributes.append(("a:\(attribute.name)", attribute.value))
            }
        }
        if let namespace = prefixes[element.namespace] {
            open(namespace, element.name, attributes)
            text(element.text)
            for child in element.children { tree(child, prefixes) }
            close(namespace, element.name)
        } else {
            let foreign = XMLNamespace("x", element.namespace, index: 63)
            let name = element.namespace.isEmpty ? element.name : "x:\(element.name)"
            append("<\(name)")
            if !element.namespace.isEmpty { attributes.insert(("xmlns:x", foreign.uri), at: 0) }
            for (key, value) in attributes {
                append(" \(key)=\"")
                text(value)
                append("\"")
            }
            append(">")
            text(element.text)
            for child in element.children { tree(child, prefixes) }
            append("</\(name)>")
        }
    }

    /// Wraps what was written into a root element that declares the used namespaces.
    ///
    /// - Parameters:
    ///   - namespace: that of the root element.
    ///   - name: the root element's local name.
    ///   - vocabulary: every namespace that may have been used, each with an index of its own.
    /// - Returns: the document with its XML declaration, UTF-8.
    package consuming func document(
        root namespace: XMLNamespace, _ name: String, vocabulary: [XMLNamespace]
    ) -> [UInt8] {
        use(namespace)
        var head = XMLWriter(capacity: Self.headCapacity + bytes.count)
        head.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
        head.append(namespace.prefix)
        head.append(":")
        head.append(name)
        for known in vocabulary where used & (1 << UInt64(known.index)) != 0 {
            head.append(" xmlns:")
            head.append(known.prefix)
            head.append("=\"")
            head.append(known.uri)
            head.append("\"")
        }
        head.append(">")
        head.bytes.append(contentsOf: bytes)
        head.close(namespace, name)
        return head.bytes
    }

    /// The lexical form of `xs:float` and `xs:double` (XML Schema part 2 §3.2.4).
    package static func string(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-INF" : "INF" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
