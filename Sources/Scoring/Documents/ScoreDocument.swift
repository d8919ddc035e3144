/// JSON whose keys keep their order and whose numbers are told to the last bit.
package indirect enum ScoreDocument: Hashable, Sendable {
    case number(Double)
    case count(Int)
    case text(String)
    case truth(Bool)
    case nothing
    case list([ScoreDocument])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: ScoreDocument

        package init(_ key: String, _ value: ScoreDocument) {
            self.key = key
            self.value = value
        }
    }

    package static func numbers(_ values: [Double]) -> ScoreDocument { .list(values.map { .number($0) }) }
    package static func counts(_ values: [Int]) -> ScoreDocument { .list(values.map { .count($0) }) }

    /// - Returns: the value of a key of an object.
    package subscript(_ key: String) -> ScoreDocument? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// - Returns: the members of an object, those of another behind them.
    package func merging(_ other: ScoreDocument) -> ScoreDocument {
        guard case .object(let members) = self, case .object(let more) = other else { return self }
        return .object(members + more)
    }

    /// Indented by a blank a level, with a line end.
    package var text: String {
        var text = ""
        write(to: &text, depth: 0)
        return text + "\n"
    }

    private func write(to text: inout String, depth: Int) {
        switch self {
        // The shortest digits that lead back to the same double; what is no number has no word in JSON.
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .count(let value): text += "\(value)"
        case .text(let value): text += Self.quoted(value)
        case .truth(let value): text += value ? "true" : "false"
        case .nothing: text += "null"
        case .list(let values):
            Self.write(values, "[", "]", to: &text, depth: depth) { value, text in
                value.write(to: &text, depth: depth + 1)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, depth: depth) { member, text in
                text += Self.quoted(member.key) + ": "
                member.value.write(to: &text, depth: depth + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], _ open: String, _ close: String, to text: inout String, depth: Int,
        each: (Item, inout String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: depth + 1)
            each(item, &text)
        }
        text += (items.isEmpty ? "" : "\n" + String(repeating: " ", count: depth)) + close
    }

    /// Source: RFC 8259 §7.
    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
