import ONVIF

extension TestCase {
    static let media2SetAndGetPreset = TestCase(
        id: "MEDIA2_PTZ-2-1-1",
        title: "PTZ SET AND GET PRESET USING MEDIA2 PROFILE",
        covers: .ptz("5.4.1"), .ptz("5.4.2"), .ptz("5.7"),
        requires: [.media2, .ptz, .ptzAbsolute, .ptzPresets],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .presetListEmpty, .presetNameForgotten, .presetWithoutPosition, .presetWithoutZoomPosition,
        .presetOverwriteMakesAnother, .absoluteMoveRefused, .removePresetRefused,
        .ptzOptionsWithoutGenericPositionSpace
    ) { device, findings in
        let (head, spaces) = try await PTZHead.readyForAbsoluteMoves(device, &findings)
        try await head.returnAfterwards()
        let first = head.position(panTilt: 1.0 / 3, zoom: 0, spaces)
        try await head.absoluteMove(first)
        try await head.rest(at: first)
        let preset = try await head.setPreset(name: PTZHead.presetName)
        try await head.expectPreset(preset, at: first, "the first position", accurate: false, &findings)

        let second = head.position(panTilt: 2.0 / 3, zoom: 1, spaces)
        try await head.absoluteMove(second)
        try await head.rest(at: second)
        let again = try await head.overwrite(preset, name: PTZHead.presetName)
        try await head.expectPreset(preset, at: second, "the second position", accurate: false, &findings)
        findings.expect(again, is: preset, "token of the preset after it was overwritten")
        try await head.removePreset(again)
    }

    static let media2GotoPreset = TestCase(
        id: "MEDIA2_PTZ-2-1-2",
        title: "PTZ GOTO PRESET USING MEDIA2 PROFILE",
        covers: .ptz("5.4.3"), .ptz("5.7"),
        requires: [.media2, .ptz, .ptzAbsolute, .ptzPresets],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .gotoPresetRefused, .absoluteMoveRefused, .removePresetRefused,
        .ptzOptionsWithoutGenericPositionSpace, .statusWithoutMoveStatus, .statusUnknown, .panTiltStatusSticks
    ) { device, findings in
        let (head, spaces) = try await PTZHead.readyForAbsoluteMoves(device, &findings)
        try await head.returnAfterwards()
        let (first, second) = (
            head.position(panTilt: 0, zoom: 0, spaces), head.position(panTilt: 1, zoom: 1, spaces)
        )
        try await head.absoluteMove(first)
        try head.expectIdle(spaces, in: try await head.rest(at: first), "the first move", &findings)
        let preset = try await head.setPreset(name: PTZHead.presetName)
        try await head.absoluteMove(second)
        try head.expectIdle(spaces, in: try await head.rest(at: second), "the second move", &findings)
        try await head.gotoPreset(preset)
        try head.expectIdle(spaces, in: try await head.rest(at: first), "GotoPreset", &findings)
        _ = try await head.status()
        try await head.removePreset(preset)
    }

    static let media2RemovePreset = TestCase(
        id: "MEDIA2_PTZ-2-1-3",
        title: "PTZ REMOVE PRESET USING MEDIA2 PROFILE",
        covers: .ptz("5.4.4"),
        requires: [.media2, .ptz, .ptzPresets],
        profiles: [.t],
        mutants: .removePresetForgotten, .presetListEmpty, .presetNameForgotten, .removePresetRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media2, &findings)
        try await head.rest()
        try await head.checkRemoval(&findings)
    }
}

extension PTZHead {
    /// A head whose limits, if any, are told in the generic position spaces.
    static func readyForAbsoluteMoves(
        _ device: TestDevice, _ findings: inout Findings
    ) async throws -> (head: PTZHead, spaces: [PTZPart: PTZSpace]) {
        let head = try await prepare(device, .media2, &findings)
        head.checkOptions(&findings)
        var spaces: [PTZPart: PTZSpace] = [:]
        for part in PTZPart.allCases where head.nodeSpaces.has(part.position) {
            guard let space = head.options.generic(part.position) else { throw CaseEnd.nothingMoreToTest }
            spaces[part] = space
        }
        guard !spaces.isEmpty else {
            findings.record(
                expected: "a space of absolute positions at the node tested", found: "none", clause: .ptz("5.7"))
            throw CaseEnd.nothingMoreToTest
        }
        return (try await head.settled(on: spaces, defaults: false), spaces)
    }

    /// The position at those parts of the ranges within the limits.
    func position(panTilt: Double, zoom: Double, _ spaces: [PTZPart: PTZSpace]) -> PTZCoordinates {
        var result = PTZCoordinates()
        for (part, space) in spaces {
            guard let range = range(part, space) else { continue }
            let fraction = part == .panTilt ? panTilt : zoom
            result = result.with(
                part.coordinates(range.x.point(fraction), range.y?.point(fraction) ?? 0, space.uri))
        }
        return result
    }
}
