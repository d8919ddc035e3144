/// A JSON value whose members keep their order and whose numbers keep their digits.
///
/// Source: RFC 8259.
package indirect enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// As it is written; see `isNumber`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// Without white space.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): Self.write(string, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Whether the text is a number as JSON writes it: no leading zeros, plus sign, infinity or bare point.
    package static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text)
        func digits(_ rest: inout Substring) -> Substring {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return digits
        }
        if rest.first == "-" { rest.removeFirst() }
        let whole = digits(&rest)
        guard !whole.isEmpty, whole.first != "0" || whole.count == 1 else { return false }
        if rest.first == "." {
            rest.removeFirst()
            guard !digits(&rest).isEmpty else { return false }
        }
        if rest.first == "e" || rest.first == "E" {
            rest.removeFirst()
            if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
            guard !digits(&rest).isEmpty else { return false }
        }
        return rest.isEmpty
    }

    /// A value that is a number or a logical state where the text is one, else a string.
    package static func unquoted(_ text: String) -> JSONValue {
        switch text {
        case "true": .boolean(true)
        case "false": .boolean(false)
        default: isNumber(text) ? .number(text) : .string(text)
        }
    }
}

/// A name and its value in a JSON object.
package struct JSONMember: Equatable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

extension [JSONMember] {
    /// Puts a value behind the others; values of one name become an array at the place of the first.
    package mutating func add(_ name: String, _ value: JSONValue, isList: Bool = false) {
        guard let index = firstIndex(where: { $0.name == name }) else {
            return append(JSONMember(name, isList ? .array([value]) : value))
        }
        if case .array(let values) = self[index].value {
            self[index].value = .array(values + [value])
        } else {
            self[index].value = .array([self[index].value, value])
        }
    }
}
