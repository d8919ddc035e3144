import ONVIF

extension TestCase {
    static let ptzConfigurationsAndNodes = TestCase(
        id: "PTZ-2-1-6",
        title: "PTZ CONFIGURATIONS AND PTZ NODES CONSISTENCY",
        covers: .ptz("5.2.1"), .ptz("5.1.1"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .configurationOfUnknownNode, .defaultSpaceUnknown, .defaultSpeedSpaceUnknown,
        .defaultPanTiltSpeedOutOfRange, .defaultZoomSpeedOutOfRange
    ) { device, findings in
        let answer = try await device.call("GetConfigurations", in: .ptz)
        let configurations = try answer.requireNodes("tptz:PTZConfiguration")
        let nodes = try await device.call("GetNodes", in: .ptz)
        for configuration in configurations {
            let token = configuration.text("tt:NodeToken") ?? ""
            let named = nodes.nodes("tptz:PTZNode[@token = \(token)]")
            findings.expect(
                named.count, is: 1, "nodes with the token \(token), which a configuration names", in: nodes)
            guard let node = named.first else { continue }
            expectDefaults(
                of: configuration, in: PTZSpaces(node.node("tt:SupportedPTZSpaces")), "SupportedPTZSpaces", answer,
                &findings)
        }
    }

    static let ptzConfigurationsAndOptions = TestCase(
        id: "PTZ-2-1-7",
        title: "PTZ CONFIGURATIONS AND PTZ CONFIGURATION OPTIONS CONSISTENCY",
        covers: .ptz("5.2.4"), .ptz("5.2.1"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .defaultSpaceUnknown, .defaultSpeedSpaceUnknown,
        .defaultPanTiltSpeedOutOfRange, .defaultZoomSpeedOutOfRange, .defaultTimeoutOutOfRange
    ) { device, findings in
        let answer = try await device.call("GetConfigurations", in: .ptz)
        for configuration in try answer.requireNodes("tptz:PTZConfiguration") {
            let options = try await options(of: configuration, device)
            expectDefaults(
                of: configuration, in: PTZSpaces(options.node("tptz:PTZConfigurationOptions/tt:Spaces")), "Spaces",
                answer, &findings)
            guard let text = configuration.text("tt:DefaultPTZTimeout") else { continue }
            let range = PTZDuration.interval(options.node("tptz:PTZConfigurationOptions/tt:PTZTimeout"))
            let seconds = PTZDuration.seconds(text)
            findings.expect(
                range.flatMap { range in seconds.map { range.minimum <= $0 && $0 <= range.maximum } } == true,
                "DefaultPTZTimeout within PTZTimeout of the options", found: text, in: answer)
        }
    }

    static let ptzSetConfiguration = TestCase(
        id: "PTZ-2-1-9",
        title: "PTZ SET CONFIGURATION",
        covers: .ptz("5.2.5"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .ptzConfigurationsEmpty, .ptzConfigurationNotStored, .setConfigurationRefused
    ) { device, findings in
        let list = try await device.call("GetConfigurations", in: .ptz)
        let configuration = try list.requireNodes("tptz:PTZConfiguration")[0]
        let options = try await options(of: configuration, device)
        let range = try findings.require(
            options.node("tptz:PTZConfigurationOptions/tt:PTZTimeout"), "PTZTimeout in the options", in: options)
        let present = configuration.text("tt:DefaultPTZTimeout").flatMap(PTZDuration.seconds)
        let maximum = range.text("tt:Max") ?? ""
        let wanted = PTZDuration.seconds(maximum) == present ? range.text("tt:Min") ?? "" : maximum
        device.afterwards("the PTZ configuration") { device in
            try await device.call("SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(configuration))
        }
        try await device.call(
            "SetConfiguration", in: .ptz,
            PTZConfigurationMarkup.request(
                configuration, ["DefaultPTZTimeout": "<tt:DefaultPTZTimeout>\(wanted)</tt:DefaultPTZTimeout>"],
                forcePersistence: false))
        let token = configuration.attribute("token") ?? ""
        let answer = try await device.call(
            "GetConfiguration", in: .ptz, "<tptz:PTZConfigurationToken>\(token)</tptz:PTZConfigurationToken>")
        let found = answer.text("tptz:PTZConfiguration/tt:DefaultPTZTimeout")
        findings.expect(
            found.flatMap(PTZDuration.seconds), is: PTZDuration.seconds(wanted),
            "DefaultPTZTimeout in seconds, as it was set", in: answer)
    }

    static let ptzSetUnknownConfiguration = TestCase(
        id: "PTZ-2-1-10",
        title: "SOAP FAULT MESSAGE",
        covers: .ptz("5.2.5"),
        requires: [.ptz],
        profiles: [.s],
        mutants: .unknownConfigurationAccepted, .unknownConfigurationWithoutSubcode
    ) { device, findings in
        let list = try await device.call("GetConfigurations", in: .ptz)
        let configurations = try list.requireNodes("tptz:PTZConfiguration")
        let known = configurations.compactMap { $0.attribute("token") }
        let token = ["xyz", "xyz-1"].first { !known.contains($0) } ?? "xyz-2"
        let fault = try await device.fault(
            from: "SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(configurations[0], token: token))
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoConfig")
    }

    private static func options(of configuration: AnswerNode, _ device: TestDevice) async throws -> Answer {
        let token = configuration.attribute("token") ?? ""
        return try await device.call(
            "GetConfigurationOptions", in: .ptz, "<tptz:ConfigurationToken>\(token)</tptz:ConfigurationToken>")
    }

    /// Holds the default spaces of a configuration to those listed, and its default speeds to their ranges.
    private static func expectDefaults(
        of configuration: AnswerNode, in spaces: PTZSpaces, _ place: String, _ answer: Answer,
        _ findings: inout Findings
    ) {
        func expectListed(_ uri: String, _ kind: PTZSpaceKind, _ name: String, _ findings: inout Findings) -> PTZSpace?
        {
            let space = spaces.space(kind, uri: uri)
            findings.expect(
                space != nil, "\(name) among \(kind.rawValue) of \(place)", found: uri, in: answer)
            return space
        }
        for kind in PTZSpaceKind.allCases {
            guard let name = kind.defaultElement, let uri = configuration.text(XPath(stringLiteral: "tt:" + name))
            else { continue }
            _ = expectListed(uri, kind, name, &findings)
        }
        guard let speed = PTZCoordinates(configuration.node("tt:DefaultPTZSpeed")) else { return }
        for part in PTZPart.allCases {
            guard let uri = part == .panTilt ? speed.panTilt?.space : speed.zoom?.space,
                let range = expectListed(uri, part.speed, "DefaultPTZSpeed/\(part.name)", &findings)?.x
            else { continue }
            for (axis, value) in speed.shifts(part) {
                findings.expect(
                    range.minimum <= value && value <= range.maximum,
                    "default speed of the \(axis) within \(range.minimum)…\(range.maximum)", found: "\(value)",
                    in: answer)
            }
        }
    }
}
