/// One specification of a KeyMgmt header: a key management protocol and its message.
///
/// Source: RFC 4567 §3.2 RTSP usage.
package struct KeyManagementSpecification: Hashable, Sendable {
    /// `mikey`.
    package var name: String
    /// What the keys are for; empty where the request's URL says it.
    package var uri: String
    package var message: [UInt8]

    package init(name: String = "mikey", uri: String = "", message: [UInt8]) {
        self.name = name
        self.uri = uri
        self.message = message
    }

    /// Specifications in the order of the header.
    ///
    /// - Returns: nil when one of them is malformed: a key that is left out would be missed only by its silence.
    package static func list(_ header: String) -> [KeyManagementSpecification]? {
        var list: [KeyManagementSpecification] = []
        for part in header.split(separator: ",") {
            guard let specification = KeyManagementSpecification(part) else { return nil }
            list.append(specification)
        }
        return list.isEmpty ? nil : list
    }

    /// - Returns: nil without a protocol or without a message in base 64.
    package init?(_ text: some StringProtocol) {
        (name, uri) = ("", "")
        var message: [UInt8]?
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            let value = String(pair[1].filter { $0 != "\"" && !$0.isWhitespace })
            switch Substring(pair[0]).trimmed.lowercased() {
            case "prot": name = value.lowercased()
            case "uri": uri = value
            case "data": message = Base64.decode(value)
            default: break
            }
        }
        guard let message, !name.isEmpty else { return nil }
        self.message = message
    }

    /// The specification as header text.
    package var text: String { "prot=\(name);uri=\"\(uri)\";data=\"\(Base64.encode(message))\"" }
}
