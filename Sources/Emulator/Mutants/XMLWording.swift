/// How a message writes its namespaces: nothing that a reader of XML may mind, and what careless ones do mind.
///
/// Source: Namespaces in XML 1.0 §6.
struct XMLWording: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Whether `xmlns="…"` stands anywhere.
    var hasDefaultNamespace: Bool { text.contains("xmlns=") }

    /// Whether an element of SOAP has another prefix than the usual ones.
    var hasForeignPrefixes: Bool {
        !["env", "soap", "s", "SOAP-ENV", "soapenv"].contains { text.contains("<\($0):Body") }
    }

    /// Whether a prefix is declared more than once, as for different namespaces in different places.
    var redeclaresPrefix: Bool {
        var seen: Set<Substring> = []
        for declaration in text.split(separator: "xmlns:").dropFirst()
        where !seen.insert(declaration.prefix { $0 != "=" }).inserted {
            return true
        }
        return false
    }
}
