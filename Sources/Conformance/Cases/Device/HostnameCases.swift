import ONVIF

extension TestCase {
    static let getHostname = TestCase(
        id: "DEVICE-2-1-1",
        title: "NETWORK COMMAND HOSTNAME CONFIGURATION",
        covers: .core("8.2.1"),
        requires: [.networkConfiguration],
        mutants: .hostnameMissing, .hostnameWithoutFromDHCP
    ) { device, findings in
        let answer = try await device.call("GetHostname")
        let information = try findings.require(
            answer.node("tds:HostnameInformation"), "a HostnameInformation element", in: answer)
        findings.expect(
            information.flag("tt:FromDHCP") != nil, "FromDHCP true or false", found: "none", in: answer)
    }

    static let setInvalidHostname = TestCase(
        id: "DEVICE-2-1-3",
        title: "NETWORK COMMAND SETHOSTNAME TEST ERROR CASE",
        covers: .core("8.2.2"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setHostnameNeverRefuses, .setHostnameForgetsSubcode, .setHostnameTakesAnyName
    ) { device, findings in
        let invalid = "Onvif_test1"
        let before = try await device.call("GetHostname")
        device.afterwards("host name") { try await restore(before, on: $0) }
        let fault = try await device.fault(from: "SetHostname", "<tds:Name>\(invalid)</tds:Name>")
        findings.expect(fault, is: "Sender", "InvalidArgVal", "InvalidHostname")
        let after = try await device.call("GetHostname")
        findings.expect(
            after.text("tds:HostnameInformation/tt:Name") != invalid, "another host name than the refused one",
            found: invalid, in: after)
    }

    static let setHostname = TestCase(
        id: "DEVICE-2-1-32",
        title: "NETWORK COMMAND SETHOSTNAME TEST",
        covers: .core("8.2.2"),
        requires: [.networkConfiguration],
        disrupts: [.network],
        mutants: .setHostnameForgets, .setHostnameRefuses, .setHostnameStaysFromDHCP
    ) { device, findings in
        let wanted = "Onvif-Test0-oNvif-Onv12"
        let before = try await device.call("GetHostname")
        device.afterwards("host name") { try await restore(before, on: $0) }
        try await device.call("SetHostname", "<tds:Name>\(wanted)</tds:Name>")
        let after = try await device.call("GetHostname")
        findings.expect(
            after.flag("tds:HostnameInformation/tt:FromDHCP"), is: false, "FromDHCP after SetHostname", in: after)
        findings.expect(
            after.text("tds:HostnameInformation/tt:Name"), is: wanted, "host name as it was set", in: after)
    }

    private static func restore(_ answer: Answer, on device: TestDevice) async throws {
        let name = answer.text("tds:HostnameInformation/tt:Name") ?? ""
        let isFromDHCP = answer.flag("tds:HostnameInformation/tt:FromDHCP") ?? false
        let now = try await device.call("GetHostname")
        let isAsBefore =
            now.text("tds:HostnameInformation/tt:Name") == name
            && now.flag("tds:HostnameInformation/tt:FromDHCP") == isFromDHCP
        if isAsBefore { return }
        try await device.call("SetHostname", "<tds:Name>\(name)</tds:Name>")
        if isFromDHCP {
            try await device.call("SetHostnameFromDHCP", "<tds:FromDHCP>true</tds:FromDHCP>")
        }
    }
}
