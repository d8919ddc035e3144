/// A SOAP 1.2 fault as the device sent it.
///
/// Source: SOAP 1.2 Part 1 §5.4; ONVIF Core 26.06 §5.8.2.
public struct DeviceFault: Sendable, Equatable {
    /// Local name in the SOAP namespace, such as "Sender"; with the namespace in braces when it is another.
    public let code: String
    /// Outermost first; local names in the ONVIF error namespace, others with their namespace in braces.
    public let subcodes: [String]
    public let reason: String
    /// HTTP status.
    public let status: Int
    /// Local name of the first element in the detail, such as "PullMessagesFaultResponse".
    public let detail: String?
    /// Texts of the innermost elements of the detail by local name, such as "MinimumTime"; the first of each name.
    public let details: [String: String]

    init?(document: SharedDocument, status: Int) {
        guard let fault = document.nodes("/env:Envelope/env:Body/env:Fault").first else { return nil }
        code = fault.node("env:Code/env:Value").map { Self.name($0, home: "env") } ?? ""
        var subcodes: [String] = []
        var next = fault.node("env:Code/env:Subcode")
        // libxml2 bounds the depth of the document, and so this loop.
        while let subcode = next {
            if let value = subcode.node("env:Value") { subcodes.append(Self.name(value, home: "ter")) }
            next = subcode.node("env:Subcode")
        }
        self.subcodes = subcodes
        reason = fault.text("env:Reason/env:Text") ?? ""
        self.status = status
        detail = fault.node("env:Detail/*")?.name
        details = Dictionary(
            fault.nodes("env:Detail//*[not(*)]").map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    /// A QName in content with its prefix resolved where it stands.
    private static func name(_ node: AnswerNode, home: String) -> String {
        let parts = node.text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let local = parts.last else { return "" }
        let prefix = parts.count == 2 ? parts[0] : ""
        let namespace = node.text("string(namespace::*[name()=\(prefix)])") ?? ""
        return namespace == Namespaces.uri(home) ? local : "{\(namespace)}\(local)"
    }
}

extension DeviceFault: CustomStringConvertible {
    public var description: String {
        (["env:" + code] + subcodes.map { "ter:" + $0 }).joined(separator: "/") + " \"\(reason)\" (HTTP \(status))"
    }
}
