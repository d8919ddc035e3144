/// What an XPath 1.0 expression gives.
///
/// Source: XML Path Language 1.0 §1.
package enum XPathValue: Equatable, Sendable {
    /// In document order.
    case nodes([XPathNode])
    case string(String)
    case number(Double)
    case boolean(Bool)
}

/// An element, attribute or text, copied out of its document.
package struct XPathNode: Equatable, Sendable {
    /// Local name; of a text `text`.
    package var name: String
    /// Empty for none.
    package var namespace: String
    /// The string-value: of an element all text in it, in order.
    package var text: String
    package var attributes: [XMLAttribute]
    /// Counted from 1; of an attribute or text the line of its element.
    package var line: Int
    /// Where an element stands, to evaluate further from there; `nil` for all else.
    package var path: XMLElementPath?

    /// The value of the first attribute of that local name.
    package func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
}

/// An element's place: the position among the element children at each level below the root, counted from 0.
package struct XMLElementPath: Hashable, Sendable {
    package var indices: [Int]

    /// - Parameter indices: empty for the root element.
    package init(indices: [Int] = []) { self.indices = indices }
}

/// Why bytes are no document.
package enum XMLDocumentError: Error, Equatable, Sendable {
    case tooLarge(bytes: Int, limitBytes: Int)
    case notWellFormed(line: Int, reason: String)
    /// A document type declaration, which SOAP forbids (SOAP 1.2 Part 1 §5).
    case documentType
    case outOfMemory
}

extension XMLDocumentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the document has \(bytes) bytes, more than \(limit)"
        case .notWellFormed(let line, let reason): "not well-formed XML, line \(line): \(reason)"
        case .documentType: "the document has a document type declaration, which SOAP forbids; leave it out"
        case .outOfMemory: "no memory for the document"
        }
    }
}

/// Why an expression gave no value.
package enum XPathError: Error, Equatable, Sendable {
    /// A mistake in the expression itself, such as its syntax or a prefix without namespace.
    case expression(String, reason: String)
    /// The document is too large for this expression.
    case tooCostly
    /// The path names no element of this document.
    case noSuchElement
    case outOfMemory
}

extension XPathError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .expression(let text, let reason): "XPath \(text): \(reason)"
        case .tooCostly: "the XPath expression takes more than \(XMLDocument.xpathStepLimit) steps on this document"
        case .noSuchElement: "the document has no element at this place"
        case .outOfMemory: "no memory to evaluate the XPath expression"
        }
    }
}
