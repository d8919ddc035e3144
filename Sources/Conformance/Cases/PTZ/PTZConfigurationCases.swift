import ONVIF

extension TestCase {
    static let ptzConfigurations = TestCase(
        id: "PTZ-2-1-1",
        title: "PTZ CONFIGURATIONS",
        covers: .ptz("5.2.2"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty
    ) { device, _ in
        let answer = try await device.call("GetConfigurations", in: .ptz)
        _ = try answer.requireNodes("tptz:PTZConfiguration")
    }

    static let ptzConfiguration = TestCase(
        id: "PTZ-2-1-2",
        title: "PTZ CONFIGURATION",
        covers: .ptz("5.2.3"), .ptz("5.2.1"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .ptzConfigurationWithoutNode, .ptzConfigurationBare
    ) { device, findings in
        for token in try await configurationTokens(device) {
            let answer = try await configuration(token, device)
            let node = try answer.requireNodes("tptz:PTZConfiguration")[0]
            findings.expect(
                node.text("tt:NodeToken")?.isEmpty == false, "NodeToken of the configuration \(token)", found: "none",
                in: answer)
            findings.expect(
                node.exists("*[starts-with(local-name(), 'Default')] | tt:PanTiltLimits | tt:ZoomLimits"),
                "a default or a limit in the configuration \(token)", found: "none", in: answer)
        }
    }

    static let ptzConfigurationOptions = TestCase(
        id: "PTZ-2-1-3",
        title: "PTZ CONFIGURATION OPTIONS",
        covers: .ptz("5.2.4"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .ptzOptionsWithoutSpaces, .ptzOptionsRangeInverted,
        .ptzOptionsWithoutTimeout, .ptzOptionsTimeoutInverted
    ) { device, findings in
        for token in try await configurationTokens(device) {
            let answer = try await device.call(
                "GetConfigurationOptions", in: .ptz, "<tptz:ConfigurationToken>\(token)</tptz:ConfigurationToken>")
            let options = try findings.require(
                answer.node("tptz:PTZConfigurationOptions"), "PTZConfigurationOptions", in: answer)
            let spaces = PTZSpaces(options.node("tt:Spaces"))
            findings.expect(
                !spaces.isEmpty, "Spaces in the options of \(token)", found: "no coordinate system", in: answer)
            spaces.check(in: "PTZConfigurationOptions", &findings, answer: answer)
            PTZHead.check(PTZDuration.interval(options.node("tt:PTZTimeout")), &findings, in: answer)
        }
    }

    static let ptzConfigurationConsistency = TestCase(
        id: "PTZ-2-1-5",
        title: "PTZ CONFIGURATIONS AND PTZ CONFIGURATION CONSISTENCY",
        covers: .ptz("5.2.3"), .ptz("5.2.2"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .ptzConfigurationDiffers
    ) { device, findings in
        let list = try await device.call("GetConfigurations", in: .ptz)
        for listed in try list.requireNodes("tptz:PTZConfiguration") {
            let token = listed.attribute("token") ?? ""
            let answer = try await configuration(token, device)
            let single = try answer.requireNodes("tptz:PTZConfiguration")[0]
            findings.expect(single.attribute("token"), is: token, "token of the configuration", in: answer)
            for name in PTZConfigurationMarkup.elements {
                let path = XPath(stringLiteral: "tt:" + name)
                findings.expect(
                    content(single.node(path)), is: content(listed.node(path)),
                    "\(name) of \(token), as GetConfigurations has it", in: answer)
            }
        }
    }

    /// Texts and attributes below an element in document order, whatever prefixes it is written with.
    private static func content(_ node: AnswerNode?) -> [String]? {
        node?.nodes("descendant-or-self::*/text() | descendant-or-self::*/@*").map(\.text).filter { !$0.isEmpty }
    }

    private static func configurationTokens(_ device: TestDevice) async throws -> [String] {
        let answer = try await device.call("GetConfigurations", in: .ptz)
        return try answer.requireNodes("tptz:PTZConfiguration").compactMap { $0.attribute("token") }
    }

    private static func configuration(_ token: String, _ device: TestDevice) async throws -> Answer {
        try await device.call(
            "GetConfiguration", in: .ptz,
            "<tptz:PTZConfigurationToken>\(token)</tptz:PTZConfigurationToken>")
    }
}
