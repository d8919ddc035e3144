/// A profile of the Media2 service into which configurations are put and out of which they are taken, one by one.
struct Media2ProfileTrial {
    typealias Configuration = (type: String, token: String)

    let device: TestDevice
    let token: String
    /// `nil` where the device does not tell of changed profiles.
    let watch: MediaEventWatch?

    /// Adds the configuration; the event must come, and the profile must have it now beside those that it had.
    func add(
        _ configuration: Configuration, beside others: [Configuration] = [], _ findings: inout Findings
    ) async throws {
        try await device.add([configuration], toMedia2Profile: token)
        try await expectEvent("AddConfiguration", .media2("5.1.3"), &findings)
        try await expect(
            others + [configuration], after: "AddConfiguration of \(configuration.type)", .media2("5.1.3"), &findings)
    }

    /// Removes what the profile has of the type; the others must stay.
    func remove(
        _ type: String, leaving others: [Configuration] = [], _ findings: inout Findings
    ) async throws {
        try await device.remove([type], fromMedia2Profile: token)
        try await expectEvent("RemoveConfiguration", .media2("5.1.4"), &findings)
        try await expect(
            others, without: type, after: "RemoveConfiguration of \(type)", .media2("5.1.4"), &findings)
    }

    /// Waits for the event that tells of a change to the profile, where the device has it.
    func expectEvent(_ step: String, _ clause: Clause, _ findings: inout Findings) async throws {
        try await watch?.expect([("Token", token)], after: step, device, clause: clause, &findings)
    }

    /// Looks whether GetProfiles shows the configurations, and none of the type that the profile must not have.
    ///
    /// `types`: those to ask for, when not just those looked at.
    func expect(
        _ configurations: [Configuration], without absent: String? = nil, asking types: [String]? = nil,
        after step: String, _ clause: Clause, _ findings: inout Findings
    ) async throws {
        let wanted = types ?? (configurations.map(\.type) + [absent].compactMap(\.self))
        let answer = try await device.media2Profiles(wanted, token: token)
        let profiles = answer.nodes("tr2:Profiles")
        guard profiles.count == 1 else {
            findings.record(
                expected: "one profile, as its token was given", found: "\(profiles.count)",
                clause: .media2("5.1.2"), in: answer)
            throw CaseEnd.nothingMoreToTest
        }
        findings.expect(
            profiles[0].attribute("token"), is: token, "token of the profile after \(step)", clause: .media2("5.1.2"),
            in: answer)
        for configuration in configurations {
            findings.expect(
                profiles[0].node(Self.path(configuration.type))?.attribute("token"), is: configuration.token,
                "token of \(configuration.type) after \(step)", clause: clause, in: answer)
        }
        guard let absent else { return }
        let left = absent == "All" ? profiles[0].nodes("tr2:Configurations/*") : profiles[0].nodes(Self.path(absent))
        findings.expect(
            left.isEmpty, absent == "All" ? "no configuration after \(step)" : "no \(absent) after \(step)",
            found: left.map { "\($0.name) \($0.attribute("token") ?? "")" }.joined(separator: ", "), clause: clause,
            in: answer)
    }

    static func path(_ type: String) -> XPath { XPath(stringLiteral: "tr2:Configurations/tr2:\(type)") }

    /// The configurations that the profile would take.
    func compatible(_ type: String) async throws -> (tokens: [String], answer: Answer) {
        let answer = try await device.call(
            "Get\(type)Configurations", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>")
        return (answer.nodes("tr2:Configurations").compactMap { $0.attribute("token") }, answer)
    }

    /// Deletes the profile and looks whether it is unknown from then on.
    func deleteForGood(_ findings: inout Findings) async throws {
        let profile: Markup = "<tr2:Token>\(token)</tr2:Token>"
        try await device.call("DeleteProfile", in: .media2, profile)
        try await expectEvent("DeleteProfile", .media2("5.1.5"), &findings)
        let fault = try await device.fault(from: "GetProfiles", in: .media2, profile)
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoProfile", clause: .media2("5.1.2"))
    }
}

extension TestDevice {
    /// All configurations of the type in the Media2 service; the end of the case where there are none.
    func media2Configurations(_ type: String) async throws -> [AnswerNode] {
        try await call("Get\(type)Configurations", in: .media2).requireNodes("tr2:Configurations")
    }
}
