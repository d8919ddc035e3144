import Synchronization
import XML

/// An XPath 1.0 expression over the prefixes of ``Namespaces``; interpolated values become string literals of it:
///
///     answer.node("trt:Profiles[@token=\(token)]")
///
/// A mistake in an expression is ours and stops the program; what stands in a document never does.
public struct XPath: Sendable, ExpressibleByStringInterpolation {
    public let text: String

    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    public struct Interpolation: StringInterpolationProtocol, Sendable {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ path: XPath) { text += path.text }
        public mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
        public mutating func appendInterpolation(_ value: String) { text += XPath.literal(value) }
    }

    /// XPath has no escapes: a value with both kinds of quotes is joined from pieces.
    static func literal(_ value: String) -> String {
        if !value.contains("'") { return "'\(value)'" }
        if !value.contains("\"") { return "\"\(value)\"" }
        let pieces = value.split(separator: "'", omittingEmptySubsequences: false).map { "'\($0)'" }
        return "concat(" + pieces.joined(separator: ", \"'\", ") + ")"
    }
}

/// The device's answer, asked by XPath from the first element of the SOAP body (`tds:GetHostnameResponse`).
///
/// Text comes without white space at its ends. Absent is `nil` or empty; ``require(_:)`` ends the case instead.
public struct Answer: Sendable {
    /// What was asked.
    public let operation: String
    /// Its number in the log of the case.
    public let exchange: Int?
    /// The place that paths start from.
    public let node: AnswerNode

    /// Local name and namespace of the first element of the body.
    public var name: String { node.name }
    public var namespace: String { node.namespace }

    public func text(_ path: XPath) -> String? { node.text(path) }
    public func texts(_ path: XPath) -> [String] { node.texts(path) }
    public func nodes(_ path: XPath) -> [AnswerNode] { node.nodes(path) }
    public func node(_ path: XPath) -> AnswerNode? { node.node(path) }
    public func exists(_ path: XPath) -> Bool { node.exists(path) }
    public func count(_ path: XPath) -> Int { node.count(path) }
    public func number(_ path: XPath) -> Double? { node.number(path) }
    public func flag(_ path: XPath) -> Bool? { node.flag(path) }

    /// From the document instead of the body: `/env:Envelope/env:Header/wsa:Action`.
    public func envelope(_ path: XPath) -> String? { node.text(path) }

    /// The text at the path; the end of the case, with a finding, where there is none or an empty one.
    public func require(_ path: XPath) throws(CaseEnd) -> String {
        guard let text = text(path), !text.isEmpty else {
            throw .missing(path: path.text, operation: operation, exchange: exchange)
        }
        return text
    }

    /// The elements at the path; the end of the case, with a finding, where there are none.
    public func requireNodes(_ path: XPath) throws(CaseEnd) -> [AnswerNode] {
        let nodes = nodes(path)
        guard !nodes.isEmpty else { throw .missing(path: path.text, operation: operation, exchange: exchange) }
        return nodes
    }
}

/// An element of an answer, from which further paths start.
public struct AnswerNode: Sendable {
    private let document: SharedDocument
    private let place: XMLElementPath?
    public let name: String
    /// Empty for none.
    public let namespace: String
    /// All text in it, without white space at its ends.
    public let text: String
    /// Line of the body it stands on, counted from 1.
    public let line: Int
    private let attributes: [XMLAttribute]

    init(document: SharedDocument, node: XPathNode) {
        self.document = document
        place = node.path
        name = node.name
        namespace = node.namespace
        text = node.text.trimmingWhitespace
        line = node.line
        attributes = node.attributes
    }

    /// The value of the first attribute of that local name.
    public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The elements, attributes or texts at the path.
    public func nodes(_ path: XPath) -> [AnswerNode] {
        guard case .nodes(let found)? = document.evaluate(path, from: place) else { return [] }
        return found.map { AnswerNode(document: document, node: $0) }
    }

    public func node(_ path: XPath) -> AnswerNode? { nodes(path).first }
    public func texts(_ path: XPath) -> [String] { nodes(path).map(\.text) }
    public func count(_ path: XPath) -> Int { nodes(path).count }

    /// The first text at the path, or what a string function gives.
    public func text(_ path: XPath) -> String? {
        switch document.evaluate(path, from: place) {
        case .nodes(let found): found.first?.text.trimmingWhitespace
        case .string(let text): text
        case .number(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case nil: nil
        }
    }

    public func exists(_ path: XPath) -> Bool {
        switch document.evaluate(path, from: place) {
        case .nodes(let found): !found.isEmpty
        case .boolean(let flag): flag
        default: false
        }
    }

    /// The number at the path as `xs:double` writes it; `nil` for none or no number.
    public func number(_ path: XPath) -> Double? {
        if case .number(let number)? = document.evaluate(path, from: place) { return number }
        return text(path).flatMap(Double.init)
    }

    /// The `xs:boolean` at the path; `nil` for none or no boolean.
    public func flag(_ path: XPath) -> Bool? {
        switch text(path) {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// The element as XML with all prefixes that it needs, to be echoed.
    public var markup: Markup { Markup(raw: place.flatMap { document.serialized($0) } ?? "") }
}

/// A parsed document that several values look into, one at a time.
final class SharedDocument: Sendable {
    private let document: Mutex<XMLDocument>

    init(_ document: consuming sending XMLDocument) { self.document = Mutex(document) }

    convenience init(_ bytes: [UInt8]) throws(XMLDocumentError) { self.init(try XMLDocument(bytes)) }

    func evaluate(_ path: XPath, from place: XMLElementPath? = nil) -> XPathValue? {
        document.withLock { document in
            do throws(XPathError) {
                return try document.evaluate(path.text, from: place, namespaces: Namespaces.all)
            } catch {
                if case .expression = error { preconditionFailure("\(error)") }
                return nil
            }
        }
    }

    func nodes(_ path: XPath) -> [AnswerNode] {
        guard case .nodes(let found)? = evaluate(path) else { return [] }
        return found.map { AnswerNode(document: self, node: $0) }
    }

    func serialized(_ place: XMLElementPath) -> String? { document.withLock { $0.serialized(place) } }

    func findings(of schema: XMLSchema) -> [SchemaFinding] { document.withLock { schema.validate($0) } }
}

extension String {
    var trimmingWhitespace: String {
        var rest = self[...].drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
