import Foundation
import XML

/// What a simple type allows, gathered over its restrictions.
///
/// Source: XML Schema part 2 §3, §4.3 Constraining facets.
struct SimpleValue {
    /// The built-in type at the bottom, for example `int`.
    var base = "string"
    var enumeration: [String] = []
    var minimum: String?
    var maximum: String?
    var minimumLength: Int?
    var maximumLength: Int?
    var isList = false
    /// The members of a union; a value is of one of them.
    var union: [SimpleValue] = []
    /// A pattern is not solved, only passed: its values come from the harvest or are refused.
    var hasPattern = false

    init(base: String = "string") { self.base = base }

    /// - Parameters:
    ///   - node: a `simpleType`.
    ///   - definitions: where its bases stand.
    init(_ node: XMLElement, in definitions: Definitions) {
        if let list = node.child("list") {
            if let item = list.attribute("itemType") {
                self.init(named: list.resolve(item), in: definitions)
            } else {
                self.init(base: "string")
            }
            isList = true
            return
        }
        if let union = node.child("union") {
            self.init()
            self.union =
                (union.attribute("memberTypes") ?? "").split(separator: " ")
                .map { SimpleValue(named: union.resolve(String($0)), in: definitions) }
                + union.children("simpleType").map { SimpleValue($0, in: definitions) }
            return
        }
        guard let restriction = node.child("restriction") else {
            self.init()
            return
        }
        if let base = restriction.attribute("base") {
            self.init(named: restriction.resolve(base), in: definitions)
        } else if let inner = restriction.child("simpleType") {
            self.init(inner, in: definitions)
        } else {
            self.init()
        }
        let values = restriction.children("enumeration").compactMap { $0.attribute("value") }
        if !values.isEmpty { enumeration = values }
        func facet(_ names: String...) -> String? {
            names.lazy.compactMap { restriction.child($0)?.attribute("value") }.first
        }
        minimum = facet("minInclusive", "minExclusive") ?? minimum
        maximum = facet("maxInclusive", "maxExclusive") ?? maximum
        minimumLength = facet("minLength", "length").flatMap { Int($0) } ?? minimumLength
        maximumLength = facet("maxLength", "length").flatMap { Int($0) } ?? maximumLength
        hasPattern = hasPattern || restriction.child("pattern") != nil
    }

    init(named name: Definitions.QualifiedName, in definitions: Definitions) {
        guard name.namespace != Definitions.xsd, let type = definitions.component(.type, name),
            type.node.name == "simpleType"
        else {
            self.init(base: name.namespace == Definitions.xsd ? name.name : "string")
            return
        }
        self.init(type.node, in: definitions)
    }

    // MARK: Values

    /// A value that the type allows, as far as patterns permit.
    func sound(using random: inout some RandomNumberGenerator) -> String {
        if let member = union.randomElement(using: &random) { return member.sound(using: &random) }
        if let value = enumeration.randomElement(using: &random) { return value }
        let one = Self.ordinary[base] ?? ["a", "Camera 1", "x-y_z", "1"]
        return fitted(one.randomElement(using: &random) ?? "1", using: &random)
    }

    /// A value at a bound of the type.
    func atBound(using random: inout some RandomNumberGenerator) -> String {
        if let member = union.randomElement(using: &random) { return member.atBound(using: &random) }
        if let value = [enumeration.first, enumeration.last].compactMap({ $0 }).randomElement(using: &random) {
            return value
        }
        let bounds = [minimum, maximum].compactMap { $0 } + (Self.extremes[base] ?? [])
        if let bound = bounds.randomElement(using: &random) { return bound }
        return String(
            repeating: "x", count: [minimumLength ?? 0, maximumLength ?? 64].randomElement(using: &random) ?? 0)
    }

    /// A value that the type does not allow, or that no device can mean.
    func beyondBound(using random: inout some RandomNumberGenerator) -> String {
        if let number = (Bool.random(using: &random) ? minimum : maximum).flatMap(Double.init) {
            return XMLWriter.string(number + (Bool.random(using: &random) ? 1 : -1))
        }
        if let maximumLength { return String(repeating: "x", count: maximumLength + 1) }
        return (Self.wrong[base] ?? [""] + Self.strange).randomElement(using: &random) ?? ""
    }

    private func fitted(_ text: String, using random: inout some RandomNumberGenerator) -> String {
        if let low = minimum.flatMap(Double.init), let value = Double(text), value < low { return minimum ?? text }
        if let high = maximum.flatMap(Double.init), let value = Double(text), value > high { return maximum ?? text }
        if let minimumLength, text.count < minimumLength {
            return text + String(repeating: "x", count: minimumLength - text.count)
        }
        if let maximumLength, text.count > maximumLength { return String(text.prefix(maximumLength)) }
        return text
    }

    /// By built-in type, what clients send on an ordinary day.
    private static let ordinary: [String: [String]] = [
        "boolean": ["true", "false", "1", "0"], "int": ["0", "1", "2", "25", "90", "640"],
        "integer": ["0", "1", "10"], "unsignedInt": ["0", "1", "60"], "long": ["0", "1"], "short": ["1"],
        "nonNegativeInteger": ["0", "1", "5"], "positiveInteger": ["1", "5"], "unsignedShort": ["80", "0"],
        "float": ["0", "0.5", "-0.5", "1", "25"], "double": ["0", "0.5", "1"], "decimal": ["0", "1.5"],
        "duration": ["PT10S", "PT1M", "PT0S"], "dateTime": ["2026-05-28T20:26:40Z", "2030-01-01T00:00:00Z"],
        "anyURI": ["http://192.0.2.1/", "onvif://www.onvif.org/name/x", "urn:uuid:1"],
        "base64Binary": ["", "AAAA", "MIIB"], "hexBinary": ["", "00FF"], "QName": ["tt:x"], "date": ["2026-05-28"],
        "time": ["12:00:00"], "language": ["en"],
    ]

    /// Legal but rare.
    private static let extremes: [String: [String]] = [
        "int": ["-2147483648", "2147483647", "-1"], "integer": ["-9223372036854775808", "99999999999999999999"],
        "unsignedInt": ["4294967295"], "long": ["9223372036854775807"], "nonNegativeInteger": ["0", "4294967295"],
        "float": ["-3.4e38", "3.4e38", "INF", "-INF", "NaN", "1e-45", "-0"], "double": ["1.8e308", "INF", "NaN"],
        "duration": ["P1000000000Y", "-PT1S", "PT0.000001S", "P0Y"], "base64Binary": [""],
        "dateTime": ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-05-28T24:00:00+14:00"],
        "anyURI": ["", "http://[::1]:65535/"], "unsignedShort": ["65535", "0"],
    ]

    /// By built-in type, what is not of the type.
    private static let wrong: [String: [String]] = [
        "boolean": ["yes", "2", "", "TRUE"], "int": ["", "1.5", "2147483648", "x", "0x10", "1e3"],
        "integer": ["", "1.0", "x"], "unsignedInt": ["-1", "4294967296"], "float": ["", "1,5", "infinity", "--1"],
        "duration": ["", "10", "PT", "P", "PT1H1"],
        "dateTime": ["", "yesterday", "2026-13-01T00:00:00Z", "2026-05-28"],
        "base64Binary": ["***", "A"], "hexBinary": ["0", "xy"], "nonNegativeInteger": ["-1"], "QName": ["a:b:c", ":"],
    ]

    private static let strange = [
        String(repeating: "y", count: 65), String(repeating: "z", count: 5_000), "\u{FFFD}", "<&>\"'", "../../etc",
        "a\nb", "   ", "🎥", "%00%2e%2e",
    ]
}
