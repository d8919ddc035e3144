import ONVIF

extension TestCase {
    static let getDNS = TestCase(
        id: "DEVICE-2-1-4",
        title: "GET DNS CONFIGURATION",
        covers: .core("8.2.4"),
        requires: [.networkConfiguration],
        mutants: .dnsWithoutFromDHCP, .dnsWithInvalidAddress
    ) { device, findings in
        let answer = try await device.call("GetDNS")
        expectSound(.dns, in: answer, &findings)
    }

    static let setSearchDomain = TestCase(
        id: "DEVICE-2-1-5",
        title: "SET DNS CONFIGURATION - SEARCHDOMAIN",
        covers: .core("8.2.5"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setDNSForgets, .setDNSRefuses, .setDNSKeepsDHCP
    ) { device, findings in
        let original = try NetworkSetting.dns.restoring(try await device.call("GetDNS"))
        device.afterwards("DNS settings") { try await $0.call("SetDNS", original) }
        try await device.call(
            "SetDNS", "<tds:FromDHCP>false</tds:FromDHCP><tds:SearchDomain>domain.name</tds:SearchDomain>")
        let answer = try await device.call("GetDNS")
        findings.expect(
            answer.flag("tds:DNSInformation/tt:FromDHCP"), is: false, "FromDHCP as it was set", in: answer)
        findings.expect(
            answer.texts("tds:DNSInformation/tt:SearchDomain"), is: ["domain.name"], "SearchDomain as it was set",
            in: answer)
    }

    static let setDNS = TestCase(
        id: "DEVICE-2-1-6",
        title: "SET DNS CONFIGURATION - DNSMANUAL IPV4",
        covers: .core("8.2.5"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setDNSForgets, .setDNSRefuses, .setDNSKeepsDHCP
    ) { device, findings in
        try await set(.dns, on: device, &findings)
    }

    static let setInvalidDNS = TestCase(
        id: "DEVICE-2-1-9",
        title: "SET DNS CONFIGURATION - DNSMANUAL INVALID IPV4",
        covers: .core("8.2.5"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setDNSNeverRefuses, .setDNSForgetsSubcode, .setDNSTakesInvalidAddress, .dnsWithoutFromDHCP
    ) { device, findings in
        try await setInvalid(.dns, on: device, &findings)
    }

    static let getNTP = TestCase(
        id: "DEVICE-2-1-11",
        title: "GET NTP CONFIGURATION",
        covers: .core("8.2.6"),
        requires: [.networkConfiguration, .ntp],
        mutants: .ntpWithoutFromDHCP, .ntpWithInvalidAddress
    ) { device, findings in
        let answer = try await device.call("GetNTP")
        expectSound(.ntp, in: answer, &findings)
    }

    static let setNTP = TestCase(
        id: "DEVICE-2-1-12",
        title: "SET NTP CONFIGURATION - NTPMANUAL IPV4",
        covers: .core("8.2.7"),
        requires: [.networkConfiguration, .ntp],
        disrupts: [.network],
        mutants: .setNTPForgets, .setNTPRefuses, .setNTPKeepsDHCP
    ) { device, findings in
        try await set(.ntp, on: device, &findings)
    }

    static let setInvalidNTP = TestCase(
        id: "DEVICE-2-1-15",
        title: "SET NTP CONFIGURATION - NTPMANUAL INVALID IPV4",
        covers: .core("8.2.7"),
        requires: [.networkConfiguration, .ntp],
        disrupts: [.network],
        mutants: .setNTPNeverRefuses, .setNTPForgetsSubcode, .setNTPTakesInvalidAddress, .ntpWithoutFromDHCP
    ) { device, findings in
        try await setInvalid(.ntp, on: device, &findings)
    }

    // MARK: - Steps

    private static func expectSound(_ setting: NetworkSetting, in answer: Answer, _ findings: inout Findings) {
        findings.expect(
            answer.flag("\(setting.information)/tt:FromDHCP") != nil, "FromDHCP true or false", found: "none",
            in: answer)
        // An empty element and 0.0.0.0 both stand for no address.
        for address in answer.texts("\(setting.information)//tt:IPv4Address") where !address.isEmpty {
            findings.expect(address.isIPv4Address, "IPv4 addresses of four parts", found: address, in: answer)
        }
    }

    private static func set(
        _ setting: NetworkSetting, on device: TestDevice, _ findings: inout Findings
    ) async throws {
        let original = try setting.restoring(try await device.call(setting.getter))
        device.afterwards("\(setting.name) settings") { try await $0.call(setting.setter, original) }
        try await device.call(setting.setter, setting.request(address: NetworkSetting.address))
        setting.expectManual(NetworkSetting.address, in: try await device.call(setting.getter), &findings)
    }

    private static func setInvalid(
        _ setting: NetworkSetting, on device: TestDevice, _ findings: inout Findings
    ) async throws {
        let original = try setting.restoring(try await device.call(setting.getter))
        device.afterwards("\(setting.name) settings") { try await $0.call(setting.setter, original) }
        let fault = try await device.fault(
            from: setting.setter, setting.request(address: NetworkSetting.invalidAddress))
        findings.expect(fault, is: "Sender", "InvalidArgVal", "InvalidIPv4Address")
        let after = try await device.call(setting.getter)
        expectSound(setting, in: after, &findings)
    }
}

extension String {
    /// Whether the text is four numbers up to 255 with dots between.
    var isIPv4Address: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { part in (1...3).contains(part.count) && UInt8(part) != nil }
    }
}
