/// Profiles of the Media2 service, changed and put back.
extension TestDevice {
    /// `configurations`: types of `tr2:ConfigurationEnumeration` with their tokens.
    @discardableResult
    func add(_ configurations: [(type: String, token: String)], toMedia2Profile token: String) async throws -> Answer {
        let list = configurations.map { configuration -> Markup in
            """
            <tr2:Configuration><tr2:Type>\(configuration.type)</tr2:Type>\
            <tr2:Token>\(configuration.token)</tr2:Token></tr2:Configuration>
            """
        }
        return try await call(
            "AddConfiguration", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>\(list)")
    }

    @discardableResult
    func remove(_ types: [String], fromMedia2Profile token: String) async throws -> Answer {
        let list = types.map { type -> Markup in
            "<tr2:Configuration><tr2:Type>\(type)</tr2:Type></tr2:Configuration>"
        }
        return try await call(
            "RemoveConfiguration", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>\(list)")
    }

    /// The profiles with the configurations of these types.
    func media2Profiles(_ types: [String], token: String? = nil) async throws -> Answer {
        let profile: Markup? = token.map { "<tr2:Token>\($0)</tr2:Token>" }
        let list = types.map { type -> Markup in "<tr2:Type>\(type)</tr2:Type>" }
        return try await call("GetProfiles", in: .media2, "\(profile)\(list)")
    }

    /// Makes a profile that is gone after the case at the latest.
    ///
    /// - Returns: its token.
    func createMedia2Profile(
        _ name: String, _ configurations: [(type: String, token: String)] = []
    ) async throws -> String {
        let list = configurations.map { configuration -> Markup in
            """
            <tr2:Configuration><tr2:Type>\(configuration.type)</tr2:Type>\
            <tr2:Token>\(configuration.token)</tr2:Token></tr2:Configuration>
            """
        }
        let answer = try await call("CreateProfile", in: .media2, "<tr2:Name>\(name)</tr2:Name>\(list)")
        let token = try answer.require("tr2:Token")
        afterwards("media profiles") { device in
            let reply = try await device.reply(to: "DeleteProfile", in: .media2, "<tr2:Token>\(token)</tr2:Token>")
            // The case itself may have deleted it.
            if reply.fault?.subcodes.contains("NoProfile") != true { _ = try reply.success() }
        }
        return token
    }

    /// Deletes a profile where the device has as many as it can; it is made again after the case, under a new token.
    ///
    /// Source: ONVIF Media2 Configuration Device Test Specification, annex "Delete Media Profile if Max Reached".
    func makeRoomForMedia2Profile(_ findings: inout Findings) async throws {
        let profiles = try await media2Profiles(["All"])
        guard try await isFull(profiles.count("tr2:Profiles")) else { return }
        let spare = try findings.require(
            profiles.nodes("tr2:Profiles").first { $0.flag("@fixed") != true },
            "a media profile that is not fixed, as the device has as many as it can",
            found: "\(profiles.count("tr2:Profiles")) fixed ones", in: profiles)
        let token = spare.attribute("token") ?? ""
        let name = spare.text("tr2:Name") ?? token
        let contents = Self.contents(of: spare)
        try await call("DeleteProfile", in: .media2, "<tr2:Token>\(token)</tr2:Token>")
        afterwards("media profile \(token)") { device in
            let list = contents.map { configuration -> Markup in
                """
                <tr2:Configuration><tr2:Type>\(configuration.type)</tr2:Type>\
                <tr2:Token>\(configuration.token)</tr2:Token></tr2:Configuration>
                """
            }
            try await device.call("CreateProfile", in: .media2, "<tr2:Name>\(name)</tr2:Name>\(list)")
        }
    }

    /// A profile without configurations: a new one, or an emptied one where the device has as many as it can.
    ///
    /// Source: ONVIF Media2 Configuration Device Test Specification, annex "Create Empty Profile"; there, a profile that
    /// is not fixed gives way instead, which would cost its token.
    func emptyMedia2Profile(_ findings: inout Findings) async throws -> (token: String, isNew: Bool) {
        let profiles = try await media2Profiles(["All"])
        guard try await isFull(profiles.count("tr2:Profiles")) else {
            return (try await createMedia2Profile("testMedia2"), true)
        }
        let profile = try findings.require(
            profiles.node("tr2:Profiles"), "a media profile", found: "none, and no room for one", in: profiles)
        let token = profile.attribute("token") ?? ""
        let contents = Self.contents(of: profile)
        afterwards("configurations of the media profile \(token)") { device in
            try await device.remove(["All"], fromMedia2Profile: token)
            try await device.add(contents, toMedia2Profile: token)
        }
        try await remove(["All"], fromMedia2Profile: token)
        return (token, false)
    }

    private func isFull(_ count: Int) async throws -> Bool {
        let answer = try await call("GetServiceCapabilities", in: .media2)
        let limit = answer.number("tr2:Capabilities/tr2:ProfileCapabilities/@MaximumNumberOfProfiles")
        return limit.map { Double(count) >= $0 } ?? false
    }

    /// Types and tokens in the order of the schema, which has sources first.
    private static func contents(of profile: AnswerNode) -> [(type: String, token: String)] {
        profile.nodes("tr2:Configurations/*").compactMap { node in
            node.attribute("token").map { (node.name, $0) }
        }
    }
}
