import ONVIF
import XML

extension Mutation {
    static let discoveryMutations: [Mutation] = [
        Mutation(
            .sendsNoHello, "no Hello is sent",
            .habit(.sendsNoHello)),
        Mutation(
            .sendsNoBye, "no Bye is sent",
            .habit(.sendsNoBye)),
        Mutation(
            .rebootsNever, "SystemReboot answers, but nothing happens",
            .habit(.rebootsNever)),
        Mutation(
            .helloWithoutReference, "the EndpointReference of Hello is empty",
            .habit(.helloWithoutReference)),
        Mutation(
            .helloWithoutTypes, "Hello has no types",
            .habit(.helloWithoutTypes)),
        Mutation(
            .helloWithForeignType, "the type in Hello is of another namespace",
            .habit(.helloWithForeignType)),
        Mutation(
            .helloWithoutScopes, "Hello has no scopes",
            .habit(.helloWithoutScopes)),
        Mutation(
            .helloWithoutLocation, "Hello lacks the scope of the location",
            .habit(.helloWithoutLocation)),
        Mutation(
            .answersEveryProbe, "a Probe for other types and scopes is answered, too",
            .habit(.answersEveryProbe)),
        Mutation(
            .answersNoProbe, "no Probe is answered",
            .habit(.answersNoProbe)),
        Mutation(
            .answersOnlyMulticastProbe, "a unicast Probe is not answered",
            .habit(.answersOnlyMulticastProbe)),
        Mutation(
            .answersProbeToWrongMessage, "RelatesTo of ProbeMatches is not the MessageID of the Probe",
            .habit(.answersProbeToWrongMessage)),
        Mutation(
            .answersProbeWithoutTypes, "ProbeMatch has no types",
            .habit(.answersProbeWithoutTypes)),
        Mutation(
            .answersProbeWithForeignType, "the type in ProbeMatch is of another namespace",
            .habit(.answersProbeWithForeignType)),
        Mutation(
            .answersProbeWithoutScopes, "ProbeMatch has no scopes",
            .habit(.answersProbeWithoutScopes)),
        Mutation(
            .answersProbeWithoutLocation, "ProbeMatch lacks the scope of the location",
            .habit(.answersProbeWithoutLocation)),
        Mutation(
            .answersProbeWithWrongAddress, "XAddrs of ProbeMatch has a port where nobody listens",
            .habit(.answersProbeWithWrongAddress)),
        Mutation(
            .answersProbeWithWrongPath, "XAddrs of ProbeMatch has another path than /onvif/device_service",
            .habit(.answersProbeWithWrongPath)),
        Mutation(
            .mindsPrefixesOfProbe, "a Probe with unusual prefixes is not answered",
            .habit(.mindsPrefixesOfProbe)),
        Mutation(
            .mindsDefaultNamespacesOfProbe, "a Probe with default namespaces is not answered",
            .habit(.mindsDefaultNamespacesOfProbe)),
        Mutation(
            .mindsRedeclaredPrefixesOfProbe, "a Probe that declares a prefix twice is not answered",
            .habit(.mindsRedeclaredPrefixesOfProbe)),
        Mutation(
            .announcesAlways, "Hello and Bye are sent though the device is NonDiscoverable",
            .habit(.announcesAlways)),
        Mutation(
            .discoveryModeNeverDiscoverable, "GetDiscoveryMode always says NonDiscoverable",
            .exchange(operation: "GetDiscoveryMode", service: .device) {
                $0.edit { $0.change("DiscoveryMode") { $0.text = "NonDiscoverable" } }
            }),
        Mutation(
            .setDiscoveryModeForgets, "SetDiscoveryMode changes nothing",
            .forgets("SetDiscoveryMode")),
        Mutation(
            .scopesWithoutLocation, "GetScopes leaves the scope of the location out",
            .exchange(operation: "GetScopes", service: .device) {
                $0.edit { response in
                    response.children.removeAll { $0.child("ScopeItem")?.text.contains("/location/") ?? false }
                }
            }),
        Mutation(
            .setScopesRefuses, "SetScopes answers with a fault",
            .refuses("SetScopes")),
        Mutation(
            .addScopesRefuses, "AddScopes answers with a fault",
            .refuses("AddScopes")),
        Mutation(
            .removeScopesRefuses, "RemoveScopes answers with a fault",
            .refuses("RemoveScopes")),
        Mutation(
            .removeScopesForgets, "RemoveScopes changes nothing",
            .exchange(operation: "RemoveScopes", service: .device) {
                $0.after = $0.before
                $0.after.effects = [.hello]
            }),
        Mutation(
            .addScopesWithoutHello, "AddScopes is not followed by a Hello",
            .exchange(operation: "AddScopes", service: .device) {
                $0.after.effects.removeAll { $0 == .hello }
                $0.after.effects.append(.discoveryModeChanged)
            }),
        Mutation(
            .removeScopesWithoutHello, "RemoveScopes is not followed by a Hello",
            .exchange(operation: "RemoveScopes", service: .device) {
                $0.after.effects.removeAll { $0 == .hello }
                $0.after.effects.append(.discoveryModeChanged)
            }),
        Mutation(
            .metadataVersionStands, "MetadataVersion stays as it is when scopes change",
            .exchange(operation: nil, service: .device) {
                $0.after.system.metadataVersion = $0.before.system.metadataVersion
            }),
    ]
}
