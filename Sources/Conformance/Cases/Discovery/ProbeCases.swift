import ONVIF

extension TestCase {
    static let searchByScopes = TestCase(
        id: "DISCOVERY-1-1-3",
        title: "SEARCH BASED ON DEVICE SCOPE TYPES",
        covers: .core("7.3.3"),
        requires: [.discovery],
        mutants: .scopesWithoutLocation, .answersNoProbe, .answersProbeToWrongMessage, .answersProbeWithoutTypes,
        .answersProbeWithForeignType, .answersProbeWithoutScopes, .answersProbeWithoutLocation,
        .answersProbeWithWrongAddress, .answersProbeWithWrongPath
    ) { device, findings in
        try await probeByScopes(of: device, isUnicast: false, &findings)
    }

    static let searchWithoutCriteria = TestCase(
        id: "DISCOVERY-1-1-4",
        title: "SEARCH WITH OMITTED DEVICE AND SCOPE TYPES",
        covers: .core("7.3.3"),
        requires: [.discovery],
        mutants: .answersNoProbe, .answersProbeToWrongMessage, .answersProbeWithoutTypes,
        .answersProbeWithForeignType, .answersProbeWithoutScopes, .answersProbeWithWrongAddress,
        .answersProbeWithWrongPath
    ) { device, findings in
        DiscoveryChecks.expectMatch(
            try await device.probe(), for: "a Probe without types and scopes", of: device, &findings)
    }

    static let invalidSearch = TestCase(
        id: "DISCOVERY-1-1-5",
        title: "RESPONSE TO INVALID SEARCH REQUEST",
        covers: .core("7.3.3"),
        requires: [.discovery],
        mutants: .answersEveryProbe
    ) { device, findings in
        try await probeInVain(for: device, isUnicast: false, &findings)
    }

    static let unicastSearch = TestCase(
        id: "DISCOVERY-1-1-6",
        title: "SEARCH USING UNICAST PROBE MESSAGE",
        covers: .core("7.3.3"),
        requires: [.discovery],
        mutants: .answersOnlyMulticastProbe, .answersEveryProbe, .answersProbeWithoutScopes
    ) { device, findings in
        try await probeByScopes(of: device, isUnicast: true, &findings)
        DiscoveryChecks.expectMatch(
            try await device.probe(isUnicast: true), for: "a unicast Probe without types and scopes", of: device,
            &findings)
        try await probeInVain(for: device, isUnicast: true, &findings)
    }

    // MARK: - Steps

    private static func probeByScopes(
        of device: TestDevice, isUnicast: Bool, _ findings: inout Findings
    ) async throws {
        let scopes = try await device.call("GetScopes").texts("tds:Scopes/tt:ScopeItem")
        DiscoveryChecks.expectScopes(scopes, in: "GetScopesResponse", &findings)
        for category in DiscoveryChecks.categories {
            guard let scope = DiscoveryChecks.scopes(of: category, in: scopes).first else { continue }
            DiscoveryChecks.expectMatch(
                try await device.probe(scopes: [scope], isUnicast: isUnicast),
                for: "a \(isUnicast ? "unicast " : "")Probe for \(scope)", of: device, &findings)
        }
    }

    /// A Probe for a type that no device has and for a scope that is no URI.
    private static func probeInVain(
        for device: TestDevice, isUnicast: Bool, _ findings: inout Findings
    ) async throws {
        let outcome = try await device.probe(
            types: [("dn", "GlasseyeInvalidType")], scopes: ["%zz-glasseye-invalid-scope"], isUnicast: isUnicast)
        findings.expect(
            outcome.match == nil, "no ProbeMatch for types and scopes that the device does not have",
            found: outcome.summary)
    }
}
