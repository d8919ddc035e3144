/// How elements are told as JSON.
///
/// An element without content is null, one with text alone its text; attributes begin with `@`, text beside them is `#text`,
/// children of one name are an array. Names of known namespaces lose their prefix; those of others keep theirs, which
/// `@context` of the outermost object resolves.
///
/// Source: ONVIF Core 26.06 Annex E.1 XML to JSON conversion guidance.
package struct XMLToJSON: Sendable {
    /// Namespaces whose names stand without a prefix.
    package var plain: Set<String>
    /// The prefixes of other namespaces; one that is missing here is told by its number.
    package var prefixes: [String: String]
    /// Elements that are an array even where there is one.
    package var lists: Set<String>
    /// Elements, and attributes with their `@`, whose numbers and logical states stand without quotes.
    package var unquoted: Set<String>

    package init(
        plain: Set<String>, prefixes: [String: String] = [:], lists: Set<String> = [], unquoted: Set<String> = []
    ) {
        self.plain = plain
        self.prefixes = prefixes
        self.lists = lists
        self.unquoted = unquoted
    }

    /// The value of an element, its name aside, with the `@context` that it needs.
    package func value(of element: XMLElement) -> JSONValue {
        var foreign: [String: String] = [:]
        let value = value(of: element, &foreign)
        guard !foreign.isEmpty, case .object(var members) = value else { return value }
        let context = foreign.sorted { $0.value < $1.value }.map { JSONMember($0.value, .string($0.key)) }
        let place = members.firstIndex { !$0.name.hasPrefix("@") } ?? members.endIndex
        members.insert(JSONMember("@context", .object(context)), at: place)
        return .object(members)
    }

    private func value(of element: XMLElement, _ foreign: inout [String: String]) -> JSONValue {
        var members: [JSONMember] = []
        for attribute in element.attributes {
            let name = "@" + name(attribute.name, attribute.namespace, &foreign)
            members.add(name, scalar(attribute.value, named: name))
        }
        for child in element.children {
            let name = name(child.name, child.namespace, &foreign)
            var value = value(of: child, &foreign)
            if case .string(let text) = value { value = scalar(text, named: name) }
            members.add(name, value, isList: lists.contains(name))
        }
        let text = element.trimmedText
        guard !members.isEmpty else { return text.isEmpty ? .null : .string(text) }
        if !text.isEmpty { members.add("#text", scalar(text, named: element.name)) }
        return .object(members)
    }

    private func scalar(_ text: String, named name: String) -> JSONValue {
        unquoted.contains(name) ? .unquoted(text) : .string(text)
    }

    private func name(_ name: String, _ namespace: String, _ foreign: inout [String: String]) -> String {
        guard !namespace.isEmpty, !plain.contains(namespace) else { return name }
        let prefix = foreign[namespace] ?? prefixes[namespace] ?? "ns\(foreign.count + 1)"
        foreign[namespace] = prefix
        return "\(prefix):\(name)"
    }
}
