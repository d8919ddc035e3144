import ONVIF

extension TestCase {
    static let systemReboot = TestCase(
        id: "DEVICE-3-1-8",
        title: "SYSTEM COMMAND REBOOT",
        covers: .core("8.3.13"), .core("7.3.2"), .core("7.3.5"),
        disrupts: [.reboot],
        timeout: rebootCaseTimeout,
        mutants: .rebootRefuses, .rebootsNever, .sendsNoHello, .sendsNoBye, .answersOnlyMulticastProbe
    ) { device, findings in
        let system = try await device.call("GetServiceCapabilities").node("tds:Capabilities/tds:System")
        guard system?.flag("@DiscoveryNotSupported") != true else {
            try await device.call("SystemReboot")
            let isBack = try await device.awaitReboot()
            findings.expect(
                isBack, "the device in service again within \(device.link.target.rebootTimeout)",
                found: "no reboot, or no end of it")
            return
        }
        let identity = try await device.discoveryIdentity()
        let announcements = try await device.announcements(
            of: identity, within: device.link.target.rebootTimeout, until: { $0.kind == .hello }
        ) {
            try await device.call("SystemReboot")
            device.afterwards("the device in service") { try await $0.awaitService() }
        }
        if system?.flag("@DiscoveryBye") == true {
            findings.expect(
                announcements.contains { $0.kind == .bye }, "a multicast Bye before the reboot",
                found: "no Bye of the device", clause: .core("7.3.5"))
        }
        guard
            findings.expect(
                announcements.contains { $0.kind == .hello }, "a multicast Hello after the reboot",
                found: "no Hello of the device", clause: .core("7.3.2"))
        else { return }
        let outcome = try await device.probe(isUnicast: true)
        DiscoveryChecks.expectMatch(outcome, for: "a unicast Probe after the reboot", of: device, &findings)
    }
}
