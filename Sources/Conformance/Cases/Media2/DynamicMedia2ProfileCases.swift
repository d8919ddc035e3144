import ONVIF

extension TestCase {
    static let media2ProfileTakesAndLosesConfigurations = TestCase(
        id: "MEDIA2-1-1-3",
        title: "DYNAMIC MEDIA PROFILE CONFIGURATION",
        covers: .media2("5.1.3"), .media2("5.1.4"),
        requires: [.media2, .events],
        mutants: .media2ForgetsAddedConfiguration, .media2KeepsRemovedConfiguration, .media2TellsNotOfProfiles,
        .media2NoCompatibleVideoEncoder, .media2NoCompatibleAudioEncoder, .media2ListsAllProfiles,
        .media2KeepsDeletedProfile, .media2ProfilesWithoutMetadata, .media2ProfilesWithoutAudio
    ) { device, findings in
        let (token, isNew) = try await device.emptyMedia2Profile(&findings)
        let watch = try await MediaEventWatch.onProfiles(device)
        let trial = Media2ProfileTrial(device: device, token: token, watch: watch)
        try await trial.tryVideo(&findings)
        if await device.has(.media2Audio) { try await trial.trySound("AudioSource", "AudioEncoder", &findings) }
        if await device.has(.media2AudioOutput) { try await trial.trySound("AudioOutput", "AudioDecoder", &findings) }
        if isNew { try await trial.deleteForGood(&findings) }
    }

    static let media2ProfilesCanBeEmptied = TestCase(
        id: "MEDIA2-1-1-6",
        title: "REMOVE ALL CONFIGURATIONS FROM MEDIA PROFILE",
        covers: .media2("5.1.4"),
        requires: [.media2],
        mutants: .media2KeepsRemovedConfiguration, .media2RefusesToEmptyProfiles
    ) { device, findings in
        let profiles = try await device.media2Profiles(["All"])
        for profile in profiles.nodes("tr2:Profiles") {
            try await device.emptyAndRefill(profile, &findings)
        }
    }

    static let media2FixedProfilesCanBeRefilled = TestCase(
        id: "MEDIA2-1-1-7",
        title: "FIXED MEDIA PROFILE CONFIGURATION",
        covers: .media2("5.1.4"), .media2("5.1.3"),
        requires: [.media2],
        mutants: .media2KeepsRemovedConfiguration, .media2ForgetsAddedConfiguration, .media2RefusesToEmptyProfiles
    ) { device, findings in
        let profiles = try await device.media2Profiles(["All"])
        for profile in profiles.nodes("tr2:Profiles") where profile.flag("@fixed") == true {
            try await device.emptyAndRefill(profile, &findings)
        }
    }
}

extension TestDevice {
    /// Takes all configurations out of the profile and puts them back.
    fileprivate func emptyAndRefill(_ profile: AnswerNode, _ findings: inout Findings) async throws {
        let token = profile.attribute("token") ?? ""
        let contents = profile.nodes("tr2:Configurations/*").compactMap { node in
            node.attribute("token").map { (type: node.name, token: $0) }
        }
        let trial = Media2ProfileTrial(device: self, token: token, watch: nil)
        afterwards("configurations of the media profile \(token)") { device in
            guard !contents.isEmpty else { return }
            try await device.add(contents, toMedia2Profile: token)
        }
        try await remove(["All"], fromMedia2Profile: token)
        try await trial.expect(
            [], without: "All", after: "RemoveConfiguration of All", .media2("5.1.4"), &findings)
        guard !contents.isEmpty else { return }
        try await add(contents, toMedia2Profile: token)
        try await trial.expect(contents, asking: ["All"], after: "AddConfiguration", .media2("5.1.3"), &findings)
    }
}

extension Media2ProfileTrial {
    /// Each video source in turn, with what can stand beside it.
    fileprivate func tryVideo(_ findings: inout Findings) async throws {
        let hasVideo = await device.hasMedia2Video()
        let hasAnalytics = await device.has(.media2Analytics)
        let hasMetadata = await device.has(.media2Metadata)
        var analytics = 0
        for node in try await device.media2Configurations("VideoSource") {
            let source: Configuration = ("VideoSource", node.attribute("token") ?? "")
            try await add(source, &findings)
            if hasVideo { try await tryOne("VideoEncoder", with: source, isNeeded: true, &findings) }
            if hasAnalytics {
                analytics += try await tryOne("Analytics", with: source, isNeeded: false, &findings) ? 1 : 0
            }
            if hasMetadata { try await tryOne("Metadata", with: source, isNeeded: false, &findings) }
            try await remove("VideoSource", &findings)
        }
        if hasAnalytics {
            findings.expect(
                analytics > 0, "an Analytics configuration that is compatible with a video source", found: "none",
                clause: .media2("5.3.2"))
        }
    }

    fileprivate func trySound(_ source: String, _ codec: String, _ findings: inout Findings) async throws {
        for node in try await device.media2Configurations(source) {
            let source: Configuration = (source, node.attribute("token") ?? "")
            try await add(source, &findings)
            try await tryOne(codec, with: source, isNeeded: true, &findings)
            try await remove(source.type, &findings)
        }
    }

    /// The first compatible configuration of the type goes in and out.
    ///
    /// - Returns: whether there is one.
    @discardableResult
    private func tryOne(
        _ type: String, with source: Configuration, isNeeded: Bool, _ findings: inout Findings
    ) async throws -> Bool {
        let (tokens, answer) = try await compatible(type)
        guard isNeeded || !tokens.isEmpty else { return false }
        let first = try findings.require(
            tokens.first, "a \(type) configuration that is compatible with the profile",
            found: "none beside the \(source.type) \(source.token)", clause: .media2("5.3.2"), in: answer)
        try await add((type, first), beside: [source], &findings)
        try await remove(type, leaving: [source], &findings)
        return true
    }
}
