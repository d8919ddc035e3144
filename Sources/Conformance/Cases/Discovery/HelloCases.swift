import ONVIF

extension TestCase {
    static let helloAfterReboot = TestCase(
        id: "DISCOVERY-1-1-2",
        title: "HELLO MESSAGE VALIDATION",
        covers: .core("7.3.2"),
        requires: [.discovery],
        disrupts: [.reboot],
        timeout: rebootCaseTimeout,
        mutants: .rebootsNever, .sendsNoHello, .helloWithoutReference, .helloWithoutTypes, .helloWithForeignType,
        .helloWithoutScopes, .helloWithoutLocation
    ) { device, findings in
        let identity = try await device.discoveryIdentity()
        let hello = try await reboot(device, awaiting: .hello, of: identity, &findings)
        findings.expect(!hello.endpoint.isEmpty, "a Hello with an EndpointReference", clause: .core("7.3.1"))
        DiscoveryChecks.expectTypes(hello.types, in: "a Hello", &findings)
        DiscoveryChecks.expectScopes(hello.scopes, in: "a Hello", &findings)
    }

    static let byeBeforeReboot = TestCase(
        id: "DISCOVERY-1-1-8",
        title: "BYE MESSAGE",
        covers: .core("7.3.5"),
        requires: [.bye],
        disrupts: [.reboot],
        timeout: rebootCaseTimeout,
        mutants: .sendsNoBye, .rebootsNever
    ) { device, findings in
        let identity = try await device.discoveryIdentity()
        _ = try await reboot(device, awaiting: .bye, of: identity, &findings)
    }

    /// A reboot, the wait for it, and requests around.
    static let rebootCaseTimeout = Duration.seconds(400)

    /// Reboots the device and gives the announcement; what follows the case waits until the device is back.
    ///
    /// The case ends with a finding where the announcement does not come.
    private static func reboot(
        _ device: TestDevice, awaiting kind: FoundDevice.Kind, of identity: DiscoveryIdentity,
        _ findings: inout Findings
    ) async throws -> FoundDevice {
        let announcements = try await device.announcements(
            of: identity, within: device.link.target.rebootTimeout, until: { $0.kind == kind }
        ) {
            let answer = try await device.call("SystemReboot")
            _ = try answer.requireNodes("tds:Message")
            device.afterwards("the device in service") { device in
                try await device.awaitService()
            }
        }
        return try findings.require(
            announcements.first { $0.kind == kind },
            "a multicast \(kind.rawValue) within \(device.link.target.rebootTimeout) for a reboot",
            found: "no \(kind.rawValue) of the device")
    }
}

extension TestDevice {
    /// Waits until a device answers that may be about to reboot.
    ///
    /// - Throws: `CaseEnd.unreachable` for one that stays away.
    func awaitService() async throws {
        let isBack = try await awaitReboot(hasLeft: true)
        if !isBack {
            throw CaseEnd.unreachable(reason: "the device did not come back within \(link.target.rebootTimeout)")
        }
    }
}
