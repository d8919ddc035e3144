import CXML2

/// A parsed document that answers XPath 1.0 questions; every value is copied out.
///
/// No network, file, DTD or entity is ever touched. Depth is bounded by libxml2 (256 elements), a text by 10 MB.
@safe package struct XMLDocument: ~Copyable {
    /// Largest message that is parsed unless the caller says otherwise.
    package static let defaultSizeLimitBytes = 16 << 20

    let tree: xmlDocPtr

    /// - Throws: ``XMLDocumentError``; nothing is recovered from a broken document.
    package init(_ bytes: [UInt8], sizeLimitBytes: Int = defaultSizeLimitBytes) throws(XMLDocumentError) {
        guard bytes.count <= sizeLimitBytes, let count = Int32(exactly: bytes.count) else {
            throw .tooLarge(bytes: bytes.count, limitBytes: sizeLimitBytes)
        }
        guard !bytes.isEmpty else { throw .notWellFormed(line: 1, reason: "the document is empty") }
        guard XMLLibrary.isReady, let parser = unsafe xmlNewParserCtxt() else { throw .outOfMemory }
        defer { unsafe xmlFreeParserCtxt(parser) }
        unsafe glasseye_xml_refuse_doctypes(parser)
        let flags =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue
        let tree = unsafe bytes.withUnsafeBytes { bytes in
            unsafe xmlCtxtReadMemory(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count, nil, nil, Int32(flags))
        }
        guard unsafe parser.pointee._private == nil else {
            if let tree = unsafe tree { unsafe xmlFreeDoc(tree) }
            throw .documentType
        }
        guard let tree = unsafe tree else {
            let error = unsafe xmlCtxtGetLastError(parser)
            let line = unsafe error.map { unsafe Int($0.pointee.line) } ?? 0
            let reason = unsafe error.flatMap { unsafe $0.pointee.message }.map { unsafe String(cString: $0) } ?? ""
            throw .notWellFormed(line: line, reason: reason.trimmingLineEnd)
        }
        unsafe self.tree = tree
    }

    deinit { unsafe xmlFreeDoc(tree) }

    /// Evaluates the expression from an element, or from the document where none is given.
    ///
    /// `namespaces`: prefix → namespace, for the names in the expression only.
    /// - Throws: ``XPathError``; `expression` for a mistake in the expression, `tooCostly` beyond the bound of steps.
    package func evaluate(
        _ expression: String, from element: XMLElementPath? = nil, namespaces: [String: String] = [:]
    ) throws(XPathError) -> XPathValue {
        guard let context = unsafe xmlXPathNewContext(tree) else { throw .outOfMemory }
        defer { unsafe xmlXPathFreeContext(context) }
        unsafe context.pointee.opLimit = Self.xpathStepLimit
        // The context keeps the last error; without a function libxml2 would also print it.
        unsafe glasseye_xml_set_xpath_errors(context) { _, _ in }
        for (prefix, namespace) in namespaces {
            unsafe xmlXPathRegisterNs(context, prefix, namespace)
        }
        if let element {
            guard let node = unsafe node(at: element) else { throw .noSuchElement }
            unsafe context.pointee.node = node
        } else {
            unsafe context.pointee.node = UnsafeMutableRawPointer(tree).assumingMemoryBound(to: xmlNode.self)
        }
        guard let result = unsafe xmlXPathEvalExpression(expression, context) else {
            let error = unsafe context.pointee.lastError
            // XML_XPATH_EXPRESSION_OK is the zero of the codes; XPATH_OP_LIMIT_EXCEEDED and the recursion limit are
            // the only ones that depend on the document.
            let code = unsafe error.code - Int32(XML_XPATH_EXPRESSION_OK.rawValue)
            if code == XPATH_OP_LIMIT_EXCEEDED.rawValue || code == XPATH_RECURSION_LIMIT_EXCEEDED.rawValue {
                throw .tooCostly
            }
            let reason = unsafe error.message.map { unsafe String(cString: $0).trimmingLineEnd } ?? "not evaluated"
            throw .expression(expression, reason: reason)
        }
        defer { unsafe xmlXPathFreeObject(result) }
        return unsafe value(of: result)
    }

    /// XPath steps that one expression may take, some tenths of a second.
    package static let xpathStepLimit: UInt = 20_000_000

    /// The element with all that is in it as a document of its own, every prefix in scope declared on it.
    package func serialized(_ element: XMLElementPath) -> String? {
        guard let node = unsafe node(at: element) else { return nil }
        var count: Int32 = 0
        guard let text = unsafe glasseye_xml_standalone(tree, node, &count) else { return nil }
        defer { unsafe glasseye_xml_free_text(text) }
        return unsafe String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }

    // MARK: - Copies

    private func value(of object: xmlXPathObjectPtr) -> XPathValue {
        switch unsafe object.pointee.type {
        case XPATH_BOOLEAN: .boolean(unsafe object.pointee.boolval != 0)
        case XPATH_NUMBER: .number(unsafe object.pointee.floatval)
        case XPATH_STRING: .string(unsafe object.pointee.stringval.map { unsafe String(cString: $0) } ?? "")
        default: .nodes(unsafe nodes(of: object.pointee.nodesetval))
        }
    }

    private func nodes(of set: xmlNodeSetPtr?) -> [XPathNode] {
        guard let set = unsafe set, let table = unsafe set.pointee.nodeTab else { return [] }
        let found = unsafe UnsafeBufferPointer(start: table, count: Int(set.pointee.nodeNr))
        return unsafe found.compactMap { node in unsafe node.map { node in unsafe copy(node) } }
    }

    private func copy(_ node: xmlNodePtr) -> XPathNode {
        let kind = unsafe node.pointee.type
        let text = unsafe xmlNodeGetContent(node)
        defer { unsafe glasseye_xml_free_text(text) }
        var attributes: [XMLAttribute] = []
        var namespace = ""
        // A namespace node is an xmlNs in disguise: none of the fields of a node may be read.
        guard kind != XML_NAMESPACE_DECL else {
            return XPathNode(name: "", namespace: "", text: "", attributes: [], line: 0, path: nil)
        }
        if kind == XML_ELEMENT_NODE {
            var next = unsafe node.pointee.properties
            while let attribute = unsafe next {
                let value = unsafe xmlNodeListGetString(tree, attribute.pointee.children, 1)
                defer { unsafe glasseye_xml_free_text(value) }
                attributes.append(
                    XMLAttribute(
                        namespace: unsafe attribute.pointee.ns?.pointee.href.map { unsafe String(cString: $0) } ?? "",
                        name: unsafe attribute.pointee.name.map { unsafe String(cString: $0) } ?? "",
                        value: unsafe value.map { unsafe String(cString: $0) } ?? ""))
                unsafe next = attribute.pointee.next
            }
        }
        if kind == XML_ELEMENT_NODE || kind == XML_ATTRIBUTE_NODE {
            namespace = unsafe node.pointee.ns?.pointee.href.map { unsafe String(cString: $0) } ?? ""
        }
        let owner = kind == XML_ELEMENT_NODE ? unsafe node : unsafe node.pointee.parent
        return XPathNode(
            name: unsafe node.pointee.name.map { unsafe String(cString: $0) } ?? "", namespace: namespace,
            text: unsafe text.map { unsafe String(cString: $0) } ?? "", attributes: attributes,
            line: unsafe owner.map { unsafe Int(xmlGetLineNo($0)) } ?? 0,
            path: kind == XML_ELEMENT_NODE ? unsafe path(of: node) : nil)
    }

    private func path(of element: xmlNodePtr) -> XMLElementPath {
        var indices: [Int] = []
        var current: xmlNodePtr? = unsafe element
        while let node = unsafe current, unsafe node.pointee.type == XML_ELEMENT_NODE {
            var index = 0
            var sibling = unsafe xmlPreviousElementSibling(node)
            while let previous = unsafe sibling {
                index += 1
                unsafe sibling = xmlPreviousElementSibling(previous)
            }
            indices.append(index)
            unsafe current = node.pointee.parent
        }
        return XMLElementPath(indices: indices.reversed().dropFirst().map { $0 })
    }

    func node(at path: XMLElementPath) -> xmlNodePtr? {
        var node = unsafe xmlDocGetRootElement(tree)
        for index in path.indices {
            guard let parent = unsafe node else { return nil }
            unsafe node = xmlFirstElementChild(parent)
            for _ in 0..<index {
                guard let child = unsafe node else { return nil }
                unsafe node = xmlNextElementSibling(child)
            }
        }
        return unsafe node
    }
}

/// The one start of libxml2, which must come before threads use it.
enum XMLLibrary {
    static let isReady: Bool = {
        xmlInitParser()
        return true
    }()
}

extension String {
    /// libxml2 ends its messages with a line feed.
    var trimmingLineEnd: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
