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
        let reply = try await device.call(
            "SendAuxiliaryCommand", in: .ptz,
            """
            <tptz:ProfileToken>\(head.profile)</tptz:ProfileToken><tptz:AuxiliaryData>\(command)</tptz:AuxiliaryData>
            """)
        _ = reply
    }
}
