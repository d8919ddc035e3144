import ONVIF

extension TestCase {
    static let ptzNodes = TestCase(
        id: "PTZ-1-1-1",
        title: "PTZ NODES",
        covers: .ptz("5.1.2"), .ptz("5.1.1"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzNodesEmpty, .ptzNodeWithoutSpaces, .ptzNodeWithoutPresetCount, .ptzNodeWithoutHomeSupported
    ) { device, findings in
        let answer = try await device.call("GetNodes", in: .ptz)
        for node in try answer.requireNodes("tptz:PTZNode") { check(node, in: answer, &findings) }
    }

    static let ptzNode = TestCase(
        id: "PTZ-1-1-2",
        title: "PTZ NODE",
        covers: .ptz("5.1.3"), .ptz("5.1.1"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzNodesEmpty, .getNodeRefused, .getNodeAnotherNode, .ptzNodeWithoutSpaces,
        .ptzNodeWithoutPresetCount, .ptzNodeWithoutHomeSupported
    ) { device, findings in
        let nodes = try await device.call("GetNodes", in: .ptz)
        for token in try nodes.requireNodes("tptz:PTZNode").compactMap({ $0.attribute("token") }) {
            let answer = try await device.call("GetNode", in: .ptz, "<tptz:NodeToken>\(token)</tptz:NodeToken>")
            let node = try findings.require(answer.node("tptz:PTZNode"), "the PTZ node \(token)", in: answer)
            findings.expect(node.attribute("token"), is: token, "token of the node asked for", in: answer)
            check(node, in: answer, &findings)
        }
    }

    static let ptzUnknownNode = TestCase(
        id: "PTZ-1-1-4",
        title: "SOAP FAULT MESSAGE",
        covers: .ptz("5.1.3"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .unknownNodeAccepted, .unknownNodeWithoutSubcode
    ) { device, findings in
        let nodes = try await device.call("GetNodes", in: .ptz)
        let known = nodes.nodes("tptz:PTZNode").compactMap { $0.attribute("token") }
        let token = ["xyz", "xyz-1"].first { !known.contains($0) } ?? "xyz-2"
        let fault = try await device.fault(
            from: "GetNode", in: .ptz, "<tptz:NodeToken>\(token)</tptz:NodeToken>")
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoEntity")
    }

    private static func check(_ node: AnswerNode, in answer: Answer, _ findings: inout Findings) {
        let name = node.attribute("token") ?? ""
        findings.expect(
            node.exists("tt:SupportedPTZSpaces/*"), "SupportedPTZSpaces of the node \(name)", found: "none",
            clause: .ptz("5.1.1"), in: answer)
        findings.expect(
            node.number("tt:MaximumNumberOfPresets") != nil, "MaximumNumberOfPresets of the node \(name)",
            found: "none", clause: .ptz("5.1.1"), in: answer)
        findings.expect(
            node.flag("tt:HomeSupported") != nil, "HomeSupported of the node \(name)", found: "none",
            clause: .ptz("5.1.1"), in: answer)
    }
}
