/// A body of `text/parameters`: names, with values behind a colon where the message has any.
///
/// Source: RFC 2326 §10.8 GET_PARAMETER, §10.9 SET_PARAMETER.
package struct ParameterBody: Hashable, Sendable {
    /// Lines that are read at most.
    package static let limit = 64

    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: String?

        package init(_ name: String, _ value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    package var parameters: [Parameter]

    package init(_ parameters: [Parameter]) { self.parameters = parameters }

    /// - Returns: nil for bytes that are no UTF-8 and for more than `limit` lines.
    package init?(parsing bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count <= Self.limit else { return nil }
        parameters = lines.compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard let name = parts.first?.trimmed, !name.isEmpty else { return nil }
            return Parameter(name, parts.count == 2 ? parts[1].trimmed : nil)
        }
    }

    /// The value of a parameter, whose name compares without case; nil where it is not there, empty without a value.
    package subscript(name: String) -> String? {
        parameters.first { $0.name.equalsIgnoringCase(name) }.map { $0.value ?? "" }
    }

    /// The body as it is sent.
    package var bytes: [UInt8] {
        parameters.flatMap { Array(($0.name + ($0.value.map { ": \($0)" } ?? "") + "\r\n").utf8) }
    }
}
