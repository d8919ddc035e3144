package import Foundation
package import XML

/// Reading the arguments of a request; what is missing or malformed is a fault that names it.
///
/// Source: ONVIF Core 26.06 §5.8.2.2 Generic faults: `ter:InvalidArgs` (missing or superfluous) and `ter:InvalidArgVal` (not of its type).
extension XMLElement {
    package func required(_ name: String) throws(Fault) -> XMLElement {
        guard let child = child(name) else {
            throw .sender("InvalidArgs", reason: "\(self.name) has no \(name)")
        }
        return child
    }

    package func string(_ name: String) throws(Fault) -> String {
        try required(name).trimmedText
    }

    package func optionalString(_ name: String) -> String? {
        child(name)?.trimmedText
    }

    /// A `tt:ReferenceToken` or `tt:Name`: at most 64 characters (ONVIF Core 26.06 §5.4).
    package func token(_ name: String) throws(Fault) -> String {
        let token = try string(name)
        guard token.count <= Self.tokenLimit else {
            throw .sender("InvalidArgVal", reason: "\(name) has more than \(Self.tokenLimit) characters")
        }
        return token
    }

    /// The longest token or name, in characters.
    package static let tokenLimit = 64

    package func requiredAttribute(_ name: String) throws(Fault) -> String {
        guard let value = attribute(name) else {
            throw .sender("InvalidArgs", reason: "\(self.name) has no attribute \(name)")
        }
        return value
    }

    package func integer(_ name: String) throws(Fault) -> Int {
        try required(name).value("an integer") { Int($0) }
    }

    package func optionalInteger(_ name: String) throws(Fault) -> Int? {
        try child(name)?.value("an integer") { Int($0) }
    }

    /// A finite `xs:float`; ONVIF has no use for infinities.
    package func number(_ name: String) throws(Fault) -> Double {
        try required(name).value("a number", Self.finite)
    }

    package func optionalNumber(_ name: String) throws(Fault) -> Double? {
        try child(name)?.value("a number", Self.finite)
    }

    package func numberAttribute(_ name: String) throws(Fault) -> Double {
        let text = try requiredAttribute(name)
        guard let value = Self.finite(text) else {
            throw .sender("InvalidArgVal", reason: "\(self.name)/@\(name) is \"\(text)\", not a number")
        }
        return value
    }

    package func boolean(_ name: String) throws(Fault) -> Bool {
        try required(name).value("a boolean", Self.boolean)
    }

    package func optionalBoolean(_ name: String) throws(Fault) -> Bool? {
        try child(name)?.value("a boolean", Self.boolean)
    }

    package func duration(_ name: String) throws(Fault) -> TimeInterval {
        try required(name).value("a duration", XSDuration.parse)
    }

    package func optionalDuration(_ name: String) throws(Fault) -> TimeInterval? {
        try child(name)?.value("a duration", XSDuration.parse)
    }

    /// An enumeration by its lexical values.
    package func choice<Value: RawRepresentable<String>>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws(Fault) -> Value {
        try required(name).value("one of the values of \(name)") { Value(rawValue: $0) }
    }

    package func optionalChoice<Value: RawRepresentable<String>>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws(Fault) -> Value? {
        try child(name)?.value("one of the values of \(name)") { Value(rawValue: $0) }
    }

    private func value<Value>(_ kind: String, _ parse: (String) -> Value?) throws(Fault) -> Value {
        guard let value = parse(trimmedText) else {
            throw .sender("InvalidArgVal", reason: "\(name) is \"\(trimmedText)\", not \(kind)")
        }
        return value
    }

    private static func finite(_ text: String) -> Double? {
        Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func boolean(_ text: String) -> Bool? {
        switch text {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }
}
