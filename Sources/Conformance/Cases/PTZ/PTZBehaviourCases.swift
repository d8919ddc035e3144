import ONVIF

/// What the official cases leave open: whether the head does what it says, and says what it does.
extension TestCase {
    static let ptzMoveStatusIsHonest = TestCase(
        id: "GE-PTZ-1-1",
        title: "MoveStatus is MOVING while the position changes and IDLE when it does not",
        covers: .ptz("5.3.7"),
        requires: [.ptz, .media, .ptzContinuousPanTilt, .ptzMoveStatus, .ptzStatusPosition],
        timeout: PTZHead.caseTimeout,
        mutants: .moveStatusAlwaysIdle, .panTiltStatusSticks, .statusUnknown, .statusWithoutPosition
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let start = try await head.stopAfterwards()
        guard let space = head.options.generic(.panTiltVelocity), let x = space.x, x.maximum.isFinite else {
            throw CaseEnd.notTestable(reason: "the options have no generic space of pan/tilt velocities")
        }
        // Away from the nearer end of the pan, for so long that several questions fall into the move.
        let pan = try PTZHead.require(start, &findings).panTilt?.x ?? 0
        let isBack = (head.target(beside: start.position).panTilt?.x ?? pan) < pan
        let velocity = PTZCoordinates(panTilt: .init(x: x.maximum / (isBack ? -2 : 2), y: 0, space: space.uri))
        let seconds = min(PTZHead.watchedSeconds, head.timeout?.maximum ?? PTZHead.watchedSeconds)
        try await head.continuousMove(velocity, seconds: seconds)
        var seen: [PTZStatus] = []
        let last = try await head.rest(moving: true, within: .seconds(seconds) + PTZHead.settlingBound) { status in
            seen.append(status)
            return true
        }
        findings.expect(
            seen.allSatisfy { $0.panTilt != "UNKNOWN" }, "MoveStatus/PanTilt known in normal operation",
            found: "UNKNOWN", in: last.answer)
        for (before, after) in zip(seen, seen.dropFirst()) where before.position?.panTilt != after.position?.panTilt {
            findings.expect(
                before.panTilt == "MOVING" || after.panTilt == "MOVING",
                "MoveStatus/PanTilt MOVING while the position changes",
                found: "\(before.panTilt ?? "none"), then \(after.panTilt ?? "none")", in: after.answer)
        }
        findings.expect(
            last.panTilt, is: "IDLE", "MoveStatus/PanTilt of a head at rest", in: last.answer)
    }

    static let ptzRefusedMoveChangesNothing = TestCase(
        id: "GE-PTZ-1-2",
        title: "A refused AbsoluteMove changes nothing",
        covers: .ptz("5.3.1"),
        requires: [.ptz, .media, .ptzAbsolutePanTilt, .ptzStatusPosition],
        timeout: PTZHead.caseTimeout,
        mutants: .refusedMoveMoves, .unreachablePositionAccepted, .statusWithoutPosition
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let start = try await head.returnAfterwards()
        let position = try head.unreachable()
        let fault = try await device.fault(from: "AbsoluteMove", in: .ptz, head.absoluteMoveBody(position))
        findings.expect(fault != nil, "a fault, as the position cannot be reached", found: "an answer without fault")
        // A head that moves all the same shows it within the time that a head may take to begin.
        try await head.beginning(from: start)
        let end = try await head.rest()
        let (before, after) = (try PTZHead.require(start, &findings), try PTZHead.require(end, &findings))
        findings.expect(
            head.isNear(after, before, fraction: PTZHead.fineFraction), "the head where it was, \(before)",
            found: "\(after)", in: end.answer)
    }

    static let ptzFieldOfViewTranslation = TestCase(
        id: "GE-PTZ-1-3",
        title: "A translation in the field of view turns less the farther the lens zooms in",
        covers: Clause("ONVIF PTZ Service 26.06", "A.3.2", .should), .ptz("5.3.2"),
        requires: [.ptz, .media, .ptzAbsolutePanTilt, .ptzAbsoluteZoom, .ptzRelativePanTilt, .ptzStatusPosition],
        timeout: PTZHead.caseTimeout,
        mutants: .fieldOfViewMovesAreFixed, .relativeMoveMirrored, .relativeMoveGoesNowhere, .statusWithoutPosition
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        guard let space = head.options.space(.panTiltTranslation, uri: PTZSpaceKind.panTiltFieldOfViewTranslation)
        else { throw CaseEnd.notTestable(reason: "the options have no translation space in the field of view") }
        try await head.returnAfterwards()
        guard let zoomSpace = head.positionSpace(.zoom), let zoom = head.range(.zoom, zoomSpace)?.x,
            let panSpace = head.positionSpace(.panTilt), let range = head.range(.panTilt, panSpace),
            let tilt = range.y, zoom.span.isFinite, range.x.span.isFinite, tilt.span.isFinite
        else { throw CaseEnd.notTestable(reason: "the ranges of positions have no end") }
        // Half way to the right edge of the picture, from the midst of the ranges: no end is in the way, nor a look straight down.
        let translation = PTZCoordinates(panTilt: .init(x: 0.5, y: 0, space: space.uri))
        var turns: [Double] = []
        for fraction in [0, 0.5] {
            let from = PTZCoordinates(
                panTilt: .init(x: range.x.point(0.5), y: tilt.point(0.5), space: panSpace.uri),
                zoom: .init(x: zoom.point(fraction), space: zoomSpace.uri))
            try await head.absoluteMove(from)
            let before = try await head.rest(at: from)
            try await head.relativeMove(translation)
            let after = try await head.rest(moving: true)
            let (one, two) = (try PTZHead.require(before, &findings), try PTZHead.require(after, &findings))
            turns.append((two.panTilt?.x ?? 0) - (one.panTilt?.x ?? 0))
        }
        findings.expect(
            turns.allSatisfy { $0 > 0 }, "a turn to the right for a point right of the centre", found: "\(turns)")
        findings.expect(
            abs(turns[1]) < abs(turns[0]), "a smaller turn when the lens is zoomed in",
            found: "\(turns[0]) at the widest, \(turns[1]) half way in")
    }

    static let ptzGotoPresetReturns = TestCase(
        id: "GE-PTZ-2-1",
        title: "GotoPreset returns to the position that the preset was made at",
        covers: .ptz("5.4.3"), .ptz("5.4.1"),
        requires: [.ptz, .media, .ptzPresets, .ptzAbsolute, .ptzStatusPosition],
        timeout: PTZHead.caseTimeout,
        mutants: .gotoPresetStopsShort, .gotoPresetGoesNowhere, .statusWithoutPosition
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        let start = try await head.returnAfterwards()
        let preset = try await head.setPreset(name: PTZHead.presetName)
        _ = try await head.step("another position", from: start, &findings)
        try await head.gotoPreset(preset)
        // Until the head rests: a tenth of the range, which `rest(at:)` is content with, is too coarse here.
        let end = try await head.rest(moving: true)
        let (before, after) = (try PTZHead.require(start, &findings), try PTZHead.require(end, &findings))
        findings.expect(
            head.isNear(after, before, fraction: PTZHead.fineFraction),
            "the position told when the preset was made, \(before), but for a fiftieth of the range",
            found: "\(after)", in: end.answer)
        try await head.removePreset(preset)
    }
}

extension PTZHead {
    /// A head that cannot do better than a fiftieth of its range cannot be aimed.
    static let fineFraction = 0.02
    /// The position of a device that claims to tell it; the end of the case with a finding where it does not.
    static func require(_ status: PTZStatus, _ findings: inout Findings) throws -> PTZCoordinates {
        try findings.require(
            status.position, "Position, as StatusPosition is claimed", clause: .ptz("5.3.7"), in: status.answer)
    }
    /// How long a move lasts that is watched on its way.
    static let watchedSeconds = 2.0
}
