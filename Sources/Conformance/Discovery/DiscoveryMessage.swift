/// A message of WS-Discovery as the harness reads it: one match of an answer, or an announcement.
///
/// Source: WS-Discovery April 2005 §4 (Hello, Bye), §5 (Probe, ProbeMatch), §6 (Resolve).
public struct FoundDevice: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case hello = "Hello"
        case bye = "Bye"
        case probeMatch = "ProbeMatch"
        case resolveMatch = "ResolveMatch"
    }

    public let kind: Kind
    /// The stable address of the device, such as `urn:uuid:…`.
    public let endpoint: String
    /// With the prefixes of ``Namespaces``, such as `dn:NetworkVideoTransmitter`; other namespaces in braces.
    public let types: Set<String>
    public let scopes: [String]
    /// Where the device service is.
    public let addresses: [String]
    public let metadataVersion: Int?
    public let messageID: String?
    /// The message that this one answers.
    public let relatesTo: String?
    public let action: String?
    /// IP address and port of the sender.
    public let sender: String
    /// Since the request, or since listening began.
    public let after: Duration
    /// The whole message.
    public let text: String

    /// The value behind `onvif://www.onvif.org/<category>/`, percent-decoded, of the first such scope.
    public func scope(_ category: String) -> String? {
        let prefix = "onvif://www.onvif.org/\(category)/"
        guard let scope = scopes.first(where: { $0.hasPrefix(prefix) }) else { return nil }
        return Self.percentDecoded(String(scope.dropFirst(prefix.count)))
    }

    /// All devices in a datagram; empty for what is no such message.
    static func all(in bytes: [UInt8], sender: String, after: Duration) -> [FoundDevice] {
        guard let document = try? SharedDocument(bytes) else { return [] }
        let matches: [(Kind, XPath)] = [
            (.hello, "/env:Envelope/env:Body/d:Hello"), (.bye, "/env:Envelope/env:Body/d:Bye"),
            (.probeMatch, "/env:Envelope/env:Body/d:ProbeMatches/d:ProbeMatch"),
            (.resolveMatch, "/env:Envelope/env:Body/d:ResolveMatches/d:ResolveMatch"),
        ]
        func header(_ path: XPath) -> String? { document.nodes(path).first?.text }
        return matches.flatMap { kind, path in
            document.nodes(path).map { node in
                FoundDevice(
                    kind: kind, endpoint: node.text("wsa04:EndpointReference/wsa04:Address") ?? "",
                    types: Set(node.node("d:Types").map(typeNames) ?? []),
                    scopes: words(node.text("d:Scopes")), addresses: words(node.text("d:XAddrs")),
                    metadataVersion: node.text("d:MetadataVersion").flatMap { Int($0) },
                    messageID: header("/env:Envelope/env:Header/wsa04:MessageID"),
                    relatesTo: header("/env:Envelope/env:Header/wsa04:RelatesTo"),
                    action: header("/env:Envelope/env:Header/wsa04:Action"), sender: sender, after: after,
                    text: String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    private static func words(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// QNames in content, by namespace.
    private static func typeNames(_ node: AnswerNode) -> [String] {
        words(node.text).map { word in
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            let prefix = parts.count == 2 ? parts[0] : ""
            let namespace = node.text("string(namespace::*[name()=\(prefix)])") ?? ""
            let known = Namespaces.all.first { $0.value == namespace }?.key
            return known.map { "\($0):\(parts.last ?? "")" } ?? "{\(namespace)}\(parts.last ?? "")"
        }
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == 0x25, digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Why nothing can be searched for.
public enum DiscoveryError: Error, Equatable, Sendable {
    case noInterface(name: String, known: [String])
    case cannotBind(port: Int, reason: String)
    case badAddress(String)
}

extension DiscoveryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noInterface(let name, let known):
            "no network interface \"\(name)\" with an IPv4 address; there are \(known.joined(separator: ", "))"
        case .cannotBind(let port, let reason):
            "UDP port \(port) cannot be opened: \(reason); end the program that holds it, or choose another port"
        case .badAddress(let text): "\"\(text)\" is no IP address and no known host name"
        }
    }
}
