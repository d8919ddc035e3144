import ONVIF

extension TestCase {
    static let discoveryDefaultNamespaceInEachTag = TestCase(
        id: "DISCOVERY-2-1-1",
        title: "DISCOVERY - NAMESPACES (DEFAULT NAMESPACES FOR EACH TAG)",
        covers: .core("5.3"),
        requires: [.discovery],
        mutants: .mindsDefaultNamespacesOfProbe, .mindsPrefixesOfProbe, .scopesWithoutLocation
    ) { device, findings in
        try await search(for: device, style: .defaultInEachTag, &findings)
    }

    static let discoveryDefaultNamespaceInParentTag = TestCase(
        id: "DISCOVERY-2-1-2",
        title: "DISCOVERY - NAMESPACES (DEFAULT NAMESPACES FOR PARENT TAG)",
        covers: .core("5.3"),
        requires: [.discovery],
        mutants: .mindsDefaultNamespacesOfProbe, .mindsPrefixesOfProbe, .answersProbeWithoutTypes
    ) { device, findings in
        try await search(for: device, style: .defaultInParentTag, &findings)
    }

    static let discoveryUnusualPrefixes = TestCase(
        id: "DISCOVERY-2-1-3",
        title: "DISCOVERY - NAMESPACES (NOT STANDARD PREFIXES)",
        covers: .core("5.3"),
        requires: [.discovery],
        mutants: .mindsPrefixesOfProbe, .answersProbeWithoutScopes
    ) { device, findings in
        try await search(for: device, style: .unusualPrefixes, &findings)
    }

    static let discoverySeveralPrefixes = TestCase(
        id: "DISCOVERY-2-1-4",
        title: "DISCOVERY - NAMESPACES (DIFFERENT PREFIXES FOR THE SAME NAMESPACE)",
        covers: .core("5.3"),
        requires: [.discovery],
        mutants: .mindsPrefixesOfProbe, .answersProbeWithWrongPath
    ) { device, findings in
        try await search(for: device, style: .severalPrefixes, &findings)
    }

    static let discoveryOnePrefix = TestCase(
        id: "DISCOVERY-2-1-5",
        title: "DISCOVERY - NAMESPACES (THE SAME PREFIX FOR DIFFERENT NAMESPACES)",
        covers: .core("5.3"),
        requires: [.discovery],
        mutants: .mindsRedeclaredPrefixesOfProbe, .mindsPrefixesOfProbe
    ) { device, findings in
        try await search(for: device, style: .onePrefix, &findings)
    }

    /// A Probe for a type and all categories of scopes at once.
    private static func search(
        for device: TestDevice, style: NamespaceStyle, _ findings: inout Findings
    ) async throws {
        let scopes = try await device.call("GetScopes").texts("tds:Scopes/tt:ScopeItem")
        DiscoveryChecks.expectScopes(scopes, in: "GetScopesResponse", &findings)
        let types = try await device.probe().match?.types ?? []
        let type = types.contains("tds:Device") ? ("tds", "Device") : ("dn", "NetworkVideoTransmitter")
        let asked = DiscoveryChecks.categories.compactMap { DiscoveryChecks.scopes(of: $0, in: scopes).first }
        DiscoveryChecks.expectMatch(
            try await device.probe(types: [type], scopes: asked, style: style),
            for: "a Probe with \(style.rawValue)", of: device, &findings)
    }
}
