import ONVIF
import XML

extension Mutation {
    static let capabilityMutations: [Mutation] = [
        Mutation(
            .servicesAlwaysWithCapabilities, "GetServices sends Capabilities unasked",
            .exchange(operation: "GetServices", service: .device) { exchange in
                let asking = XMLElement(
                    namespace: exchange.request.namespace, name: exchange.request.name,
                    children: [
                        XMLElement(namespace: exchange.request.namespace, name: "IncludeCapability", text: "true")
                    ])
                var state = exchange.after
                guard let response = try? exchange.entry.perform(asking, &state, exchange.call) else { return }
                exchange.result = .success(response)
            }),
        Mutation(
            .capabilitiesWithoutEvents, "GetCapabilities leaves the event service out",
            .omits("Events", from: "GetCapabilities")),
        Mutation(
            .capabilitiesWithoutPTZ, "GetCapabilities leaves the PTZ service out",
            .omits("PTZ", from: "GetCapabilities")),
        Mutation(
            .capabilitiesOnlyWithCategory, "GetCapabilities without a category gives nothing but the device service",
            .exchange(operation: "GetCapabilities", service: .device) { exchange in
                guard exchange.request.children.isEmpty else { return }
                exchange.edit { response in
                    response.change("Capabilities") { $0.children.removeAll { $0.name != "Device" } }
                }
            }),
        Mutation(
            .capabilitiesClaimIPFilter, "GetCapabilities claims an IP filter that GetServices does not know",
            .exchange(operation: "GetCapabilities", service: .device) {
                $0.edit { $0.change("IPFilter") { $0.text = "true" } }
            }),
        Mutation(
            .capabilitiesDenyWSSubscriptionPolicy,
            "GetCapabilities denies the subscription policy that GetServices claims",
            .exchange(operation: "GetCapabilities", service: .device) {
                $0.edit { $0.change("WSSubscriptionPolicySupport") { $0.text = "false" } }
            }),
        Mutation(
            .capabilitiesClaimMulticast, "GetCapabilities says the contrary of what GetServices says of multicast",
            .exchange(operation: "GetCapabilities", service: .device) {
                $0.edit { $0.change("RTPMulticast") { $0.text = $0.text == "true" ? "false" : "true" } }
            }),
        Mutation(
            .capabilitiesClaimEAPMethod, "GetServices lists an EAP method that GetCapabilities does not know",
            .exchange(operation: "GetServices", service: .device) {
                $0.edit { $0.change("Security") { $0.setAttribute("SupportedEAPMethods", "13") } }
            }),
        Mutation(
            .servicesWithoutImaging, "GetServices leaves the imaging service out that GetCapabilities has",
            .exchange(operation: "GetServices", service: .device) {
                $0.edit { response in
                    response.children.removeAll { $0.child("Namespace")?.text == XMLNamespace.timg.uri }
                }
            }),
        Mutation(
            .servicesClaimOtherNetwork, "GetServices tells other network capabilities than GetServiceCapabilities",
            .exchange(operation: "GetServices", service: .device) {
                $0.edit { $0.change("Network") { $0.setAttribute("NTP", "1") } }
            }),
        Mutation(
            .servicesClaimOtherSecurity, "GetServices tells other security capabilities than GetServiceCapabilities",
            .exchange(operation: "GetServices", service: .device) {
                $0.edit { $0.change("Security") { $0.setAttribute("HttpDigest", "false") } }
            }),
        Mutation(
            .servicesClaimOtherSystem, "GetServices tells other system capabilities than GetServiceCapabilities",
            .exchange(operation: "GetServices", service: .device) {
                $0.edit { $0.change("System") { $0.setAttribute("SystemLogging", "true") } }
            }),
        Mutation(
            .servicesClaimOtherAuxiliaries, "GetServices tells no auxiliary commands, GetServiceCapabilities does",
            .omits("Misc", from: "GetServices")),
        Mutation(
            .servicesAtOtherHost, "an XAddr in GetServices has another host",
            .exchange(operation: "GetServices", service: .device) {
                $0.changeAddresses { "http://192.0.2.1\($0.authority.dropFirst($0.host.count))\($0.path)" }
            }),
        Mutation(
            .servicesAtOtherPort, "the XAddr of all services but that of the device have another port",
            .exchange(operation: "GetServices", service: .device) {
                $0.changeAddresses { "http://\($0.host):9\($0.path)" }
            }),
        Mutation(
            .servicesAtOtherScheme, "the XAddr of the services have another scheme",
            .exchange(operation: "GetServices", service: .device) {
                $0.changeAddresses { "https://\($0.authority)\($0.path)" }
            }),
        Mutation(
            .servicesAtPathOnly, "the XAddr of the services are paths without a host",
            .exchange(operation: "GetServices", service: .device) { $0.changeAddresses { $0.path } }),
    ]
}

extension Exchange {
    /// Changes every XAddr of the answer; the call tells where the client reached us.
    fileprivate mutating func changeAddresses(_ change: (WrittenAddress) -> String) {
        let call = call
        edit { response in
            response.change("XAddr") { address in
                let path = address.text.dropFirst("\(call.scheme)://\(call.authority)".count)
                address.text = change(
                    WrittenAddress(authority: call.authority, host: call.host, path: String(path)))
            }
        }
    }

    /// The parts of an address of the device.
    fileprivate struct WrittenAddress {
        let authority: String
        let host: String
        let path: String
    }
}
