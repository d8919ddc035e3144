import ONVIF

extension TestCase {
    static let media2CreatesTextOSD = TestCase(
        id: "MEDIA2-6-1-1",
        title: "CREATE OSD CONFIGURATION FOR TEXT OVERLAY",
        covers: .media2("5.9.2"), .media2("5.9.3"), .media2("5.9.4"), .media2("5.9.6"),
        requires: [.media2, .media2OSD],
        mutants: .media2ForgetsOSD, .media2CreatesOSDElsewhere, .media2GivesOSDTokenTwice, .media2KeepsDeletedOSD,
        .media2OptionsWithoutPosition, .media2VideoSourceConfigurationsMissing
    ) { device, findings in
        for source in try await device.media2Configurations("VideoSource") {
            try await device.tryTextOSDs(over: source.attribute("token") ?? "", &findings)
        }
    }
}

extension TestDevice {
    private static let osds: XPath = "tr2:OSDs"

    /// The first kind of text with the least of everything, then the last kind with the most.
    fileprivate func tryTextOSDs(over source: String, _ findings: inout Findings) async throws {
        let reference: Markup = "<tr2:ConfigurationToken>\(source)</tr2:ConfigurationToken>"
        let before = try await call("GetOSDs", in: .media2, reference)
        let answer = try await call("GetOSDOptions", in: .media2, reference)
        let options = try answer.requireNodes("tr2:OSDOptions")[0]
        guard options.texts("tt:Type").contains("Text"), options.exists("tt:TextOption") else { return }
        let types = OSDTrial.textTypes(of: options)
        let first = try findings.require(
            types.first, "a text type in TextOption", clause: .media2("5.9.6"), in: answer)
        let kept = try await makeRoomForOSD(before.nodes(Self.osds), options, types)

        let least = OSDTrial(options: options, videoSource: source, textType: first, isLast: false)
        let one = try await create(least, beside: kept, in: answer, &findings)
        let alone = try await call("GetOSDs", in: .media2, "<tr2:OSDToken>\(one)</tr2:OSDToken>")
        try check(least, one, in: alone, &findings)
        try await call("DeleteOSD", in: .media2, "<tr2:OSDToken>\(one)</tr2:OSDToken>")

        let most = OSDTrial(options: options, videoSource: source, textType: types.last ?? first, isLast: true)
        let two = try await create(most, beside: kept, in: answer, &findings)
        try check(most, two, in: try await call("GetOSDs", in: .media2, reference), &findings)
        try await call("DeleteOSD", in: .media2, "<tr2:OSDToken>\(two)</tr2:OSDToken>")
        let after = try await call("GetOSDs", in: .media2, reference)
        findings.expect(
            !after.exists("tr2:OSDs[@token = \(two)]"), "no OSD \(two) after DeleteOSD", found: "it is still there",
            clause: .media2("5.9.3"), in: after)
    }

    /// - Returns: the token that the device gave the overlay, which is gone after the case at the latest.
    private func create(
        _ osd: OSDTrial, beside others: [String], in options: Answer, _ findings: inout Findings
    ) async throws -> String {
        if let gap = osd.gap {
            findings.record(
                expected: "\(gap) in OSDOptions, as the text type \(osd.textType) needs it", found: "none",
                clause: .media2("5.9.6"), in: options)
            throw CaseEnd.nothingMoreToTest
        }
        let answer = try await call("CreateOSD", in: .media2, osd.markup)
        let token = try answer.require("tr2:OSDToken")
        findings.expect(
            !others.contains(token), "a token of its own for the new OSD", found: "\(token), which another has",
            in: answer)
        afterwards("OSDs") { device in
            let reply = try await device.reply(
                to: "DeleteOSD", in: .media2, "<tr2:OSDToken>\(token)</tr2:OSDToken>")
            // The case itself may have deleted it.
            if reply.fault?.subcodes.contains("NoConfig") != true { _ = try reply.success() }
        }
        return token
    }

    private func check(
        _ osd: OSDTrial, _ token: String, in answer: Answer, _ findings: inout Findings
    ) throws {
        let found = try findings.require(
            answer.node("tr2:OSDs[@token = \(token)]"), "the new OSD \(token) in the list",
            found: answer.nodes(Self.osds).map { $0.attribute("token") ?? "" }.joined(separator: ", "),
            clause: .media2("5.9.4"), in: answer)
        osd.check(found, &findings, in: answer)
    }

    /// Deletes the text overlays where there is no room for a further one; they are made again after the case.
    ///
    /// Source: ONVIF Media2 Configuration Device Test Specification, annex "Device Configuration to Create OSD with
    /// Required Type", which deletes them in any case.
    /// - Returns: the tokens of those that stay.
    private func makeRoomForOSD(
        _ osds: [AnswerNode], _ options: AnswerNode, _ types: [String]
    ) async throws -> [String] {
        let limits = options.node("tt:MaximumNumberOfOSDs")
        let texts = osds.filter { $0.text("tt:Type") == "Text" }
        let isFull =
            limits?.number("@Total").map { Double(osds.count) >= $0 } == true
            || types.contains { type in
                let name = type == "Plain" ? "PlainText" : type
                let count = texts.count { $0.text("tt:TextString/tt:Type") == type }
                return limits?.number(XPath(stringLiteral: "@" + name)).map { Double(count) >= $0 } == true
            }
        let gone = isFull ? (texts.isEmpty ? Array(osds.prefix(1)) : texts) : []
        for osd in gone {
            let again = osd.echoed(as: "tr2:OSD")
            afterwards("OSD \(osd.attribute("token") ?? "")") { device in
                try await device.call("CreateOSD", in: .media2, again)
            }
            try await call("DeleteOSD", in: .media2, "<tr2:OSDToken>\(osd.attribute("token") ?? "")</tr2:OSDToken>")
        }
        let tokens = Set(gone.compactMap { $0.attribute("token") })
        return osds.compactMap { $0.attribute("token") }.filter { !tokens.contains($0) }
    }
}
