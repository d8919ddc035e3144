/// A profile of the Media service into which configurations are put and out of which they are taken, one by one.
struct MediaProfileTrial {
    /// A kind of configuration by its name in operations, such as "VideoSource".
    struct Kind {
        let name: String
        /// The clauses of its Add and Remove operations in ONVIF Media.
        let add: String
        let remove: String

        static let videoSource = Kind(name: "VideoSource", add: "5.2.4", remove: "5.2.13")
        static let videoEncoder = Kind(name: "VideoEncoder", add: "5.2.5", remove: "5.2.14")
        static let audioSource = Kind(name: "AudioSource", add: "5.2.6", remove: "5.2.15")
        static let audioEncoder = Kind(name: "AudioEncoder", add: "5.2.7", remove: "5.2.16")
        static let ptz = Kind(name: "PTZ", add: "5.2.8", remove: "5.2.17")
        static let metadata = Kind(name: "Metadata", add: "5.2.10", remove: "5.2.19")
        static let audioOutput = Kind(name: "AudioOutput", add: "5.2.11", remove: "5.2.20")
        static let audioDecoder = Kind(name: "AudioDecoder", add: "5.2.12", remove: "5.2.21")

        /// In the order in which a profile takes them.
        static let all = [
            videoSource, videoEncoder, audioSource, audioEncoder, ptz, metadata, audioOutput, audioDecoder,
        ]

        /// The element in `tt:Profile`; those of audio outputs are in its extension.
        var path: XPath {
            let home = ["AudioOutput", "AudioDecoder"].contains(name) ? "tt:Extension/" : ""
            return XPath(stringLiteral: "\(home)tt:\(name)Configuration")
        }
    }

    let device: TestDevice
    let token: String
    /// False where an existing profile was emptied, as the device takes no further one.
    let isNew: Bool

    private var profile: Markup { "<trt:ProfileToken>\(token)</trt:ProfileToken>" }

    /// A new empty profile, or an emptied one that gets its configurations back.
    ///
    /// Source: ONVIF Media Configuration Device Test Specification, annex "Create Empty Profile"; there, a profile that is
    /// not fixed gives way instead, which would cost its token.
    static func empty(
        on device: TestDevice, among profiles: [AnswerNode], _ findings: inout Findings
    ) async throws -> MediaProfileTrial {
        let reply = try await device.reply(
            to: "CreateProfile", in: .media, "<trt:Name>testprofile</trt:Name>")
        if let fault = reply.fault, fault.subcodes.contains("MaxNVTProfiles"), let spare = profiles.first {
            return try await emptied(spare, device)
        }
        let answer = try reply.success()
        let token = try findings.require(
            answer.node("trt:Profile")?.attribute("token"), "a token on the new profile", clause: .media("5.2.1"),
            in: answer)
        device.afterwards("media profiles") { device in
            let reply = try await device.reply(
                to: "DeleteProfile", in: .media, "<trt:ProfileToken>\(token)</trt:ProfileToken>")
            // The case itself may have deleted it.
            if reply.fault?.subcodes.contains("NoProfile") != true { _ = try reply.success() }
        }
        findings.expect(
            answer.flag("trt:Profile/@fixed") != true, "a new profile that is not fixed", found: "fixed = true",
            clause: .media("5.2.1"), in: answer)
        let contents = Kind.all.filter { answer.node("trt:Profile")?.exists($0.path) == true }
        findings.expect(
            contents.isEmpty, "a new profile without configurations",
            found: contents.map(\.name).joined(separator: ", "), clause: .media("5.2.1"), in: answer)
        return MediaProfileTrial(device: device, token: token, isNew: true)
    }

    private static func emptied(_ profile: AnswerNode, _ device: TestDevice) async throws -> MediaProfileTrial {
        let trial = MediaProfileTrial(device: device, token: profile.attribute("token") ?? "", isNew: false)
        let contents = Kind.all.compactMap { kind -> (kind: Kind, token: String)? in
            profile.node(kind.path)?.attribute("token").map { (kind, $0) }
        }
        device.afterwards("configurations of the media profile \(trial.token)") { device in
            for item in contents { try await trial.send("Add", item.kind, item.token) }
        }
        for item in contents.reversed() { try await trial.send("Remove", item.kind) }
        return trial
    }

    @discardableResult
    private func send(_ verb: String, _ kind: Kind, _ configuration: String? = nil) async throws -> Answer {
        let token: Markup? = configuration.map { "<trt:ConfigurationToken>\($0)</trt:ConfigurationToken>" }
        return try await device.call("\(verb)\(kind.name)Configuration", in: .media, "\(profile)\(token)")
    }

    /// The configurations that Get…Configurations or GetCompatible…Configurations lists.
    func tokens(_ kind: Kind, compatible: Bool = false) async throws -> (tokens: [String], answer: Answer) {
        let answer = try await device.call(
            "Get\(compatible ? "Compatible" : "")\(kind.name)Configurations", in: .media, compatible ? profile : "")
        return (answer.nodes("trt:Configurations").compactMap { $0.attribute("token") }, answer)
    }

    /// Adds the configuration and looks whether the profile has it now, beside those that it had.
    func add(
        _ kind: Kind, _ configuration: String, beside others: [(kind: Kind, token: String)] = [],
        _ findings: inout Findings
    ) async throws {
        try await send("Add", kind, configuration)
        try await expect(
            others + [(kind, configuration)], without: [], after: "Add\(kind.name)Configuration",
            clause: .media(kind.add), &findings)
    }

    /// As ``add(_:_:beside:_:)``, for configurations that the profile may refuse.
    ///
    /// - Returns: whether it took it.
    func offer(
        _ kind: Kind, _ configuration: String, beside others: [(kind: Kind, token: String)],
        _ findings: inout Findings
    ) async throws -> Bool {
        let reply = try await device.reply(
            to: "Add\(kind.name)Configuration", in: .media,
            "\(profile)<trt:ConfigurationToken>\(configuration)</trt:ConfigurationToken>")
        guard reply.fault == nil else { return false }
        _ = try reply.success()
        try await expect(
            others + [(kind, configuration)], without: [], after: "Add\(kind.name)Configuration",
            clause: .media(kind.add), &findings)
        return true
    }

    /// Removes the configuration and looks whether the profile is without it now and has the others still.
    func remove(
        _ kind: Kind, leaving others: [(kind: Kind, token: String)] = [], _ findings: inout Findings
    ) async throws {
        try await send("Remove", kind)
        try await expect(
            others, without: [kind], after: "Remove\(kind.name)Configuration", clause: .media(kind.remove), &findings)
    }

    private func expect(
        _ contents: [(kind: Kind, token: String)], without absent: [Kind], after step: String, clause: Clause,
        _ findings: inout Findings
    ) async throws {
        let answer = try await device.call("GetProfile", in: .media, profile)
        let found = try findings.require(answer.node("trt:Profile"), "the profile \(token)", in: answer)
        findings.expect(
            found.attribute("token"), is: token, "token of the profile after \(step)", clause: .media("5.2.3"),
            in: answer)
        for item in contents {
            findings.expect(
                found.node(item.kind.path)?.attribute("token"), is: item.token,
                "token of \(item.kind.name)Configuration after \(step)", clause: clause, in: answer)
        }
        for kind in absent {
            findings.expect(
                !found.exists(kind.path), "no \(kind.name)Configuration after \(step)",
                found: found.node(kind.path)?.attribute("token") ?? "one without token", clause: clause, in: answer)
        }
    }
}
