/// One line of JSON in the making: keys in the order in which they are told, numbers with fixed decimals.
struct JSONText {
    private(set) var text = "{"
    private var isEmpty = true

    /// The text so far as an object.
    var object: String { text + "}" }

    mutating func add(_ key: String, json: String) {
        text += "\(isEmpty ? "" : ",")\"\(key)\":\(json)"
        isEmpty = false
    }

    mutating func add(_ key: String, _ value: Int) { add(key, json: String(value)) }
    mutating func add(_ key: String, _ value: Bool) { add(key, json: value ? "true" : "false") }
    mutating func add(_ key: String, _ value: String) { add(key, json: Self.quoted(value)) }

    mutating func add(_ key: String, _ value: Double, decimals: Int) {
        add(key, json: DecimalText.text(value, decimals: decimals, trims: true))
    }

    mutating func add(_ key: String, _ values: [Double], decimals: Int) {
        add(key, json: Self.array(values, decimals: decimals))
    }

    static func array(_ values: [Double], decimals: Int) -> String {
        "[" + values.map { DecimalText.text($0, decimals: decimals, trims: true) }.joined(separator: ",") + "]"
    }

    /// Source: RFC 8259 §7.
    static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
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
        return text + "\""
    }
}
