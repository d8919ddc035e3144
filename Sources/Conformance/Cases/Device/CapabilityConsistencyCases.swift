import ONVIF

extension TestCase {
    static let deviceCapabilitiesConsistency = TestCase(
        id: "DEVICE-1-1-19",
        title: "GET SERVICES AND GET DEVICE SERVICE CAPABILITIES CONSISTENCY",
        covers: .core("8.1.2.3"), .core("8.1.2.2"),
        requires: [.getServices],
        mutants: .servicesWithoutDevice, .servicesNeverWithCapabilities, .servicesClaimOtherNetwork,
        .servicesClaimOtherSecurity, .servicesClaimOtherSystem, .servicesClaimOtherAuxiliaries
    ) { device, findings in
        let (services, listed) = try await listedCapabilities(of: .device, on: device, &findings)
        let answer = try await device.call("GetServiceCapabilities")
        let own = try findings.require(answer.node("tds:Capabilities"), "Capabilities", in: answer)
        let fields: [(XPath, names: [String])] = [
            (
                "tds:Network",
                [
                    "IPFilter", "ZeroConfiguration", "IPVersion6", "DynDNS", "Dot11Configuration", "HostnameFromDHCP",
                    "NTP",
                ]
            ),
            (
                "tds:System",
                [
                    "DiscoveryBye", "DiscoveryResolve", "FirmwareUpgrade", "HttpFirmwareUpgrade",
                    "HttpSupportInformation", "HttpSystemBackup", "HttpSystemLogging", "RemoteDiscovery",
                    "SystemBackup", "SystemLogging",
                ]
            ),
            (
                "tds:Security",
                [
                    "TLS1.0", "TLS1.1", "TLS1.2", "OnboardKeyGeneration", "AccessPolicyConfig", "Dot1X",
                    "RemoteUserHandling", "X.509Token", "SAMLToken", "KerberosToken", "UsernameToken", "HttpDigest",
                    "RELToken", "DefaultAccessPolicy", "SupportedEAPMethods",
                ]
            ),
            ("tds:Misc", ["AuxiliaryCommands"]),
        ]
        for (group, names) in fields {
            for name in names {
                findings.expect(
                    meaning(listed.node(group)?.attribute(name)), is: meaning(own.node(group)?.attribute(name)),
                    "\(group.text)/@\(name) in GetServices as in GetServiceCapabilities", in: services)
            }
        }
    }

    static let servicesAndCapabilitiesConsistency = TestCase(
        id: "DEVICE-1-1-30",
        title: "GET SERVICES AND GET CAPABILITIES CONSISTENCY",
        covers: .core("8.1.2.4"), .core("8.1.2.2"),
        requires: [.getServices, .getCapabilities],
        mutants: .capabilitiesClaimIPFilter, .capabilitiesDenyWSSubscriptionPolicy, .capabilitiesClaimMulticast,
        .capabilitiesClaimEAPMethod, .servicesWithoutImaging
    ) { device, findings in
        let services = try await device.call("GetServices", "<tds:IncludeCapability>true</tds:IncludeCapability>")
        let answer = try await device.call("GetCapabilities", "<tds:Category>All</tds:Category>")
        let old = try findings.require(answer.node("tds:Capabilities"), "Capabilities", in: answer)
        func new(_ service: TestedService) -> AnswerNode? {
            services.node("tds:Service[tds:Namespace = \(service.namespace)]")
        }

        let announced: [(XPath, TestedService)] = [
            ("tt:Analytics", .analytics), ("tt:Imaging", .imaging), ("tt:Media", .media), ("tt:PTZ", .ptz),
            ("tt:Extension/tt:DeviceIO", .deviceIO), ("tt:Extension/tt:Recording", .recording),
            ("tt:Extension/tt:Search", .search), ("tt:Extension/tt:Replay", .replay),
            ("tt:Extension/tt:Receiver", .receiver),
        ]
        for (path, service) in announced where old.exists(path) {
            findings.expect(
                new(service) != nil, "\(service.namespace) in GetServices, as GetCapabilities has \(path.text)",
                found: "no such service", in: services)
        }
        for pair in capabilityPairs {
            // Without the service there is nothing to compare; that it is missing has been said.
            guard let service = new(pair.service) else { continue }
            if pair.isRequired, old.text(pair.old) == nil { continue }
            findings.expect(
                service.flag(pair.new) ?? false, is: old.flag(pair.old) ?? false,
                "\(pair.new.text) in GetServices as \(pair.old.text) in GetCapabilities", in: services)
        }
        let security: XPath = "tt:Device/tt:Security/tt:Extension/tt:Extension"
        let methods = old.texts("\(security)/tt:SupportedEAPMethod").filter { !$0.isEmpty }
        let listed =
            new(.device)?.text("tds:Capabilities/tds:Capabilities/tds:Security/@SupportedEAPMethods")?
            .split(separator: " ").map(String.init) ?? []
        findings.expect(
            methods.isEmpty == listed.isEmpty && methods.allSatisfy(listed.contains),
            "SupportedEAPMethods in GetServices as in GetCapabilities: \(methods.joined(separator: " "))",
            found: listed.joined(separator: " "), in: services)
    }

    // MARK: - Comparison

    private static func listedCapabilities(
        of service: TestedService, on device: TestDevice, _ findings: inout Findings
    ) async throws -> (answer: Answer, capabilities: AnswerNode) {
        let answer = try await device.call("GetServices", "<tds:IncludeCapability>true</tds:IncludeCapability>")
        let node = answer.node(
            "tds:Service[tds:Namespace = \(service.namespace)]/tds:Capabilities/*[local-name() = 'Capabilities']")
        return (answer, try findings.require(node, "Capabilities of \(service.namespace)", in: answer))
    }

    /// A value as it is meant: absent, false and none at all say the same.
    private static func meaning(_ value: String?) -> String {
        switch value {
        case nil, "", "false", "0": "none"
        case "true": "1"
        case let value?: value
        }
    }

    /// What both operations tell of the same feature; `new` starts from `tds:Service`.
    private struct CapabilityPair {
        let service: TestedService
        let old: XPath
        let new: XPath
        /// Whether nothing is compared where GetCapabilities leaves the element out.
        var isRequired = false
    }

    private static let capabilityPairs: [CapabilityPair] = {
        let groups: [(old: XPath, new: XPath, names: [String])] = [
            (
                "tt:Device/tt:Network", "tds:Network", ["IPFilter", "ZeroConfiguration", "IPVersion6", "DynDNS"]
            ),
            ("tt:Device/tt:Network/tt:Extension", "tds:Network", ["Dot11Configuration"]),
            (
                "tt:Device/tt:System", "tds:System",
                [
                    "DiscoveryResolve", "DiscoveryBye", "RemoteDiscovery", "SystemBackup", "SystemLogging",
                    "FirmwareUpgrade",
                ]
            ),
            (
                "tt:Device/tt:System/tt:Extension", "tds:System",
                ["HttpFirmwareUpgrade", "HttpSystemBackup", "HttpSystemLogging", "HttpSupportInformation"]
            ),
            (
                "tt:Device/tt:Security", "tds:Security",
                [
                    "TLS1.1", "TLS1.2", "OnboardKeyGeneration", "AccessPolicyConfig", "X.509Token", "SAMLToken",
                    "KerberosToken", "RELToken",
                ]
            ),
            ("tt:Device/tt:Security/tt:Extension", "tds:Security", ["TLS1.0"]),
            ("tt:Device/tt:Security/tt:Extension/tt:Extension", "tds:Security", ["Dot1X", "RemoteUserHandling"]),
        ]
        let device = groups.flatMap { old, new, names in
            names.map { name in
                CapabilityPair(
                    service: .device, old: "\(old)/*[local-name() = \(name)]",
                    new: "tds:Capabilities/tds:Capabilities/\(new)/@*[local-name() = \(name)]")
            }
        }
        let events = [
            "WSSubscriptionPolicySupport", "WSPullPointSupport", "WSPausableSubscriptionManagerInterfaceSupport",
        ].map { name in
            CapabilityPair(
                service: .events, old: "tt:Events/*[local-name() = \(name)]",
                new: "tds:Capabilities/tev:Capabilities/@*[local-name() = \(name)]", isRequired: true)
        }
        let analytics = ["RuleSupport", "AnalyticsModuleSupport"].map { name in
            CapabilityPair(
                service: .analytics, old: "tt:Analytics/*[local-name() = \(name)]",
                new: "tds:Capabilities/tan:Capabilities/@*[local-name() = \(name)]", isRequired: true)
        }
        let media = ["RTPMulticast", "RTP_TCP", "RTP_RTSP_TCP"].map { name in
            CapabilityPair(
                service: .media, old: "tt:Media/tt:StreamingCapabilities/*[local-name() = \(name)]",
                new: "tds:Capabilities/trt:Capabilities/trt:StreamingCapabilities/@*[local-name() = \(name)]")
        }
        return device + events + analytics + media
    }()
}
