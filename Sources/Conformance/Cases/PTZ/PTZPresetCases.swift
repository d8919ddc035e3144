import ONVIF

extension TestCase {
    static let ptzSetAndGetPreset = TestCase(
        id: "PTZ-4-1-4",
        title: "SET AND GET PRESET",
        covers: .ptz("5.4.1"), .ptz("5.4.2"),
        requires: [.ptz, .media, .ptzPresets],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .presetListEmpty, .presetNameForgotten, .presetWithoutPosition, .presetSomewhereElse,
        .presetOverwriteForgotten, .removePresetRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let start = try await head.returnAfterwards()
        let first = try await head.step("position X", from: start, &findings)
        let preset = try await head.setPreset(name: PTZHead.presetName)
        try await head.expectPreset(preset, at: first, "position X", &findings)

        let second = try await head.step("position Y", from: head.status(), &findings)
        try await head.overwrite(preset)
        try await head.expectPreset(preset, at: second, "position Y", &findings)
        try await head.removePreset(preset)
    }

    static let ptzGotoPreset = TestCase(
        id: "PTZ-4-1-5",
        title: "GOTO PRESET",
        covers: .ptz("5.4.3"),
        requires: [.ptz, .media, .ptzPresets],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .gotoPresetGoesNowhere, .absoluteMoveGoesNowhere, .gotoPresetRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let start = try await head.returnAfterwards()
        let first = try await head.step("position X", from: start, &findings)
        let preset = try await head.setPreset(name: PTZHead.presetName)
        _ = try await head.step("position Y", from: head.status(), &findings)
        try await head.gotoPreset(preset)
        head.expect(try await head.rest(at: first), at: first, "position X of the preset", &findings)
        try await head.removePreset(preset)
    }

    static let ptzRemovePreset = TestCase(
        id: "PTZ-4-1-6",
        title: "REMOVE PRESET",
        covers: .ptz("5.4.4"),
        requires: [.ptz, .media, .ptzPresets],
        profiles: [.s],
        mutants: .removePresetForgotten, .presetListEmpty, .presetNameForgotten, .removePresetRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        try await head.rest()
        try await head.checkRemoval(&findings)
    }
}

/// Presets.
extension PTZHead {
    /// As the official procedures have it.
    static let presetName = "Test"

    /// Makes a preset of the present position, for the time of the case.
    ///
    /// - Throws: ``CaseEnd``; not testable where the device has all presets that it can have.
    func setPreset(name: String) async throws -> String {
        let taken = try await presets().texts("tptz:Preset/tt:Name")
        guard !taken.contains(name) else {
            throw CaseEnd.notTestable(reason: "the device has a preset \"\(name)\" already; remove it first")
        }
        let reply = try await device.reply(
            to: "SetPreset", in: .ptz,
            """
            <tptz:ProfileToken>\(profile)</tptz:ProfileToken><tptz:PresetName>\(name)</tptz:PresetName>
            """)
        if reply.fault?.subcodes == ["Action", "TooManyPresets"] {
            throw CaseEnd.notTestable(reason: "the device has all presets that it can have; remove one first")
        }
        let token = try reply.success().require("tptz:PresetToken")
        device.afterwards("the presets without \(token)") { device in
            guard try await presets().exists("tptz:Preset[@token = \(token)]") else { return }
            try await removePreset(token)
        }
        return token
    }

    /// Stores the present position in an existing preset.
    ///
    /// `name`: `nil` leaves the name to the device.
    @discardableResult
    func overwrite(_ preset: String, name: String? = nil) async throws -> String {
        let answer = try await device.call(
            "SetPreset", in: .ptz,
            """
            <tptz:ProfileToken>\(profile)</tptz:ProfileToken>\
            \(name.map { "<tptz:PresetName>\($0)</tptz:PresetName>" as Markup })\
            <tptz:PresetToken>\(preset)</tptz:PresetToken>
            """)
        return answer.text("tptz:PresetToken") ?? preset
    }

    func presets() async throws -> Answer {
        try await device.call("GetPresets", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>")
    }

    func gotoPreset(_ preset: String) async throws {
        try await device.call("GotoPreset", in: .ptz, presetBody(preset))
    }

    func removePreset(_ preset: String) async throws {
        try await device.call("RemovePreset", in: .ptz, presetBody(preset))
    }

    private func presetBody(_ preset: String) -> Markup {
        "<tptz:ProfileToken>\(profile)</tptz:ProfileToken><tptz:PresetToken>\(preset)</tptz:PresetToken>"
    }

    /// Holds the list of presets to one with that token, the name of the tests, and, where the node has absolute
    /// positions or the preset tells any, the position.
    ///
    /// `accurate`: whether the position is compared; the procedures with Media2 profiles only warn.
    func expectPreset(
        _ token: String, at position: PTZCoordinates, _ what: String, accurate: Bool = true, _ findings: inout Findings
    ) async throws {
        let answer = try await presets()
        let preset = try findings.require(
            answer.node("tptz:Preset[@token = \(token)]"), "the preset \(token) in the list", in: answer)
        findings.expect(preset.text("tt:Name"), is: Self.presetName, "name of the preset \(token)", in: answer)
        let place = PTZCoordinates(preset.node("tt:PTZPosition")) ?? PTZCoordinates()
        for part in PTZPart.allCases where has(part.position) {
            findings.expect(
                !place.shifts(part).isEmpty, "PTZPosition/\(part.name) of the preset \(token)", found: "none",
                clause: .ptz("5.4.2"), in: answer)
        }
        guard accurate else { return }
        findings.expect(
            isNear(place, position), "the preset \(token) at \(what), \(position), but for a tenth of the range",
            found: "\(place)", in: answer)
    }

    /// Makes a preset, removes it, and looks at the list each time.
    func checkRemoval(_ findings: inout Findings) async throws {
        let token = try await setPreset(name: Self.presetName)
        let before = try await presets()
        let preset = try findings.require(
            before.node("tptz:Preset[@token = \(token)]"), "the preset \(token) in the list", in: before)
        findings.expect(preset.text("tt:Name"), is: Self.presetName, "name of the preset \(token)", in: before)
        try await removePreset(token)
        let after = try await presets()
        findings.expect(
            !after.exists("tptz:Preset[@token = \(token)]"), "no preset \(token) after RemovePreset",
            found: "it is still listed", in: after)
    }
}
