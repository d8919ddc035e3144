/// An element of a request whose namespaces are written in a way of the test's choice.
struct MessageElement: Sendable {
    /// Prefix in ``Namespaces``; it stands for the namespace and need not appear in the message.
    var namespace: String
    var name: String
    var attributes: [(name: String, value: String)]
    var text: String
    /// Qualified names as content, namespace and local name each.
    var qualifiedNames: [(namespace: String, name: String)]
    var children: [MessageElement]

    init(
        _ namespace: String, _ name: String, attributes: [(name: String, value: String)] = [], text: String = "",
        qualifiedNames: [(namespace: String, name: String)] = [], _ children: [MessageElement] = []
    ) {
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.text = text
        self.qualifiedNames = qualifiedNames
        self.children = children
    }

    static func envelope(header: [MessageElement], body: MessageElement) -> MessageElement {
        MessageElement(
            "env", "Envelope", [MessageElement("env", "Header", header), MessageElement("env", "Body", [body])])
    }

    /// The namespaces of the tree in the order of their first use.
    fileprivate var namespaces: [String] {
        var all = [namespace] + qualifiedNames.map(\.namespace)
        for child in children {
            for namespace in child.namespaces where !all.contains(namespace) { all.append(namespace) }
        }
        return all
    }
}

/// The ways to write namespaces that the namespace cases go through; all mean the same.
///
/// Source: Namespaces in XML 1.0 §6; ONVIF Base Device Test Specification, annex "Example of Requests for Namespaces
/// Test Cases".
enum NamespaceStyle: String, Sendable {
    case usualPrefixes = "the usual prefixes"
    case defaultInEachTag = "a default namespace in each tag"
    case defaultInParentTag = "a default namespace in parent tags"
    case unusualPrefixes = "unusual prefixes"
    case severalPrefixes = "several prefixes for the same namespace"
    case onePrefix = "one prefix for several namespaces"

    /// The whole message.
    func document(_ root: MessageElement) -> String {
        var writer = Writer(style: self, all: root.namespaces)
        writer.write(root, parent: nil)
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + writer.text
    }

    private struct Writer {
        let style: NamespaceStyle
        let all: [String]
        var text = ""
        var count = 0

        mutating func write(_ element: MessageElement, parent: String?) {
            let (prefix, declarations) = naming(of: element, parent: parent)
            let name = prefix.isEmpty ? element.name : "\(prefix):\(element.name)"
            text += "<\(name)\(declarations)"
            for attribute in element.attributes {
                text += " \(attribute.name)=\"\(Markup.escaped(attribute.value))\""
            }
            let names = element.qualifiedNames.enumerated().map { index, qualified in
                if style == .usualPrefixes { return "\(qualified.namespace):\(qualified.name)" }
                text += " xmlns:type\(index)=\"\(Namespaces.uri(qualified.namespace))\""
                return "type\(index):\(qualified.name)"
            }
            text += ">" + Markup.escaped(element.text) + names.joined(separator: " ")
            for child in element.children { write(child, parent: element.namespace) }
            text += "</\(name)>"
        }

        /// The prefix of an element, and what it declares.
        private mutating func naming(
            of element: MessageElement, parent: String?
        ) -> (prefix: String, declarations: String) {
            let uri = Namespaces.uri(element.namespace)
            switch style {
            case .defaultInEachTag: return ("", " xmlns=\"\(uri)\"")
            case .defaultInParentTag: return ("", element.namespace == parent ? "" : " xmlns=\"\(uri)\"")
            case .usualPrefixes:
                guard parent == nil else { return (element.namespace, "") }
                return (element.namespace, all.map { " xmlns:\($0)=\"\(Namespaces.uri($0))\"" }.joined())
            case .unusualPrefixes:
                let prefix = "prefix\((all.firstIndex(of: element.namespace) ?? 0) + 1)"
                guard parent == nil else { return (prefix, "") }
                let declarations = all.enumerated().map { " xmlns:prefix\($0 + 1)=\"\(Namespaces.uri($1))\"" }
                return (prefix, declarations.joined())
            case .severalPrefixes:
                count += 1
                return ("p\(count)", " xmlns:p\(count)=\"\(uri)\"")
            case .onePrefix: return ("p", element.namespace == parent ? "" : " xmlns:p=\"\(uri)\"")
            }
        }
    }
}

extension TestDevice {
    /// Asks the device service with the namespaces written in that way, and expects an answer.
    ///
    /// - Throws: ``CaseEnd``.
    func call(_ operation: String, _ children: [MessageElement] = [], style: NamespaceStyle) async throws -> Answer {
        let reply = try await reply(
            to: MessageElement("tds", operation, children), style: style,
            action: WSAddressing.action(of: operation, in: .device))
        return try reply.success()
    }

    /// Asks with the namespaces written in that way, and takes whatever comes.
    ///
    /// - `header`: what stands in the header before the token of the user.
    /// - `address`: another one than that of the device service.
    func reply(
        to body: MessageElement, style: NamespaceStyle, header: [MessageElement] = [], at address: String? = nil,
        action: String
    ) async throws -> Reply {
        var header = header
        var digest: DeviceCredentials?
        if let credentials = link.target.credentials {
            switch await link.authentication {
            case .httpDigest: digest = credentials
            case .usernameToken(let token): header.append(token.element(for: credentials, now: await link.deviceTime))
            case .both(let token):
                digest = credentials
                header.append(token.element(for: credentials, now: await link.deviceTime))
            case .none: break
            }
        }
        let envelope = MessageElement.envelope(header: header, body: body)
        return try await reply(
            toEnvelope: style.document(envelope), operation: body.name, at: address, action: action, digest: digest)
    }
}
