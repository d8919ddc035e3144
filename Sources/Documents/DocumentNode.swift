package import Yams

/// A mapping of a file in YAML that knows its place and refuses keys that nobody reads.
package struct DocumentNode {
    package let file: String
    /// The key under which the mapping stands; empty at the top.
    package let name: String
    /// Line of the mapping, counted from 1.
    package let line: Int
    private let mapping: Node.Mapping

    /// - Parameters:
    ///   - node: the mapping.
    ///   - file: for messages.
    ///   - name: the key under which the mapping stands.
    ///   - known: every key that may stand in the mapping.
    /// - Throws: `wrongValue` for something else than a mapping, `unknownKey`.
    package init(_ node: Node, file: String, name: String, known: [String]) throws(DocumentError) {
        self.file = file
        self.name = name
        line = node.mark?.line ?? 1
        guard let mapping = node.mapping else {
            throw .wrongValue(
                file: file, line: line, key: name, value: node.scalar?.string ?? "a list",
                expected: "the keys \(known.joined(separator: ", ")) below it")
        }
        self.mapping = mapping
        for (key, _) in mapping {
            let text = key.scalar?.string ?? ""
            guard known.contains(text) else {
                throw .unknownKey(file: file, line: key.mark?.line ?? line, key: text, inside: name, known: known)
            }
        }
    }

    package func has(_ key: String) -> Bool { mapping[key] != nil }

    package func node(_ key: String) throws(DocumentError) -> Node {
        guard let node = mapping[key] else { throw .missingKey(file: file, line: line, key: key, inside: name) }
        return node
    }

    package func mapping(_ key: String, known: [String]) throws(DocumentError) -> DocumentNode {
        try DocumentNode(try node(key), file: file, name: key, known: known)
    }

    package func optionalMapping(_ key: String, known: [String]) throws(DocumentError) -> DocumentNode? {
        has(key) ? try mapping(key, known: known) : nil
    }

    package func string(_ key: String) throws(DocumentError) -> String {
        let node = try node(key)
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong(key, node, "a text") }
        return text
    }

    /// A list of mappings that share their keys.
    package func mappings(_ key: String, known: [String]) throws(DocumentError) -> [DocumentNode] {
        let node = try node(key)
        guard let sequence = node.sequence else { throw wrong(key, node, "a list") }
        var mappings: [DocumentNode] = []
        for element in sequence {
            mappings.append(try DocumentNode(element, file: file, name: key, known: known))
        }
        return mappings
    }

    package func strings(_ key: String) throws(DocumentError) -> [(text: String, line: Int)] {
        let node = try node(key)
        guard let sequence = node.sequence else { throw wrong(key, node, "a list of texts") }
        var strings: [(String, Int)] = []
        for element in sequence {
            guard let text = element.scalar?.string, !text.isEmpty else { throw wrong(key, element, "a text") }
            strings.append((text, element.mark?.line ?? line))
        }
        return strings
    }

    package func number(_ key: String, in range: ClosedRange<Double>) throws(DocumentError) -> Double {
        let node = try node(key)
        guard let number = node.float, range.contains(number) else {
            throw wrong(key, node, "a number from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))")
        }
        return number
    }

    package func number(_ key: String, in range: ClosedRange<Double>, otherwise: Double) throws(DocumentError) -> Double
    {
        has(key) ? try number(key, in: range) : otherwise
    }

    package func integer(_ key: String, in range: ClosedRange<Int>) throws(DocumentError) -> Int {
        let node = try node(key)
        guard let number = node.int, range.contains(number) else {
            throw wrong(key, node, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package func integer(_ key: String, in range: ClosedRange<Int>, otherwise: Int) throws(DocumentError) -> Int {
        has(key) ? try integer(key, in: range) : otherwise
    }

    package func boolean(_ key: String, otherwise: Bool) throws(DocumentError) -> Bool {
        guard has(key) else { return otherwise }
        let node = try node(key)
        guard let value = node.bool else { throw wrong(key, node, "true or false") }
        return value
    }

    /// Two numbers, the lesser first: `[0, 100]`.
    package func range(_ key: String) throws(DocumentError) -> ClosedRange<Double>? {
        guard has(key) else { return nil }
        let node = try node(key)
        guard let sequence = node.sequence, sequence.count == 2, let low = sequence[0].float,
            let high = sequence[1].float, low < high
        else { throw wrong(key, node, "two numbers, the lesser first, such as [0, 100]") }
        return low...high
    }

    package func wrong(_ key: String, _ node: Node, _ expected: String) -> DocumentError {
        let value = node.scalar?.string ?? (node.sequence != nil ? "a list" : "a group of keys")
        return .wrongValue(file: file, line: node.mark?.line ?? line, key: key, value: value, expected: expected)
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
