import ONVIF

extension TestCase {
    static let eventServiceCapabilities = TestCase(
        id: "EVENT-5-1-1",
        title: "EVENT SERVICE CAPABILITIES",
        covers: .core("9.8"),
        requires: [.events],
        mutants: .eventActionsAreWrong, .brokersWithoutProtocols, .protocolsWithoutBrokers, .brokerProtocolIsNoScheme
    ) { device, findings in
        let answer = try await device.callEvents("GetServiceCapabilities", &findings)
        let capabilities = try findings.require(answer.node("tev:Capabilities"), "Capabilities", in: answer)
        let protocols = (capabilities.attribute("EventBrokerProtocols") ?? "")
            .split(whereSeparator: \.isWhitespace).map(String.init)
        let brokers = capabilities.attribute("MaxEventBrokers").flatMap { Int($0) } ?? 0
        findings.expect(
            protocols.allSatisfy(\.isURIScheme), "names of URI schemes in EventBrokerProtocols",
            found: protocols.joined(separator: " "), in: answer)
        findings.expect(
            brokers < 1 || !protocols.isEmpty, "EventBrokerProtocols, as MaxEventBrokers is \(brokers)", found: "none",
            in: answer)
        findings.expect(
            brokers > 0 || protocols.isEmpty,
            "MaxEventBrokers above 0, as EventBrokerProtocols is \(protocols.joined(separator: " "))",
            found: capabilities.attribute("MaxEventBrokers") ?? "none", in: answer)
    }

    static let eventServiceCapabilitiesInServices = TestCase(
        id: "EVENT-5-1-2",
        title: "GET SERVICES AND EVENT SERVICE CAPABILITIES CONSISTENCY",
        covers: .core("9.8"), .core("8.1.2.1"),
        requires: [.events, .getServices],
        mutants: .eventActionsAreWrong, .eventCapabilitiesDiffer
    ) { device, findings in
        let services = try await device.call("GetServices", "<tds:IncludeCapability>true</tds:IncludeCapability>")
        let path: XPath =
            "tds:Service[tds:Namespace = \(TestedService.events.namespace)]/tds:Capabilities/tev:Capabilities"
        let listed = try findings.require(
            services.node(path), "Capabilities of the event service in GetServicesResponse", in: services)
        let answer = try await device.callEvents("GetServiceCapabilities", &findings)
        let told = try findings.require(answer.node("tev:Capabilities"), "Capabilities", in: answer)
        let names = [
            "WSSubscriptionPolicySupport", "WSPullPointSupport", "WSPausableSubscriptionManagerInterfaceSupport",
            "MaxNotificationProducers", "MaxPullPoints", "PersistentNotificationStorage", "EventBrokerProtocols",
            "MaxEventBrokers",
        ]
        for name in names {
            findings.expect(
                told.attribute(name), is: listed.attribute(name), "\(name) as in GetServicesResponse", in: answer)
        }
    }
}

extension String {
    /// Source: RFC 3986 §3.1.
    fileprivate var isURIScheme: Bool {
        guard let first, first.isASCII, first.isLetter else { return false }
        return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }
}
