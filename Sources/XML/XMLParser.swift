import CXML2

/// Why a message is no acceptable XML.
package enum XMLParseError: Error, Equatable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyElements(limit: Int)
    /// SOAP 1.2 part 1 §5 forbids document type declarations; they are how entity bombs arrive.
    case documentType
    case notWellFormed(line: Int, message: String)
}

extension XMLParseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the message has \(bytes) bytes; at most \(limit) are read"
        case .tooDeep(let limit): "elements are nested deeper than \(limit)"
        case .tooManyElements(let limit): "the message has more than \(limit) elements"
        case .documentType: "a document type declaration is not allowed in a SOAP message"
        case .notWellFormed(let line, let message): "line \(line): \(message)"
        }
    }
}

/// Bounds of one message.
package struct XMLLimits: Sendable {
    package var bytes: Int
    package var depth: Int
    package var elements: Int

    /// Generous for every ONVIF request: the largest official one (a certificate upload) is below 64 KiB.
    package static let message = XMLLimits(bytes: 1 << 20, depth: 64, elements: 20_000)

    package init(bytes: Int, depth: Int, elements: Int) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
    }
}

/// Turns UTF-8 bytes into an `XMLElement`, through the SAX2 interface of libxml2: no tree of C nodes is built.
package enum XMLParser {
    /// - Throws: `XMLParseError`; the first offence in document order is named.
    package static func parse(_ bytes: Span<UInt8>, limits: XMLLimits = .message) throws(XMLParseError) -> XMLElement {
        guard bytes.count <= limits.bytes else { throw .tooLarge(bytes: bytes.count, limit: limits.bytes) }
        let builder = Builder(limits: limits)
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var handler = unsafe saxHandler()
            let user = unsafe Unmanaged.passUnretained(builder).toOpaque()
            guard let context = unsafe xmlCreatePushParserCtxt(&handler, user, nil, 0, nil) else { return }
            // NOENT replaces the predefined entities in attribute values; others cannot be declared without a DTD.
            let options =
                XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_NOERROR.rawValue
                | XML_PARSE_NOWARNING.rawValue
            unsafe xmlCtxtUseOptions(context, Int32(options))
            unsafe builder.context = context
            let status = unsafe base.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
                unsafe xmlParseChunk(context, $0, Int32(buffer.count), 1)
            }
            let wellFormed = unsafe status == 0 && context.pointee.wellFormed != 0
            if !wellFormed {
                unsafe builder.fail(
                    .notWellFormed(line: Int(xmlSAX2GetLineNumber(context)), message: message(of: context)))
            }
            unsafe builder.context = nil
            unsafe xmlFreeParserCtxt(context)
        }
        if let failure = builder.failure { throw failure }
        guard let root = builder.root else { throw .notWellFormed(line: 1, message: "the message is empty") }
        return root
    }

    package static func parse(_ bytes: [UInt8], limits: XMLLimits = .message) throws(XMLParseError) -> XMLElement {
        try parse(bytes.span, limits: limits)
    }

    private static func message(of context: xmlParserCtxtPtr) -> String {
        guard let error = unsafe xmlCtxtGetLastError(context), let text = unsafe error.pointee.message else {
            return "not well-formed XML"
        }
        return unsafe String(cString: text).split(separator: "\n").joined(separator: " ")
    }

    private static func saxHandler() -> xmlSAXHandler {
        var handler = unsafe xmlSAXHandler()
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.internalSubset = { user, _, _, _ in unsafe Builder.from(user).refuseDocumentType() }
        unsafe handler.startElementNs = { user, name, _, uri, declared, declarations, count, _, attributes in
            unsafe Builder.from(user).start(
                name, uri, declarations: UnsafeBufferPointer(start: declarations, count: Int(declared) * 2),
                attributes: UnsafeBufferPointer(start: attributes, count: Int(count) * 5))
        }
        unsafe handler.endElementNs = { user, _, _, _ in unsafe Builder.from(user).end() }
        unsafe handler.characters = { user, text, length in unsafe Builder.from(user).characters(text, length) }
        unsafe handler.cdataBlock = { user, text, length in unsafe Builder.from(user).characters(text, length) }
        return unsafe handler
    }
}

/// Receives SAX events and stacks up open elements; lives only inside one `parse`, which owns the parser context.
@safe private final class Builder {
    private let limits: XMLLimits
    private var open: [XMLElement] = []
    private var count = 0
    private(set) var root: XMLElement?
    private(set) var failure: XMLParseError?
    var context: xmlParserCtxtPtr?
    /// libxml2 keeps each name once in its dictionary, so that its address stands for the string while it parses.
    private var names = unsafe [(address: UnsafePointer<xmlChar>?, name: String)](
        repeating: (nil, ""), count: Builder.rememberedNames)
    /// More than a usual message has; names whose addresses meet in a place are read anew.
    private static let rememberedNames = 64

    init(limits: XMLLimits) {
        self.limits = limits
    }

    static func from(_ user: UnsafeMutableRawPointer?) -> Builder {
        guard let user = unsafe user else { preconditionFailure("libxml2 lost the user data that it was given") }
        return unsafe Unmanaged<Builder>.fromOpaque(user).takeUnretainedValue()
    }

    func fail(_ error: XMLParseError) {
        if failure == nil { failure = error }
        if let context = unsafe context { unsafe xmlStopParser(context) }
    }

    func refuseDocumentType() {
        fail(.documentType)
    }

    func start(
        _ name: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?,
        declarations: UnsafeBufferPointer<UnsafePointer<xmlChar>?>,
        attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
    ) {
        guard failure == nil else { return }
        count += 1
        guard open.count < limits.depth else { return fail(.tooDeep(limit: limits.depth)) }
        guard count <= limits.elements else { return fail(.tooManyElements(limit: limits.elements)) }
        var element = unsafe XMLElement(namespace: string(uri), name: string(name), scope: open.last?.scope)
        if !declarations.isEmpty {
            var declared: [(prefix: String, uri: String)] = []
            declared.reserveCapacity(declarations.count / 2)
            for index in stride(from: 0, to: declarations.count, by: 2) {
                unsafe declared.append((string(declarations[index]), string(declarations[index + 1])))
            }
            element.scope = XMLScope(parent: element.scope, declarations: declared)
        }
        for index in stride(from: 0, to: attributes.count, by: 5) {
            guard let begin = unsafe attributes[index + 3], let end = unsafe attributes[index + 4] else { continue }
            let value = unsafe String(decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self)
            unsafe element.attributes.append(
                XMLAttribute(namespace: string(attributes[index + 2]), name: string(attributes[index]), value: value))
        }
        open.append(element)
    }

    func end() {
        guard failure == nil, let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, !open.isEmpty, let text = unsafe text else { return }
        open[open.count - 1].text += unsafe String(
            decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self)
    }

    private func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        let place = (Int(bitPattern: pointer) >> 3) % Self.rememberedNames
        if unsafe names[place].address == pointer { return unsafe names[place].name }
        let text = unsafe String(cString: pointer)
        unsafe names[place] = unsafe (pointer, text)
        return text
    }
}
