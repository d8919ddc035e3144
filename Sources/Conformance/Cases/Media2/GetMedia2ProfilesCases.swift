import ONVIF

extension TestCase {
    static let media2ShowsWantedConfigurations = TestCase(
        id: "MEDIA2-1-1-4",
        title: "GET PROFILES",
        covers: .media2("5.1.2"),
        requires: [.media2],
        mutants: .media2ListsProfileTwice, .media2ListsProfileTwiceInPart, .media2OmitsProfileInPart,
        .media2ShowsUnwantedConfigurations, .media2ShowsOtherConfigurations, .media2ShowsDifferentVideoSource,
        .media2HidesVideoSourceInPart
    ) { device, findings in
        let all = try await device.media2Profiles(["All"])
        all.expectOneProfileForEachToken(&findings)
        let bare = try await device.media2Profiles([])
        bare.expectOneProfileForEachToken(&findings)
        bare.expectSameProfiles(as: all, &findings)
        for profile in bare.nodes("tr2:Profiles[tr2:Configurations/*]") {
            findings.record(
                expected: "no configurations, as no Type is asked for",
                found: "some in \(profile.attribute("token") ?? "a profile")", in: bare)
        }
        var types = ["VideoSource"]
        if await device.has(.media2Analytics) { types.append("Analytics") }
        if await device.has(.media2Metadata) { types.append("Metadata") }
        for type in types {
            let some = try await device.media2Profiles([type])
            some.expectOneProfileForEachToken(&findings)
            some.expectSameProfiles(as: all, &findings)
            some.expectOnly(type, as: all, &findings)
        }
    }

    /// What is compared of a configuration of each type; of the second list only whether it is there.
    static let comparedFields: [String: (values: [XPath], presence: [XPath])] = [
        "VideoSource": (
            [
                "@token", "tt:SourceToken", "tt:Name", "tt:Bounds/@x", "tt:Bounds/@y", "tt:Bounds/@width",
                "tt:Bounds/@height", "tt:Extension/tt:Rotate/tt:Mode", "tt:Extension/tt:Rotate/tt:Degree",
            ], ["tt:Extension/tt:Rotate"]
        ),
        "AudioSource": (["@token", "tt:SourceToken", "tt:Name"], []),
        "Analytics": (
            [
                "@token", "tt:Name", "count(tt:AnalyticsEngineConfiguration/tt:AnalyticsModule)",
                "count(tt:RuleEngineConfiguration/tt:Rule)",
            ], []
        ),
        "Metadata": (
            [
                "@token", "tt:Name", "@CompressionType", "@GeoLocation", "tt:PTZStatus/tt:Status",
                "tt:PTZStatus/tt:Position", "tt:Analytics",
            ], ["tt:Events/tt:Filter", "tt:Events/tt:SubscriptionPolicy"]
        ),
    ]
}

extension Answer {
    private var tokens: [String] { nodes("tr2:Profiles").map { $0.attribute("token") ?? "" } }

    fileprivate func expectOneProfileForEachToken(_ findings: inout Findings) {
        let tokens = tokens
        findings.expect(
            Set(tokens).count == tokens.count, "a token of its own for each profile",
            found: tokens.joined(separator: ", "), in: self)
    }

    fileprivate func expectSameProfiles(as all: Answer, _ findings: inout Findings) {
        findings.expect(
            tokens.sorted() == all.tokens.sorted(), "the profiles that GetProfiles with the Type All lists",
            found: tokens.joined(separator: ", "), in: self)
    }

    /// Each profile shows configurations of the type only, and the same as with the Type All.
    fileprivate func expectOnly(_ type: String, as all: Answer, _ findings: inout Findings) {
        for profile in nodes("tr2:Profiles") {
            let token = profile.attribute("token") ?? ""
            let others = profile.nodes("tr2:Configurations/*").map(\.name).filter { $0 != type }
            findings.expect(
                others.isEmpty, "nothing but \(type) in the profile \(token), as only that Type is asked for",
                found: others.joined(separator: ", "), in: self)
            let path = Media2ProfileTrial.path(type)
            let shown = profile.node(path)
            guard let whole = all.node("tr2:Profiles[@token = \(token)]")?.node(path) else {
                findings.expect(
                    shown == nil, "no \(type) in the profile \(token), as with the Type All", found: "one", in: self)
                continue
            }
            guard let shown else {
                findings.record(
                    expected: "\(type) in the profile \(token), as with the Type All", found: "none", in: self)
                continue
            }
            let fields = TestCase.comparedFields[type] ?? ([], [])
            for path in fields.values {
                findings.expect(
                    shown.text(path), is: whole.text(path), "\(path.text) of \(type) in the profile \(token)",
                    in: self)
            }
            for path in fields.presence {
                findings.expect(
                    shown.exists(path), is: whole.exists(path),
                    "presence of \(path.text) of \(type) in the profile \(token)", in: self)
            }
        }
    }
}
