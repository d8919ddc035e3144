import ONVIF

extension TestCase {
    static let deviceDefaultNamespaceInEachTag = TestCase(
        id: "DEVICE-6-1-1",
        title: "DEVICE MANAGEMENT - NAMESPACES (DEFAULT NAMESPACES FOR EACH TAG)",
        covers: .core("5.3"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .mindsDefaultNamespaces, .mindsPrefixes, .setDNSForgets
    ) { device, findings in
        try await configureDNS(of: device, style: .defaultInEachTag, &findings)
    }

    static let deviceDefaultNamespaceInParentTag = TestCase(
        id: "DEVICE-6-1-2",
        title: "DEVICE MANAGEMENT - NAMESPACES (DEFAULT NAMESPACES FOR PARENT TAG)",
        covers: .core("5.3"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .mindsDefaultNamespaces, .mindsPrefixes, .setDNSForgets
    ) { device, findings in
        try await configureDNS(of: device, style: .defaultInParentTag, &findings)
    }

    static let deviceUnusualPrefixes = TestCase(
        id: "DEVICE-6-1-3",
        title: "DEVICE MANAGEMENT - NAMESPACES (NOT STANDARD PREFIXES)",
        covers: .core("5.3"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .mindsPrefixes, .setDNSForgets, .setDNSKeepsDHCP
    ) { device, findings in
        try await configureDNS(of: device, style: .unusualPrefixes, &findings)
    }

    static let deviceSeveralPrefixes = TestCase(
        id: "DEVICE-6-1-4",
        title: "DEVICE MANAGEMENT - NAMESPACES (DIFFERENT PREFIXES FOR THE SAME NAMESPACE)",
        covers: .core("5.3"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .mindsPrefixes, .setDNSForgets
    ) { device, findings in
        try await configureDNS(of: device, style: .severalPrefixes, &findings)
    }

    static let deviceOnePrefix = TestCase(
        id: "DEVICE-6-1-5",
        title: "DEVICE MANAGEMENT - NAMESPACES (THE SAME PREFIX FOR DIFFERENT NAMESPACES)",
        covers: .core("5.3"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .mindsRedeclaredPrefixes, .mindsPrefixes, .setDNSForgets
    ) { device, findings in
        try await configureDNS(of: device, style: .onePrefix, &findings)
    }

    private static func configureDNS(
        of device: TestDevice, style: NamespaceStyle, _ findings: inout Findings
    ) async throws {
        let original = try NetworkSetting.dns.restoring(try await device.call("GetDNS", style: style))
        device.afterwards("DNS settings") { try await $0.call("SetDNS", original) }
        let server = MessageElement(
            "tds", "DNSManual",
            [
                MessageElement("tt", "Type", text: "IPv4"),
                MessageElement("tt", "IPv4Address", text: NetworkSetting.address),
            ])
        _ = try await device.call(
            "SetDNS", [MessageElement("tds", "FromDHCP", text: "false"), server], style: style)
        let answer = try await device.call("GetDNS", style: style)
        NetworkSetting.dns.expectManual(NetworkSetting.address, in: answer, &findings)
    }
}
