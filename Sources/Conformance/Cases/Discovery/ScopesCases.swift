import ONVIF

extension TestCase {
    static let scopesConfiguration = TestCase(
        id: "DISCOVERY-1-1-11",
        title: "DEVICE SCOPES CONFIGURATION",
        covers: .core("8.3.16"), .core("8.3.15"), .core("8.3.17"), .core("7.3.2"),
        requires: [.discovery],
        mutants: .scopesWithoutLocation, .setScopesRefuses, .addScopesRefuses, .removeScopesRefuses,
        .addScopesWithoutHello, .removeScopesForgets, .removeScopesWithoutHello, .metadataVersionStands,
        .answersNoProbe, .answersEveryProbe, .helloWithoutScopes, .answersProbeWithoutScopes
    ) { device, findings in
        let before = try await device.call("GetScopes")
        let scopes = before.texts("tds:Scopes/tt:ScopeItem")
        DiscoveryChecks.expectScopes(scopes, in: "GetScopesResponse", &findings)
        let configurable = before.texts("tds:Scopes[tt:ScopeDef='Configurable']/tt:ScopeItem")
        let identity = try await device.discoveryIdentity()
        device.afterwards("scopes") { try await restore(configurable, on: $0) }

        // What is configurable stays, so that nobody loses the device while the case runs.
        let wanted = configurable + [replacement]
        guard
            try await change(
                "SetScopes", "tds:Scopes", wanted, of: device, identity, until: { $0.contains(replacement) }
            )
            .isDone
        else { return }

        let adding = try await change(
            "AddScopes", "tds:ScopeItem", [addition], of: device, identity, until: { $0.contains(addition) })
        guard adding.isDone else { return }
        let fixed = before.texts("tds:Scopes[tt:ScopeDef='Fixed']/tt:ScopeItem")
        expectHello(adding, after: "AddScopes", with: fixed + wanted + [addition], without: nil, &findings)
        let found = try await device.probe(scopes: [addition])
        DiscoveryChecks.expectMatch(found, for: "a Probe for the added scope", of: device, &findings)
        if let match = found.match {
            findings.expect(
                match.scopes.contains(addition), "a ProbeMatch with the added scope",
                found: match.scopes.joined(separator: " "))
        }

        let removing = try await change(
            "RemoveScopes", "tds:ScopeItem", [addition], of: device, identity, until: { !$0.contains(addition) })
        expectHello(removing, after: "RemoveScopes", with: fixed + wanted, without: addition, &findings)
        if let first = adding.hello?.metadataVersion, let second = removing.hello?.metadataVersion {
            findings.expect(
                second > first, "a MetadataVersion above \(first) after another change", found: "\(second)")
        }
        let lost = try await device.probe(scopes: [addition])
        findings.expect(lost.match == nil, "no ProbeMatch for the removed scope", found: lost.summary)
    }

    private static let replacement = "onvif://www.onvif.org/location/glasseye/replaced"
    private static let addition = "onvif://www.onvif.org/location/glasseye/added"

    /// What a change of scopes brought.
    private struct ScopeChange {
        /// Not so when the device keeps no more scopes, which it may.
        var isDone: Bool
        /// The first Hello that shows the change, else any.
        var hello: FoundDevice?
    }

    private struct TooManyScopes: Error {}

    private static func change(
        _ operation: String, _ element: String, _ scopes: [String], of device: TestDevice,
        _ identity: DiscoveryIdentity, until isShown: @escaping @Sendable ([String]) -> Bool
    ) async throws -> ScopeChange {
        let name = Markup(raw: element)
        let body: Markup = "\(scopes.map { "<\(name)>\($0)</\(name)>" as Markup })"
        let hellos: [FoundDevice]
        do {
            hellos = try await device.announcements(
                of: identity, within: device.link.target.discoveryTimeout,
                until: { $0.kind == .hello && isShown($0.scopes) }
            ) {
                let reply = try await device.reply(to: operation, body)
                if reply.fault?.subcodes.contains("TooManyScopes") == true { throw TooManyScopes() }
                _ = try reply.success()
            }.filter { $0.kind == .hello }
        } catch is TooManyScopes {
            return ScopeChange(isDone: false)
        }
        return ScopeChange(isDone: true, hello: hellos.first { isShown($0.scopes) } ?? hellos.last)
    }

    private static func expectHello(
        _ change: ScopeChange, after operation: String, with scopes: [String], without removed: String?,
        _ findings: inout Findings
    ) {
        guard
            findings.expect(
                change.hello != nil, "a multicast Hello after \(operation)", found: "no Hello of the device"),
            let hello = change.hello
        else { return }
        let missing = scopes.filter { !hello.scopes.contains($0) }
        findings.expect(
            missing.isEmpty, "a Hello with all scopes after \(operation)",
            found: "one without \(missing.joined(separator: " "))")
        if let removed {
            findings.expect(!hello.scopes.contains(removed), "a Hello without the removed scope", found: removed)
        }
    }

    private static func restore(_ configurable: [String], on device: TestDevice) async throws {
        let now = try await device.call("GetScopes").texts("tds:Scopes[tt:ScopeDef='Configurable']/tt:ScopeItem")
        if Set(now) == Set(configurable) { return }
        let surplus = now.filter { !configurable.contains($0) }
        if configurable.isEmpty {
            try await device.call(
                "RemoveScopes", "\(surplus.map { "<tds:ScopeItem>\($0)</tds:ScopeItem>" as Markup })")
        } else {
            try await device.call("SetScopes", "\(configurable.map { "<tds:Scopes>\($0)</tds:Scopes>" as Markup })")
        }
    }
}
