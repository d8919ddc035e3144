import ONVIF

/// How the habits of a mutant show in discovery messages.
extension Habit {
    /// Whether the probe is left unanswered for the way it came or is written.
    func ignoresProbe(of message: [UInt8], isUnicast: Bool) -> Bool {
        let text = String(decoding: message, as: UTF8.self)
        return switch self {
        case .answersOnlyMulticastProbe: isUnicast
        case .mindsPrefixesOfProbe: XMLWording(text).hasForeignPrefixes
        case .mindsDefaultNamespacesOfProbe: XMLWording(text).hasDefaultNamespace
        case .mindsRedeclaredPrefixesOfProbe: XMLWording(text).redeclaresPrefix
        default: false
        }
    }

    /// What a ProbeMatch tells.
    func inMatch(_ target: DiscoveryTarget) -> DiscoveryTarget {
        var target = target
        switch self {
        case .answersProbeWithoutScopes: target.scopes = []
        case .answersProbeWithoutTypes: target.types = []
        case .answersProbeWithWrongAddress: target.httpPort = 9
        case .answersProbeWithWrongPath: target.path = "/onvif/services"
        case .answersProbeWithoutLocation: target.dropLocation()
        case .answersProbeWithForeignType: target.types = [Self.foreignType]
        default: break
        }
        return target
    }

    /// What a Hello tells.
    func inHello(_ target: DiscoveryTarget) -> DiscoveryTarget {
        var target = target
        switch self {
        case .helloWithoutScopes: target.scopes = []
        case .helloWithoutLocation: target.dropLocation()
        case .helloWithoutTypes: target.types = []
        case .helloWithForeignType: target.types = [Self.foreignType]
        case .helloWithoutReference: target.endpointReference = ""
        default: break
        }
        return target
    }

    /// The right name in the wrong namespace.
    private static let foreignType = DiscoveryTarget.TypeName(namespace: .d, name: "NetworkVideoTransmitter")
}

extension DiscoveryTarget {
    fileprivate mutating func dropLocation() {
        scopes.removeAll { $0.hasPrefix("onvif://www.onvif.org/location/") }
    }
}
