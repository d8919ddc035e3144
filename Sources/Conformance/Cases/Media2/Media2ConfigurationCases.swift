import ONVIF

extension TestCase {
    static let media2ListsVideoSourceConfigurations = TestCase(
        id: "MEDIA2-2-2-2",
        title: "GET VIDEO SOURCE CONFIGURATIONS",
        covers: .media2("5.3.2"), .media2("5.2.2"),
        requires: [.media2],
        mutants: .media2ListsVideoSourceTwice, .media2ListsVideoSourceForAnotherToken, .media2LeavesOutVideoSource
    ) { device, findings in
        try await device.checkLists(of: "VideoSource", &findings)
    }

    static let media2ProfilesShowVideoSourceConfigurations = TestCase(
        id: "MEDIA2-2-2-4",
        title: "PROFILES AND VIDEO SOURCE CONFIGURATIONS CONSISTENCY",
        covers: .media2("5.3.2"), .media2("5.1.2"),
        requires: [.media2],
        mutants: .media2ShowsVideoSourceDifferently, .media2LeavesOutVideoSource
    ) { device, findings in
        try await device.compareWithProfiles("VideoSource", &findings)
    }

    static let media2RefusesUnknownVideoSource = TestCase(
        id: "MEDIA2-2-2-6",
        title: "GET VIDEO SOURCE CONFIGURATIONS – INVALID TOKEN",
        covers: .media2("5.3.2"),
        requires: [.media2],
        mutants: .media2TakesUnknownVideoSource, .media2UnknownVideoSourceWithoutSubcode
    ) { device, findings in
        try await device.askForUnknown("VideoSource", &findings)
    }
}

extension TestCase {
    static let media2ListsAudioSourceConfigurations = TestCase(
        id: "MEDIA2-3-1-2",
        title: "GET AUDIO SOURCE CONFIGURATIONS",
        covers: .media2("5.3.2"), .media2("5.2.4"),
        requires: [.media2, .media2Audio],
        mutants: .media2ListsAudioSourceTwice, .media2ListsAudioSourceForAnotherToken, .media2LeavesOutAudioSource
    ) { device, findings in
        try await device.checkLists(of: "AudioSource", &findings)
    }

    static let media2ProfilesShowAudioSourceConfigurations = TestCase(
        id: "MEDIA2-3-1-4",
        title: "PROFILES AND AUDIO SOURCE CONFIGURATIONS CONSISTENCY",
        covers: .media2("5.3.2"), .media2("5.1.2"),
        requires: [.media2, .media2Audio],
        mutants: .media2ShowsAudioSourceDifferently, .media2LeavesOutAudioSource
    ) { device, findings in
        try await device.compareWithProfiles("AudioSource", &findings)
    }

    static let media2RefusesUnknownAudioSource = TestCase(
        id: "MEDIA2-3-1-6",
        title: "GET AUDIO SOURCE CONFIGURATIONS – INVALID TOKEN",
        covers: .media2("5.3.2"),
        requires: [.media2, .media2Audio],
        mutants: .media2TakesUnknownAudioSource, .media2UnknownAudioSourceWithoutSubcode
    ) { device, findings in
        try await device.askForUnknown("AudioSource", &findings)
    }
}

extension TestCase {
    static let media2ListsMetadataConfigurations = TestCase(
        id: "MEDIA2-8-1-2",
        title: "GET METADATA CONFIGURATIONS",
        covers: .media2("5.3.2"), .media2("5.2.8"),
        requires: [.media2, .media2Metadata],
        mutants: .media2ListsMetadataTwice, .media2ListsMetadataForAnotherToken, .media2LeavesOutMetadata
    ) { device, findings in
        try await device.checkLists(of: "Metadata", &findings)
    }

    static let media2ProfilesShowMetadataConfigurations = TestCase(
        id: "MEDIA2-8-1-3",
        title: "PROFILES AND METADATA CONFIGURATIONS CONSISTENCY",
        covers: .media2("5.3.2"), .media2("5.1.2"),
        requires: [.media2, .media2Metadata],
        mutants: .media2ShowsMetadataDifferently, .media2LeavesOutMetadata
    ) { device, findings in
        try await device.compareWithProfiles("Metadata", &findings)
    }

    static let media2RefusesUnknownMetadata = TestCase(
        id: "MEDIA2-8-1-4",
        title: "GET METADATA CONFIGURATIONS – INVALID TOKEN",
        covers: .media2("5.3.2"),
        requires: [.media2, .media2Metadata],
        mutants: .media2TakesUnknownMetadata, .media2UnknownMetadataWithoutSubcode
    ) { device, findings in
        try await device.askForUnknown("Metadata", &findings)
    }
}

extension TestDevice {
    /// All configurations of the type, each by its token, and those that each profile would take.
    fileprivate func checkLists(of type: String, _ findings: inout Findings) async throws {
        let all = try await call("Get\(type)Configurations", in: .media2)
        let tokens = all.configurationTokens
        // Metadata has no such demand.
        if type != "Metadata" {
            findings.expect(!tokens.isEmpty, "one \(type) configuration at least", found: "none", in: all)
        }
        all.expectDistinctConfigurations(&findings)
        for token in tokens {
            let one = try await call(
                "Get\(type)Configurations", in: .media2,
                "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
            findings.expect(one.configurationTokens, is: [token], "tokens, as that one was asked for", in: one)
        }
        let profiles = try await media2Profiles([type])
        for profile in profiles.nodes("tr2:Profiles") {
            let some = try await call(
                "Get\(type)Configurations", in: .media2,
                "<tr2:ProfileToken>\(profile.attribute("token") ?? "")</tr2:ProfileToken>")
            some.expectDistinctConfigurations(&findings)
            let compatible = some.configurationTokens
            findings.expect(
                Set(compatible).isSubset(of: tokens), "only \(type) configurations that the whole list has",
                found: compatible.joined(separator: ", "), in: some)
            guard let own = profile.node(Media2ProfileTrial.path(type))?.attribute("token") else { continue }
            findings.expect(
                compatible.contains(own), "the \(type) configuration \(own) that the profile has",
                found: compatible.isEmpty ? "none" : compatible.joined(separator: ", "), in: some)
        }
    }

    /// What profiles show of their configurations must be what the configurations themselves are.
    fileprivate func compareWithProfiles(_ type: String, _ findings: inout Findings) async throws {
        let profiles = try await media2Profiles([type])
        for shown in profiles.nodes("tr2:Profiles").compactMap({ $0.node(Media2ProfileTrial.path(type)) }) {
            let token = shown.attribute("token") ?? ""
            let answer = try await call(
                "Get\(type)Configurations", in: .media2,
                "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
            let own = try answer.requireNodes("tr2:Configurations")[0]
            let fields = TestCase.comparedFields[type] ?? ([], [])
            for path in fields.values {
                findings.expect(
                    own.text(path), is: shown.text(path), "\(path.text) of the \(type) configuration \(token)",
                    in: answer)
            }
            for path in fields.presence {
                findings.expect(
                    own.exists(path), is: shown.exists(path),
                    "presence of \(path.text) of the \(type) configuration \(token)", in: answer)
            }
        }
    }

    /// A token that no configuration of the type has must be refused.
    fileprivate func askForUnknown(_ type: String, _ findings: inout Findings) async throws {
        let known = try await call("Get\(type)Configurations", in: .media2).configurationTokens
        var token = "unknown"
        while known.contains(token) { token += "-1" }
        let fault = try await fault(
            from: "Get\(type)Configurations", in: .media2,
            "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoConfig")
    }
}

extension Answer {
    fileprivate var configurationTokens: [String] {
        nodes("tr2:Configurations").map { $0.attribute("token") ?? "" }
    }

    fileprivate func expectDistinctConfigurations(_ findings: inout Findings) {
        let tokens = configurationTokens
        findings.expect(
            Set(tokens).count == tokens.count, "a token of its own for each configuration",
            found: tokens.joined(separator: ", "), in: self)
    }
}
