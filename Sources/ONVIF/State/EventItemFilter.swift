import XML

/// A filter on the items of a message: `boolean(//tt:SimpleItem[@Name="Rule" and @Value="1"])` and combinations.
///
/// Source: ONVIF Core 26.06 §9.4.4 Message content filter (grammar and precedence).
package struct EventItemFilter: Equatable, Sendable {
    package static let dialect = "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter"
    /// The longest expression, in bytes.
    package static let lengthLimit = 4096
    /// The deepest nesting of parentheses.
    package static let depthLimit = 32

    package enum ParseError: Error, Equatable, Sendable {
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        case unexpected(String)
        case unknownPrefix(String)
    }

    /// A combination of tests by `and`, `or` and `not`.
    indirect enum Combination<Test: Equatable & Sendable>: Equatable, Sendable {
        case test(Test)
        case and(Combination, Combination)
        case or(Combination, Combination)
        case not(Combination)

        func holds(_ isTrue: (Test) -> Bool) -> Bool {
            switch self {
            case .test(let test): isTrue(test)
            case .and(let left, let right): left.holds(isTrue) && right.holds(isTrue)
            case .or(let left, let right): left.holds(isTrue) || right.holds(isTrue)
            case .not(let inner): !inner.holds(isTrue)
            }
        }
    }

    enum Attribute: String, Sendable {
        case name = "@Name"
        case value = "@Value"
    }

    struct Comparison: Equatable, Sendable {
        var attribute: Attribute
        var text: String
    }

    /// There is an item of that kind for which the condition holds. An element item has a name but no `@Value`.
    struct ItemTest: Equatable, Sendable {
        var isElementItem: Bool
        var condition: Combination<Comparison>
    }

    private let expression: Combination<ItemTest>

    /// - Parameters:
    ///   - text: the expression.
    ///   - namespace: resolves a prefix.
    /// - Throws: `ParseError`; the first offence from the left.
    package init(_ text: String, namespace: (String) -> String?) throws(ParseError) {
        guard text.utf8.count <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
        var parser = ItemFilterParser(tokens: try ItemFilterParser.tokens(of: text))
        expression = try parser.whole(namespace)
    }

    package func matches(_ event: Event) -> Bool {
        let items = event.source + event.data
        return expression.holds { test in
            items.contains { item in
                test.isElementItem == (item.element != nil)
                    && test.condition.holds { comparison in
                        switch comparison.attribute {
                        case .name: comparison.text == item.name
                        case .value: item.element == nil && comparison.text == item.value
                        }
                    }
            }
        }
    }
}

/// Recursive descent over the tokens of an item filter; `and` binds closer than `or`.
private struct ItemFilterParser {
    typealias Combination = EventItemFilter.Combination
    typealias ParseError = EventItemFilter.ParseError

    enum Token: Equatable {
        /// A name, `@` attribute or symbol.
        case word(String)
        case text(String)
    }

    var tokens: [Token]
    var position = 0
    var depth = 0

    static func tokens(of text: String) throws(ParseError) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let character = rest.first {
            switch character {
            case _ where character.isWhitespace:
                rest.removeFirst()
            case "\"", "'":
                rest.removeFirst()
                guard let end = rest.firstIndex(of: character) else { throw .unexpected("end of text in a literal") }
                tokens.append(.text(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            case "(", ")", "[", "]", "=":
                tokens.append(.word(String(character)))
                rest.removeFirst()
            case "/":
                guard rest.hasPrefix("//") else { throw .unexpected("/") }
                tokens.append(.word("//"))
                rest.removeFirst(2)
            default:
                let mark = character == "@" ? "@" : ""
                let word = rest.dropFirst(mark.count).prefix {
                    $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." || $0 == ":"
                }
                guard !word.isEmpty else { throw .unexpected(String(character)) }
                tokens.append(.word(mark + word))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    mutating func whole(_ namespace: (String) -> String?) throws(ParseError) -> Combination<EventItemFilter.ItemTest> {
        let expression = try combination { (parser) throws(ParseError) in try parser.itemTest(namespace) }
        guard position == tokens.count else { throw unexpected() }
        return expression
    }

    private mutating func itemTest(_ namespace: (String) -> String?) throws(ParseError) -> EventItemFilter.ItemTest {
        try expect("boolean")
        try expect("(")
        try expect("//")
        guard case .word(let path)? = next() else { throw unexpected() }
        let parts = path.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, namespace(parts[0]) != XMLNamespace.tt.uri { throw .unknownPrefix(parts[0]) }
        guard let name = parts.last, parts.count <= 2, name == "SimpleItem" || name == "ElementItem" else {
            throw .unexpected(path)
        }
        try expect("[")
        let condition = try combination { (parser) throws(ParseError) in try parser.comparison() }
        try expect("]")
        try expect(")")
        return EventItemFilter.ItemTest(isElementItem: name == "ElementItem", condition: condition)
    }

    private mutating func comparison() throws(ParseError) -> EventItemFilter.Comparison {
        guard case .word(let word)? = next(), let attribute = EventItemFilter.Attribute(rawValue: word) else {
            throw unexpected()
        }
        try expect("=")
        guard case .text(let text)? = next() else { throw unexpected() }
        return EventItemFilter.Comparison(attribute: attribute, text: text)
    }

    private mutating func combination<Test>(
        _ test: (inout ItemFilterParser) throws(ParseError) -> Test
    ) throws(ParseError) -> Combination<Test> {
        var result = try conjunction(test)
        while take("or") { result = .or(result, try conjunction(test)) }
        return result
    }

    private mutating func conjunction<Test>(
        _ test: (inout ItemFilterParser) throws(ParseError) -> Test
    ) throws(ParseError) -> Combination<Test> {
        var result = try operand(test)
        while take("and") { result = .and(result, try operand(test)) }
        return result
    }

    private mutating func operand<Test>(
        _ test: (inout ItemFilterParser) throws(ParseError) -> Test
    ) throws(ParseError) -> Combination<Test> {
        let isNegated = take("not")
        guard isNegated || tokens.indices.contains(position) && tokens[position] == .word("(") else {
            return .test(try test(&self))
        }
        try expect("(")
        depth += 1
        guard depth <= EventItemFilter.depthLimit else { throw .tooDeep(limit: EventItemFilter.depthLimit) }
        let inner = try combination(test)
        depth -= 1
        try expect(")")
        return isNegated ? .not(inner) : inner
    }

    private mutating func next() -> Token? {
        guard position < tokens.count else { return nil }
        defer { position += 1 }
        return tokens[position]
    }

    private mutating func take(_ word: String) -> Bool {
        guard position < tokens.count, tokens[position] == .word(word) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ word: String) throws(ParseError) {
        guard take(word) else { throw .unexpected(describe(position) + " where \(word) should stand") }
    }

    /// The token just read, as the culprit.
    private func unexpected() -> ParseError {
        .unexpected(describe(max(0, position - 1)))
    }

    private func describe(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "end of the expression" }
        switch tokens[index] {
        case .word(let word): return word
        case .text(let text): return "\"\(text)\""
        }
    }
}
