/// A piece of XML, written as a string literal whose interpolated values are escaped:
///
///     let body: Markup = "<tds:Name>\(name)</tds:Name>"
///
/// Another `Markup` is taken in as it stands, so pieces nest. The prefixes of ``Namespaces/all`` are declared on each
/// request.
public struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The XML as it goes out.
    public var text: String

    /// Takes the text as XML already: for deliberately broken requests and echoed elements.
    public init(raw text: String) { self.text = text }
    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    public struct Interpolation: StringInterpolationProtocol, Sendable {
        var text: String

        public init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
        public mutating func appendInterpolation(_ markups: [Markup]) { text += markups.map(\.text).joined() }
        /// Nothing for `nil`, so that optional elements are written as `\(name.map { "<tt:Name>\($0)</tt:Name>" })`.
        public mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
        public mutating func appendInterpolation<Value: CustomStringConvertible>(_ value: Value) {
            text += Markup.escaped(value.description)
        }
    }

    /// The text with the characters that mean something to XML as references.
    ///
    /// Source: Extensible Markup Language 1.0 §2.4. Control characters, which XML cannot hold, are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
