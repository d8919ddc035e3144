import ONVIF

extension TestCase {
    static let media2ReadyForPTZ = TestCase(
        id: "MEDIA2-4-1-1",
        title: "READY TO USE MEDIA PROFILE FOR PTZ",
        covers: .media2("5.1.2"), .media2("4.1"),
        requires: [.media2, .ptz],
        profiles: [.t],
        mutants: .media2ProfilesWithoutPTZ, .media2ProfilesEitherPTZOrVideo
    ) { device, findings in
        let answer = try await profiles(device, "<tr2:Type>VideoSource</tr2:Type><tr2:Type>PTZ</tr2:Type>")
        findings.expect(
            answer.exists("tr2:Profiles[tr2:Configurations/tr2:VideoSource and tr2:Configurations/tr2:PTZ]"),
            "a profile with a video source and a PTZ configuration",
            found: "\(answer.count("tr2:Profiles")) profiles, none with both", in: answer)
    }

    static let media2DynamicPTZ = TestCase(
        id: "MEDIA2-4-1-2",
        title: "DYNAMIC MEDIA PROFILE CONFIGURATION FOR PTZ",
        covers: .media2("5.1.3"), .media2("5.1.4"), .ptz("5.2.4"), .ptz("5.2.5"), .ptz("5.2.6"),
        .media2("5.16.1"), .media2("5.16.2"),
        requires: [.media2, .events, .ptz, .ptzCompatibleConfigurations],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .ptzSpaceListedTwice, .ptzConfigurationNotStored, .ptzConfigurationChangeUntold,
        .profileChangeUntoldOnAdding, .profileChangeUntoldOnRemoving, .media2AddForgotten, .media2RemoveForgotten,
        .media2ProfileByTokenListsAll, .media2ProfileShowsOldPTZ, .media2ProfileShowsOtherPTZ,
        .changeListenerKept
    ) { device, findings in
        let answer = try await profiles(device, "<tr2:Type>VideoSource</tr2:Type><tr2:Type>PTZ</tr2:Type>")
        let withVideo = answer.nodes("tr2:Profiles[tr2:Configurations/tr2:VideoSource]")
        for profile in withVideo {
            guard let token = profile.attribute("token"),
                let present = profile.node("tr2:Configurations/tr2:PTZ")?.attribute("token")
            else { continue }
            device.afterwards("the PTZ configuration in the profile \(token)") { device in
                try await change("AddConfiguration", "PTZ", present, of: token, device)
            }
            try await change("RemoveConfiguration", "PTZ", nil, of: token, device)
        }
        let listener = try await MediaChangeListener.make(device)
        var number = 0
        for token in withVideo.compactMap({ $0.attribute("token") }) {
            let compatible = try await device.call(
                "GetCompatibleConfigurations", in: .ptz, "<tptz:ProfileToken>\(token)</tptz:ProfileToken>")
            for configuration in compatible.nodes("tptz:PTZConfiguration") {
                let round = PTZConfigurationRound(
                    device: device, profile: token, original: configuration, name: "TestName\(number)",
                    listener: listener)
                try await round.run(&findings)
                number += 1
            }
        }
        try await listener?.end(&findings)
    }

    fileprivate static func profiles(_ device: TestDevice, _ body: Markup) async throws -> Answer {
        try await device.call("GetProfiles", in: .media2, body)
    }

    fileprivate static func change(
        _ operation: String, _ type: String, _ configuration: String?, of profile: String, _ device: TestDevice
    ) async throws {
        try await device.call(
            operation, in: .media2,
            """
            <tr2:ProfileToken>\(profile)</tr2:ProfileToken><tr2:Configuration><tr2:Type>\(type)</tr2:Type>\
            \(configuration.map { "<tr2:Token>\($0)</tr2:Token>" as Markup })</tr2:Configuration>
            """)
    }
}

/// One PTZ configuration through one profile: added, changed, looked at in both services, removed.
private struct PTZConfigurationRound {
    let device: TestDevice
    let profile: String
    let original: AnswerNode
    let name: String
    let listener: MediaChangeListener?

    private var token: String { original.attribute("token") ?? "" }

    func run(_ findings: inout Findings) async throws {
        device.afterwards("the profile \(profile) without the PTZ configuration \(token)") { [device, profile] _ in
            try await TestCase.change("RemoveConfiguration", "PTZ", nil, of: profile, device)
        }
        try await TestCase.change("AddConfiguration", "PTZ", token, of: profile, device)
        try await listener?.expectProfileChanged(profile, &findings)

        let answer = try await device.call(
            "GetConfigurationOptions", in: .ptz, "<tptz:ConfigurationToken>\(token)</tptz:ConfigurationToken>")
        let options = try answer.requireNodes("tptz:PTZConfigurationOptions")[0]
        let spaces = PTZSpaces(options.node("tt:Spaces"))
        for kind in PTZSpaceKind.allCases where kind.defaultElement != nil {
            let uris = spaces[kind].map(\.uri)
            findings.expect(
                Set(uris).count == uris.count, "each \(kind.rawValue) once", found: uris.joined(separator: ", "),
                clause: .ptz("5.2.4"), in: answer)
        }
        let wanted = changes(spaces, options)
        device.afterwards("the PTZ configuration \(token)") { [original] device in
            try await device.call("SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(original))
        }
        try await device.call("SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(original, wanted.elements))
        try await listener?.expectConfigurationChanged(token, &findings)

        let stored = try await device.call(
            "GetConfiguration", in: .ptz, "<tptz:PTZConfigurationToken>\(token)</tptz:PTZConfigurationToken>")
        expect(
            try stored.requireNodes("tptz:PTZConfiguration")[0], wanted.values, "GetConfiguration", stored, &findings)
        let shown = try await one("All", &findings)
        let inProfile = try findings.require(
            shown.profile.node("tr2:Configurations/tr2:PTZ"), "the PTZ configuration in the profile \(profile)",
            in: shown.answer)
        findings.expect(inProfile.attribute("token"), is: token, "token of PTZ in the profile", in: shown.answer)
        expect(inProfile, wanted.values, "GetProfiles", shown.answer, &findings)

        try await TestCase.change("RemoveConfiguration", "PTZ", nil, of: profile, device)
        try await listener?.expectProfileChanged(profile, &findings)
        let left = try await one("PTZ", &findings)
        findings.expect(
            !left.profile.exists("tr2:Configurations/tr2:PTZ"), "no PTZ in the profile after RemoveConfiguration",
            found: "it is still there", clause: .media2("5.1.4"), in: left.answer)
    }

    /// The profile, asked for by its token, and nothing but it.
    private func one(_ type: String, _ findings: inout Findings) async throws -> (profile: AnswerNode, answer: Answer) {
        let answer = try await TestCase.profiles(
            device, "<tr2:Token>\(profile)</tr2:Token><tr2:Type>\(Markup(raw: type))</tr2:Type>")
        let found = try answer.requireNodes("tr2:Profiles")
        findings.expect(
            found.compactMap { $0.attribute("token") }, is: [profile], "the profile asked for alone",
            clause: .media2("5.1.2"), in: answer)
        return (found[0], answer)
    }

    /// The elements to set, and what is then to be read at paths.
    private func changes(
        _ spaces: PTZSpaces, _ options: AnswerNode
    ) -> (elements: [String: Markup], values: [(path: String, value: String)]) {
        var elements: [String: Markup] = ["Name": "<tt:Name>\(name)</tt:Name>"]
        var values = [("tt:Name", name), ("tt:NodeToken", original.text("tt:NodeToken") ?? "")]
        for kind in PTZSpaceKind.allCases {
            guard let element = kind.defaultElement else { continue }
            let present = original.text(XPath(stringLiteral: "tt:" + element))
            guard let space = other(than: present, spaces[kind]) else { continue }
            elements[element] = "<\(Markup(raw: "tt:" + element))>\(space.uri)</\(Markup(raw: "tt:" + element))>"
            values.append(("tt:" + element, space.uri))
        }
        var speed = PTZCoordinates()
        for part in PTZPart.allCases {
            let path = "tt:DefaultPTZSpeed/tt:" + part.name
            let present = original.text(XPath(stringLiteral: path + "/@space"))
            guard let space = other(than: present, spaces[part.speed]), let x = space.x else { continue }
            speed = speed.with(part.coordinates(x.maximum, x.minimum, space.uri))
            values += [(path + "/@space", space.uri), (path + "/@x", "\(x.maximum)")]
            if part == .panTilt { values.append((path + "/@y", "\(x.minimum)")) }
        }
        elements["DefaultPTZSpeed"] =
            speed == PTZCoordinates() ? "" : "<tt:DefaultPTZSpeed>\(speed.markup)</tt:DefaultPTZSpeed>"
        if let timeout = options.text("tt:PTZTimeout/tt:Min") {
            elements["DefaultPTZTimeout"] = "<tt:DefaultPTZTimeout>\(timeout)</tt:DefaultPTZTimeout>"
            values.append(("tt:DefaultPTZTimeout", timeout))
        }
        for name in ["PanTiltLimits", "ZoomLimits", "Extension"] { elements[name] = "" }
        return (elements, values)
    }

    /// The first space that is not the present one, else the only one.
    private func other(than present: String?, _ spaces: [PTZSpace]) -> PTZSpace? {
        spaces.first { $0.uri != present } ?? spaces.first
    }

    /// Compares numbers as numbers and durations as durations, for they have several spellings.
    private func expect(
        _ configuration: AnswerNode, _ values: [(path: String, value: String)], _ operation: String,
        _ answer: Answer, _ findings: inout Findings
    ) {
        for (path, value) in values {
            let found = configuration.text(XPath(stringLiteral: path))
            findings.expect(
                found.map { Self.isSame($0, value) } == true, "\(path) \(value) in \(operation), as it was set",
                found: found ?? "none", clause: .ptz("5.2.5"), in: answer)
        }
    }

    private static func isSame(_ one: String, _ two: String) -> Bool {
        if one == two { return true }
        if let one = Float(one), let two = Float(two) { return one == two }
        if let one = PTZDuration.seconds(one), let two = PTZDuration.seconds(two) { return one == two }
        return false
    }
}

/// A pull point for changes of profiles and configurations, where the device tells of them.
private struct MediaChangeListener {
    let device: TestDevice
    let endpoint: Endpoint
    let tellsProfiles: Bool
    let tellsConfigurations: Bool

    /// For one pull, and for all pulls that wait for one message.
    private static let pullSeconds = 1
    private static let bound = Duration.seconds(5)

    /// `nil` for a device without pull points or without these topics.
    static func make(_ device: TestDevice) async throws -> MediaChangeListener? {
        let capabilities = try await device.call("GetServiceCapabilities", in: .events)
        guard capabilities.number("tev:Capabilities/@MaxPullPoints") != 0 else { return nil }
        let properties = try await device.call("GetEventProperties", in: .events)
        let topics = ["ProfileChanged", "ConfigurationChanged"].filter {
            properties.exists("wstop:TopicSet/tns1:Media/*[local-name() = \($0)]")
        }
        guard !topics.isEmpty else { return nil }
        let expression = topics.map { "tns1:Media/" + $0 }.joined(separator: "|")
        let answer = try await device.call(
            "CreatePullPointSubscription", in: .events,
            """
            <tev:Filter><wsnt:TopicExpression Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">\
            \(expression)</wsnt:TopicExpression></tev:Filter>
            """)
        guard let endpoint = Endpoint(answer.node("tev:SubscriptionReference")) else {
            throw CaseEnd.missing(
                path: "tev:SubscriptionReference/wsa:Address", operation: answer.operation, exchange: answer.exchange)
        }
        return MediaChangeListener(
            device: device, endpoint: endpoint, tellsProfiles: topics.contains("ProfileChanged"),
            tellsConfigurations: topics.contains("ConfigurationChanged"))
    }

    func expectProfileChanged(_ profile: String, _ findings: inout Findings) async throws {
        guard tellsProfiles else { return }
        try await expect(
            "Media/ProfileChanged", ["Token": profile], clause: .media2("5.16.1"), &findings)
    }

    func expectConfigurationChanged(_ configuration: String, _ findings: inout Findings) async throws {
        guard tellsConfigurations else { return }
        try await expect(
            "Media/ConfigurationChanged", ["Token": configuration, "Type": "PTZ"], clause: .media2("5.16.2"),
            &findings)
    }

    private func expect(
        _ topic: String, _ source: [String: String], clause: Clause, _ findings: inout Findings
    ) async throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.bound
        while clock.now < end {
            let answer = try await device.call(
                "PullMessages", in: .events,
                "<tev:Timeout>PT\(Self.pullSeconds)S</tev:Timeout><tev:MessageLimit>1</tev:MessageLimit>",
                at: endpoint, patience: .seconds(Self.pullSeconds))
            let isTold = answer.nodes("wsnt:NotificationMessage").contains { message in
                message.text("wsnt:Topic")?.hasSuffix(topic) == true
                    && source.allSatisfy { name, value in
                        message.exists(".//tt:Source/tt:SimpleItem[@Name = \(name) and @Value = \(value)]")
                    }
            }
            if isTold { return }
        }
        let items = source.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
        findings.record(
            expected: "a notification \(topic) of \(items) within \(Self.bound)", found: "none", clause: clause)
    }

    func end(_ findings: inout Findings) async throws {
        let reply = try await device.reply(
            toElement: "<wsnt:Unsubscribe/>", operation: "Unsubscribe", in: .events, at: endpoint)
        findings.expect(reply.answer != nil, "UnsubscribeResponse", found: reply.summary)
    }
}
