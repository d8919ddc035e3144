/// A media profile through which a PTZ node can be moved.
struct PTZProfileChoice: Sendable {
    let profile: String
    let configuration: AnswerNode

    /// Takes a profile that has the configuration of the node, else adds it to one for the time of the case.
    ///
    /// Source: PTZ Device Test Specification, annexes A.1 and A.17; profiles of the user are borrowed, none is created
    /// or emptied.
    static func make(
        _ device: TestDevice, _ media: TestedService, node: String, _ findings: inout Findings
    ) async throws -> PTZProfileChoice {
        let (body, item): (Markup, XPath) =
            media == .media2
            ? ("<tr2:Type>VideoSource</tr2:Type><tr2:Type>PTZ</tr2:Type>", "tr2:Profiles") : ("", "trt:Profiles")
        let answer = try await device.call("GetProfiles", in: media, body)
        let profiles = answer.nodes(item)
        let ready = profiles.filter { configuration(in: $0, media)?.text("tt:NodeToken") == node }
        if let profile = ready.first(where: { hasVideoSource($0, media) }) ?? ready.first,
            let token = profile.attribute("token"), let configuration = configuration(in: profile, media)
        {
            if media == .media2, !hasVideoSource(profile, media) {
                try await lendVideoSource(to: token, device, &findings)
            }
            return PTZProfileChoice(profile: token, configuration: configuration)
        }
        for profile in profiles where hasVideoSource(profile, media) && configuration(in: profile, media) == nil {
            guard let token = profile.attribute("token") else { continue }
            guard let configuration = try await compatible(with: token, node: node, device) else { continue }
            try await lend(configuration.attribute("token") ?? "", to: token, device, media)
            return PTZProfileChoice(profile: token, configuration: configuration)
        }
        findings.record(
            expected: "a media profile that has, or can be given, a configuration of the PTZ node \"\(node)\"",
            found: "none of \(profiles.count) profiles", in: answer)
        throw CaseEnd.nothingMoreToTest
    }

    private static func configuration(in profile: AnswerNode, _ media: TestedService) -> AnswerNode? {
        profile.node(media == .media2 ? "tr2:Configurations/tr2:PTZ" : "tt:PTZConfiguration")
    }

    private static func hasVideoSource(_ profile: AnswerNode, _ media: TestedService) -> Bool {
        profile.exists(media == .media2 ? "tr2:Configurations/tr2:VideoSource" : "tt:VideoSourceConfiguration")
    }

    /// A configuration of the node that the profile can have; devices without the operation say by GetConfigurations.
    private static func compatible(
        with profile: String, node: String, _ device: TestDevice
    ) async throws -> AnswerNode? {
        let reply = try await device.reply(
            to: "GetCompatibleConfigurations", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>")
        var answer = reply.answer
        if answer == nil { answer = try await device.call("GetConfigurations", in: .ptz) }
        return answer?.node("tptz:PTZConfiguration[tt:NodeToken = \(node)]")
    }

    private static func lend(
        _ configuration: String, to profile: String, _ device: TestDevice, _ media: TestedService
    ) async throws {
        if media == .media2 {
            try await add("PTZ", configuration, to: profile, device)
        } else {
            device.afterwards("the profile \(profile) without a PTZ configuration") { device in
                try await device.call(
                    "RemovePTZConfiguration", in: .media, "<trt:ProfileToken>\(profile)</trt:ProfileToken>")
            }
            try await device.call(
                "AddPTZConfiguration", in: .media,
                """
                <trt:ProfileToken>\(profile)</trt:ProfileToken>\
                <trt:ConfigurationToken>\(configuration)</trt:ConfigurationToken>
                """)
        }
    }

    private static func lendVideoSource(
        to profile: String, _ device: TestDevice, _ findings: inout Findings
    ) async throws {
        let answer = try await device.call(
            "GetVideoSourceConfigurations", in: .media2, "<tr2:ProfileToken>\(profile)</tr2:ProfileToken>")
        let token = try findings.require(
            answer.node("tr2:Configurations")?.attribute("token"), "a video source configuration for \(profile)",
            in: answer)
        try await add("VideoSource", token, to: profile, device)
    }

    private static func add(
        _ type: String, _ configuration: String, to profile: String, _ device: TestDevice
    ) async throws {
        device.afterwards("the profile \(profile) without a \(type) configuration") { device in
            try await device.call(
                "RemoveConfiguration", in: .media2,
                """
                <tr2:ProfileToken>\(profile)</tr2:ProfileToken>\
                <tr2:Configuration><tr2:Type>\(type)</tr2:Type></tr2:Configuration>
                """)
        }
        try await device.call(
            "AddConfiguration", in: .media2,
            """
            <tr2:ProfileToken>\(profile)</tr2:ProfileToken><tr2:Configuration><tr2:Type>\(type)</tr2:Type>\
            <tr2:Token>\(configuration)</tr2:Token></tr2:Configuration>
            """)
    }
}
