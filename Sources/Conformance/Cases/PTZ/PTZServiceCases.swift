import ONVIF

extension TestCase {
    static let ptzAuxiliaryCommand = TestCase(
        id: "PTZ-6-1-1",
        title: "SEND AUXILIARY COMMAND",
        covers: .ptz("5.6.1"), .ptz("5.1.1"),
        requires: [.ptz, .media, .ptzAuxiliary],
        profiles: [.s],
        mutants: .auxiliaryCommandRefused, .getNodeWithoutAuxiliary
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let answer = try await device.call(
            "GetNode", in: .ptz, "<tptz:NodeToken>\(head.node.attribute("token") ?? "")</tptz:NodeToken>")
        // The last one listed: lists begin with On as a rule, and what the case switches should rather end off.
        let command = try findings.require(
            answer.texts("tptz:PTZNode/tt:AuxiliaryCommands").last, "AuxiliaryCommands of the node", in: answer)
        try await device.call(
            "SendAuxiliaryCommand", in: .ptz,
            """
            <tptz:ProfileToken>\(head.profile)</tptz:ProfileToken><tptz:AuxiliaryData>\(command)</tptz:AuxiliaryData>
            """)
    }

    static let ptzServiceCapabilities = TestCase(
        id: "PTZ-8-1-1",
        title: "PTZ SERVICE CAPABILITIES",
        covers: .ptz("5.10"),
        requires: [.ptz, .getServices],
        profiles: [.s, .t],
        mutants: .ptzCapabilitiesRefused, .ptzCapabilitiesMissing
    ) { device, findings in
        let answer = try await device.call("GetServiceCapabilities", in: .ptz)
        findings.expect(
            answer.exists("tptz:Capabilities"), "Capabilities of the PTZ service", found: "none", in: answer)
    }

    static let ptzCapabilitiesConsistency = TestCase(
        id: "PTZ-8-1-2",
        title: "GET SERVICES AND GET PTZ SERVICE CAPABILITIES CONSISTENCY",
        covers: .ptz("5.10"), .core("8.1.2.1"),
        requires: [.ptz, .getServices],
        profiles: [.s, .t],
        mutants: .ptzCapabilitiesDiffer, .ptzCapabilitiesMissing
    ) { device, findings in
        let services = try await device.call("GetServices", "<tds:IncludeCapability>true</tds:IncludeCapability>")
        let listed = try findings.require(
            services.node("tds:Service[tds:Namespace = \(TestedService.ptz.namespace)]"),
            "the PTZ service in GetServices", in: services)
        let short = try findings.require(
            listed.node("tds:Capabilities/tptz:Capabilities"), "Capabilities of the PTZ service in GetServices",
            in: services)
        let answer = try await device.call("GetServiceCapabilities", in: .ptz)
        let full = try findings.require(
            answer.node("tptz:Capabilities"), "Capabilities of the PTZ service", in: answer)
        // Absent is false, as the schema has it.
        for name in ["EFlip", "Reverse", "GetCompatibleConfigurations", "MoveStatus", "StatusPosition"] {
            let path = XPath(stringLiteral: "@" + name)
            findings.expect(
                full.flag(path) ?? false, is: short.flag(path) ?? false, "\(name), as GetServices has it", in: answer)
        }
        findings.expect(
            full.attribute("MoveAndTrack"), is: short.attribute("MoveAndTrack"), "MoveAndTrack, as GetServices has it",
            in: answer)
    }
}
