import ONVIF

extension TestCase {
    static let discoveryMode = TestCase(
        id: "DISCOVERY-1-1-9",
        title: "DISCOVERY MODE CONFIGURATION",
        covers: .core("8.3.19"), .core("8.3.18"), .core("7.2"),
        requires: [.discovery],
        disrupts: [.reboot],
        timeout: rebootCaseTimeout,
        mutants: .discoveryModeNeverDiscoverable, .setDiscoveryModeForgets, .answersEveryProbe, .announcesAlways
    ) { device, findings in
        let identity = try await device.discoveryIdentity()
        let before = try await device.call("GetDiscoveryMode")
        findings.expect(before.text("tds:DiscoveryMode"), is: "Discoverable", "DiscoveryMode at first", in: before)

        device.afterwards("discovery mode") { device in
            try await device.call(
                "SetDiscoveryMode", "<tds:DiscoveryMode>Discoverable</tds:DiscoveryMode>")
        }
        try await device.call("SetDiscoveryMode", "<tds:DiscoveryMode>NonDiscoverable</tds:DiscoveryMode>")
        let after = try await device.call("GetDiscoveryMode")
        findings.expect(
            after.text("tds:DiscoveryMode"), is: "NonDiscoverable", "DiscoveryMode after SetDiscoveryMode", in: after)

        let outcome = try await device.probe()
        findings.expect(
            outcome.match == nil, "no ProbeMatch of a device that is NonDiscoverable", found: outcome.summary,
            clause: .core("7.2"))

        let announcements = try await device.announcements(
            of: identity, within: device.link.target.discoveryTimeout, until: { _ in true }
        ) {
            try await device.call("SystemReboot")
            try await device.awaitReboot()
        }
        findings.expect(
            announcements.isEmpty, "neither Bye nor Hello of a device that is NonDiscoverable",
            found: announcements.map(\.kind.rawValue).joined(separator: ", "), clause: .core("7.2"))
    }
}
