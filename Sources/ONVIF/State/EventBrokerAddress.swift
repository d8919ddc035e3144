import Foundation

/// Where an event broker is: `scheme://host:port`, with `/resource` for WebSockets.
///
/// Source: ONVIF Core 26.06 §9.12.1.1 EventBrokerConfig (`Address`), event.wsdl 25.12.
package struct EventBrokerAddress: Codable, Hashable, Sendable {
    /// `tev:EventBrokerProtocol`.
    package enum Scheme: String, Codable, CaseIterable, Sendable {
        case mqtt, mqtts, ws, wss

        package var isEncrypted: Bool { self == .mqtts || self == .wss }
        package var isWebSocket: Bool { self == .ws || self == .wss }
        /// Where the address has none.
        var defaultPort: Int {
            switch self {
            case .mqtt: 1883
            case .mqtts: 8883
            case .ws: 80
            case .wss: 443
            }
        }
    }

    package enum ParseError: Error, Equatable, Sendable {
        case unknownScheme(String)
        /// What it is not.
        case malformed(String)
    }

    /// The longest address, characters.
    package static let lengthLimit = 1024

    /// As the client wrote it, by which the broker is known.
    package let text: String
    package let scheme: Scheme
    /// Without the brackets of an IPv6 address.
    package let host: String
    package let port: Int
    /// The target of the request of a WebSocket: `/` where the address has none.
    package let resource: String

    package init(_ text: String) throws(ParseError) {
        guard let colon = text.range(of: "://"), text.count <= Self.lengthLimit else {
            throw .malformed("scheme://host:port of at most \(Self.lengthLimit) characters")
        }
        let name = text[..<colon.lowerBound].lowercased()
        guard let scheme = Scheme(rawValue: name) else { throw .unknownScheme(String(name.prefix(20))) }
        guard let parts = URLComponents(string: text), var host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.fragment == nil
        else { throw .malformed("scheme://host:port") }
        if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
        let port = parts.port ?? scheme.defaultPort
        guard (1...65_535).contains(port) else { throw .malformed("an address with a port of 1 to 65535") }
        let query = parts.percentEncodedQuery.map { "?" + $0 } ?? ""
        let resource = (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath) + query
        guard scheme.isWebSocket || resource == "/" else {
            throw .malformed("an address without a resource, which only ws and wss have")
        }
        (self.text, self.scheme, self.host, self.port, self.resource) = (text, scheme, host, port, resource)
    }
}
