package import XML

/// What discovery tells about a device.
///
/// Source: WS-Discovery April 2005 §4 Hello and Bye, §5 Probe; ONVIF Core 26.06 §7.3.
package struct DiscoveryTarget: Equatable, Sendable {
    /// A type as a qualified name.
    package struct TypeName: Hashable, Sendable {
        package let namespace: XMLNamespace
        package let name: String

        package init(namespace: XMLNamespace, name: String) {
            self.namespace = namespace
            self.name = name
        }

        package static let networkVideoTransmitter = TypeName(namespace: .dn, name: "NetworkVideoTransmitter")
        package static let device = TypeName(namespace: .tds, name: "Device")
    }

    package var endpointReference: String
    package var types: [TypeName]
    package var scopes: [String]
    package var metadataVersion: Int
    /// Address and port of the web service; the address is nil where the device listens on all of them.
    package var address: String?
    package var httpPort: Int
    /// Where the device service is.
    package var path = Service.device.path
    package var isDiscoverable: Bool

    /// - Parameters:
    ///   - device: whose names, scopes and ports are told.
    ///   - address: where the device listens; nil for everywhere.
    package init(_ device: DeviceState, address: String?) {
        endpointReference = device.identity.endpointReference
        types = device.model.profiles.contains(.streaming) ? [.networkVideoTransmitter] : []
        types.append(.device)
        scopes = device.system.scopes.map(\.uri)
        metadataVersion = device.system.metadataVersion
        self.address = address
        httpPort = device.identity.httpPort
        isDiscoverable = device.system.isDiscoverable
    }

    /// The address of the device service as somebody on the network of `localAddress` reaches it.
    package func transportAddress(on localAddress: String) -> String {
        "http://\(address ?? localAddress):\(httpPort)\(path)"
    }

    /// Whether a probe asks for this device: every type and every scope of the probe must be ours.
    package func matches(_ probe: DiscoveryMessage.Probe) -> Bool {
        guard isDiscoverable else { return false }
        let ours = Set(types.map { [$0.namespace.uri, $0.name] })
        return probe.types.allSatisfy { ours.contains([$0.namespace, $0.name]) }
            && probe.scopes.allSatisfy { asked in scopes.contains { probe.rule.matches(asked, $0) } }
    }
}

/// How a probe's scope is compared with a device's.
///
/// Source: WS-Discovery April 2005 §5.1; ONVIF Core 26.06 §7.3.3, which replaces RFC 2396 by RFC 3986.
package enum ScopeMatchRule: String, Sendable {
    case rfc3986 = "http://schemas.xmlsoap.org/ws/2005/04/discovery/rfc3986"
    case rfc2396 = "http://schemas.xmlsoap.org/ws/2005/04/discovery/rfc2396"
    case uuid = "http://schemas.xmlsoap.org/ws/2005/04/discovery/uuid"
    case strcmp0 = "http://schemas.xmlsoap.org/ws/2005/04/discovery/strcmp0"
    case ldap = "http://schemas.xmlsoap.org/ws/2005/04/discovery/ldap"
    /// A rule that we do not know matches nothing.
    case unknown = ""

    package func matches(_ asked: String, _ ours: String) -> Bool {
        switch self {
        case .strcmp0: asked == ours
        case .uuid: Self.uuid(asked) == Self.uuid(ours)
        case .rfc3986, .rfc2396: Self.isPrefix(asked, of: ours)
        case .ldap, .unknown: false
        }
    }

    private static func uuid(_ text: String) -> String {
        let lower = text.lowercased()
        return lower.hasPrefix("urn:uuid:") ? String(lower.dropFirst(9)) : lower
    }

    /// Scheme and authority without regard to case, the path segment by segment; `.` and `..` match nothing.
    private static func isPrefix(_ asked: String, of ours: String) -> Bool {
        guard let asked = ScopeURI(asked), let ours = ScopeURI(ours) else { return asked == ours }
        return asked.root == ours.root && ours.segments.starts(with: asked.segments)
            && !asked.segments.contains { $0 == "." || $0 == ".." }
    }

    private struct ScopeURI {
        let root: String
        let segments: [Substring]

        init?(_ text: String) {
            guard let colon = text.firstRange(of: "://") else { return nil }
            let rest = text[colon.upperBound...]
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            root = text[..<slash].lowercased()
            segments = rest[slash...].split(separator: "/")
        }
    }
}
