import ONVIF

extension TestCase {
    static let ptzAbsoluteMove = TestCase(
        id: "PTZ-3-1-1",
        title: "PTZ ABSOLUTE MOVE",
        covers: .ptz("5.3.1"), .ptz("5.3.7"),
        requires: [.ptz, .media, .ptzAbsolute],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .absoluteMoveGoesNowhere, .absoluteZoomGoesNowhere, .absoluteMoveRefused,
        .ptzOptionsWithoutAbsoluteSpaces
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        head.checkOptions(&findings)
        findings.expect(
            head.options.has(.panTiltPosition) || head.options.has(.zoomPosition),
            "a space of absolute positions in the options", found: "none", in: head.optionsAnswer)
        let target = head.target(beside: try await head.returnAfterwards().position)
        if let panTilt = target.panTilt {
            let part = PTZCoordinates(panTilt: panTilt)
            try await head.absoluteMove(part, speed: head.fastest(.panTilt))
            try await head.rest(at: part)
        }
        if let zoom = target.zoom {
            let part = PTZCoordinates(zoom: zoom)
            try await head.absoluteMove(part, speed: head.fastest(.zoom))
            try await head.rest(at: part)
        }
        head.expect(try await head.status(), at: target, "the position asked for", &findings)
    }

    static let ptzAbsoluteMoveOutOfRange = TestCase(
        id: "PTZ-3-1-2",
        title: "SOAP FAULT MESSAGE",
        covers: .ptz("5.3.1"),
        requires: [.ptz, .media, .ptzAbsolutePanTilt],
        profiles: [.s],
        mutants: .unreachablePositionAccepted, .unreachablePositionWithoutSubcode
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        try await head.returnAfterwards()
        let position = try head.unreachable()
        let fault = try await device.fault(from: "AbsoluteMove", in: .ptz, head.absoluteMoveBody(position))
        findings.expect(fault, is: "Sender", "InvalidArgVal", "InvalidPosition")
    }

    static let ptzRelativeMove = TestCase(
        id: "PTZ-3-1-3",
        title: "PTZ RELATIVE MOVE",
        covers: .ptz("5.3.2"), .ptz("5.3.7"),
        requires: [.ptz, .media, .ptzRelative],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .relativeMoveGoesNowhere, .relativeZoomGoesNowhere, .relativeMoveMirrored, .relativeMoveRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        head.checkOptions(&findings)
        let parts = PTZPart.allCases.filter { head.options.has($0.translation) }
        findings.expect(
            !parts.isEmpty, "a space of relative translations in the options", found: "none", in: head.optionsAnswer)
        let start = try await head.returnAfterwards()
        for part in parts {
            guard let step = head.translation(part, from: start.position) else { continue }
            try await head.relativeMove(step, speed: head.fastest(part))
            let end = try await head.rest(moving: true)
            guard let before = start.position, let after = end.position else { continue }
            let shifts = part.shifts(from: before, to: after)
            let wanted = part.shifts(from: part.coordinates(0, 0, nil), to: step)
            for (axis, wish) in wanted {
                let shift = shifts[axis] ?? 0
                findings.expect(
                    shift * wish > 0, "\(axis) \(wish > 0 ? "greater" : "less") after the translation by \(step)",
                    found: "from \(before) to \(after)", in: end.answer)
            }
        }
    }

    static let ptzContinuousMove = TestCase(
        id: "PTZ-3-1-4",
        title: "PTZ CONTINUOUS MOVE",
        covers: .ptz("5.3.3"), .ptz("5.3.7"),
        requires: [.ptz, .media],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .continuousMoveIgnoresTimeout, .zoomStatusSticks, .continuousMoveRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        head.checkOptions(&findings)
        try await head.stopAfterwards()
        for part in PTZPart.allCases {
            guard let velocity = head.velocity(part) else { continue }
            try await head.continuousMove(velocity, seconds: head.moveTimeout)
            let end = try await head.rest(
                moving: true, within: .seconds(head.moveTimeout) + PTZHead.settlingBound)
            findings.expect(
                part.moving(in: end) != "MOVING", "\(part.name) at rest when the time-out is over", found: "MOVING",
                in: end.answer)
        }
    }

    static let ptzContinuousMoveStop = TestCase(
        id: "PTZ-3-1-5",
        title: "PTZ CONTINUOUS MOVE & STOP",
        covers: .ptz("5.3.5"), .ptz("5.3.3"),
        requires: [.ptz, .media],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .stopIsIgnored, .zoomStatusSticks, .stopRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        head.checkOptions(&findings)
        try await head.stopAfterwards()
        for part in PTZPart.allCases {
            guard let velocity = head.velocity(part) else { continue }
            let start = try await head.status()
            try await head.continuousMove(velocity)
            try await head.beginning(from: start)
            try await head.stop()
            let end = try await head.rest(within: PTZHead.settlingBound)
            findings.expect(
                part.moving(in: end) != "MOVING", "\(part.name) at rest after Stop", found: "MOVING", in: end.answer)
        }
    }
}

extension PTZHead {
    /// A pan/tilt position beyond the range of its space.
    ///
    /// - Throws: not testable where the range is endless.
    func unreachable() throws(CaseEnd) -> PTZCoordinates {
        guard let space = positionSpace(.panTilt), let x = space.x, let y = space.y, x.maximum.isFinite,
            y.maximum.isFinite, x.span.isFinite, y.span.isFinite
        else { throw CaseEnd.notTestable(reason: "the range of pan/tilt positions has no end") }
        return PTZCoordinates(
            panTilt: .init(x: x.maximum + max(1, x.span), y: y.maximum + max(1, y.span), space: space.uri))
    }

    /// A translation of a part that stays within the range of positions; in the generic space where there is one.
    func translation(_ part: PTZPart, from present: PTZCoordinates?) -> PTZCoordinates? {
        guard let space = options.generic(part.translation) ?? options[part.translation].first, let x = space.x,
            x.maximum.isFinite
        else { return nil }
        let there = target(beside: present).shifts(part)
        let now = present?.shifts(part) ?? [:]
        func step(_ axis: String, _ maximum: Double) -> Double {
            let isBack = (there[axis] ?? 1) < (now[axis] ?? 0)
            return (isBack ? -1 : 1) * maximum * Self.stepFraction
        }
        return part.coordinates(
            step(part == .panTilt ? "pan" : "zoom", x.maximum), step("tilt", space.y?.maximum ?? x.maximum), space.uri)
    }

    /// Half the greatest velocity of a part, in the generic space where there is one.
    func velocity(_ part: PTZPart) -> PTZCoordinates? {
        guard let space = options.generic(part.velocity) ?? options[part.velocity].first, let x = space.x,
            x.maximum.isFinite
        else { return nil }
        return part.coordinates(x.maximum / 2, (space.y?.maximum ?? x.maximum) / 2, space.uri)
    }

    /// Stops the head after the case, then brings it back.
    @discardableResult
    func stopAfterwards() async throws -> PTZStatus {
        let start = try await returnAfterwards()
        device.afterwards("a head at rest") { _ in try await stop() }
        return start
    }
}

extension PTZCoordinates {
    /// The coordinates of a part by axis: `pan` and `tilt`, or `zoom`.
    func shifts(_ part: PTZPart) -> [String: Double] {
        switch part {
        case .panTilt: panTilt.map { ["pan": $0.x, "tilt": $0.y] } ?? [:]
        case .zoom: zoom.map { ["zoom": $0.x] } ?? [:]
        }
    }
}

extension PTZPart {
    /// How far each axis of the part went; empty where either place is not told.
    func shifts(from one: PTZCoordinates, to two: PTZCoordinates) -> [String: Double] {
        let start = one.shifts(self)
        return two.shifts(self).compactMapValues { $0 }.merging(start) { end, begin in end - begin }
            .filter { start[$0.key] != nil }
    }
}
