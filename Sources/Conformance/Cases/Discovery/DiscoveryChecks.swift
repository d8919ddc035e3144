/// What Hello and ProbeMatch have to tell alike.
enum DiscoveryChecks {
    /// The categories that each device has a scope of.
    ///
    /// Source: ONVIF Base Device Test Specification, DISCOVERY-1-1-2 and 1-1-3.
    static let categories = ["type", "location", "hardware", "name"]
    static let path = "/onvif/device_service"

    static func scopes(of category: String, in scopes: [String]) -> [String] {
        scopes.filter { $0.hasPrefix("onvif://www.onvif.org/\(category)/") }
    }

    static func expectScopes(_ scopes: [String], in what: String, _ findings: inout Findings) {
        for category in categories {
            findings.expect(
                !Self.scopes(of: category, in: scopes).isEmpty, "\(what) with a scope of the category \(category)",
                found: scopes.isEmpty ? "no scopes" : scopes.joined(separator: " "), clause: .core("7.3.2.2.1"))
        }
    }

    static func expectTypes(_ types: Set<String>, in what: String, _ findings: inout Findings) {
        findings.expect(
            types.contains("tds:Device") || types.contains("dn:NetworkVideoTransmitter"),
            "\(what) with the type tds:Device or dn:NetworkVideoTransmitter, each in its namespace",
            found: types.isEmpty ? "no types" : types.sorted().joined(separator: " "), clause: .core("7.3.2.1"))
    }

    /// Judges the answer to a Probe that the device should have matched.
    static func expectMatch(
        _ outcome: ProbeOutcome, for what: String, of device: TestDevice, _ findings: inout Findings
    ) {
        let limit = device.link.target.discoveryTimeout
        guard
            findings.expect(
                outcome.match != nil,
                "a ProbeMatch within \(limit) for \(what), answering its MessageID, with the address of the device",
                found: outcome.summary),
            let match = outcome.match
        else { return }
        expectTypes(match.types, in: "a ProbeMatch", &findings)
        expectScopes(match.scopes, in: "a ProbeMatch", &findings)
        let identity = DiscoveryIdentity(device.link.target)
        findings.expect(
            match.addresses.contains { identity.isAddress($0) && WebAddress($0)?.path == path },
            "XAddrs with the device service at \(path)", found: match.addresses.joined(separator: " "),
            clause: .core("7.3.2.3"))
    }
}
