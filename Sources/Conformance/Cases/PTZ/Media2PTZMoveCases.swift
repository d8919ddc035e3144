import ONVIF

extension TestCase {
    static let media2AbsoluteMove = TestCase(
        id: "MEDIA2_PTZ-1-1-1",
        title: "PTZ ABSOLUTE MOVE USING MEDIA2 PROFILE",
        covers: .ptz("5.3.1"), .ptz("5.3.7"), .ptz("5.7"),
        requires: [.media2, .ptz, .ptzAbsolute],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .absoluteMoveRefused, .ptzOptionsWithoutGenericPositionSpace, .ptzOptionsWithoutAbsoluteSpaces,
        .statusWithoutMoveStatus, .statusUnknown, .panTiltStatusSticks, .zoomStatusSticks, .statusPartsTogether,
        .statusWithoutPosition, .statusWithoutZoomPosition
    ) { device, findings in
        var head = try await PTZHead.prepare(device, .media2, &findings)
        head.checkOptions(&findings)
        var spaces: [PTZPart: PTZSpace] = [:]
        for part in PTZPart.allCases where head.has(part.position) { spaces[part] = head.options[part.position].first }
        findings.expect(
            PTZPart.allCases.contains { head.options.has($0.position) }, "a space of absolute positions in the options",
            found: "none", in: head.optionsAnswer)
        guard !spaces.isEmpty else { throw CaseEnd.nothingMoreToTest }
        try await head.returnAfterwards()
        head = try await head.settled(on: spaces, defaults: true)

        var corner = PTZCoordinates()
        for (part, space) in spaces { corner = corner.with(head.corner(\.minimum, part, space)) }
        try await head.absoluteMove(corner)
        let initial = try await head.rest(at: corner)
        try head.expectIdle(spaces, in: initial, "the initial move", &findings)

        for part in PTZPart.allCases {
            guard let space = spaces[part] else { continue }
            let target = head.corner(\.maximum, part, space)
            try await head.absoluteMove(target, speed: head.nodeSpaces.has(part.speed) ? head.fastest(part) : nil)
            try await head.expectArrival(
                of: part, beside: spaces[part.other] != nil, at: target, within: PTZHead.arrivalBound, &findings)
        }
        let end = try await head.status()
        guard head.tellsPosition else { return }
        for part in spaces.keys {
            findings.expect(
                end.position?.shifts(part).isEmpty == false, "Position/\(part.name), as StatusPosition is claimed",
                found: "none", clause: .ptz("5.3.7"), in: end.answer)
        }
    }

    static let media2ContinuousMove = TestCase(
        id: "MEDIA2_PTZ-1-1-2",
        title: "PTZ CONTINUOUS MOVE USING MEDIA2 PROFILE",
        covers: .ptz("5.3.3"), .ptz("5.3.7"), .ptz("5.7"),
        requires: [.media2, .ptz, .ptzContinuous],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .continuousMoveRefused, .continuousMoveIgnoresTimeout, .ptzOptionsWithoutVelocitySpaces,
        .statusWithoutMoveStatus, .statusUnknown, .zoomStatusSticks, .statusPartsTogether
    ) { device, findings in
        let (head, spaces) = try await PTZHead.readyForContinuousMoves(device, &findings)
        let bound = Duration.seconds(head.moveTimeout) + PTZHead.settlingBound
        for part in PTZPart.allCases {
            guard let velocity = spaces[part].flatMap({ part.corner(\.maximum, of: $0) }) else { continue }
            try await head.continuousMove(velocity, seconds: head.moveTimeout)
            try await head.expectArrival(
                of: part, beside: spaces[part.other] != nil, at: nil, within: bound, &findings)
        }
    }

    static let media2ContinuousMoveStop = TestCase(
        id: "MEDIA2_PTZ-1-1-3",
        title: "PTZ CONTINUOUS MOVE & STOP USING MEDIA2 PROFILE",
        covers: .ptz("5.3.5"), .ptz("5.3.3"), .ptz("5.3.7"), .ptz("5.7"),
        requires: [.media2, .ptz, .ptzContinuous],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .stopIsIgnored, .stopRefused, .continuousMoveRefused, .statusWithoutMoveStatus, .statusUnknown,
        .zoomStatusSticks
    ) { device, findings in
        let (head, spaces) = try await PTZHead.readyForContinuousMoves(device, &findings)
        for part in PTZPart.allCases {
            guard let velocity = spaces[part].flatMap({ part.corner(\.maximum, of: $0) }) else { continue }
            let start = try await head.status()
            try await head.continuousMove(velocity)
            try await head.beginning(from: start)
            try await head.stop()
            try await head.expectArrival(
                of: part, beside: spaces[part.other] != nil, at: nil, stopped: true, within: PTZHead.settlingBound,
                &findings)
        }
    }
}

extension PTZHead {
    /// The corner of the range of positions within the limits.
    func corner(_ end: KeyPath<PTZInterval, Double>, _ part: PTZPart, _ space: PTZSpace) -> PTZCoordinates {
        let range = range(part, space)
        let x = range?.x[keyPath: end] ?? 0
        return part.coordinates(x, range?.y?[keyPath: end] ?? x, space.uri)
    }

    /// A head with velocity spaces, sent against the lower end of its velocities and come to rest.
    static func readyForContinuousMoves(
        _ device: TestDevice, _ findings: inout Findings
    ) async throws -> (head: PTZHead, spaces: [PTZPart: PTZSpace]) {
        let head = try await prepare(device, .media2, &findings)
        head.checkOptions(&findings)
        var spaces: [PTZPart: PTZSpace] = [:]
        for part in PTZPart.allCases where head.has(part.velocity) { spaces[part] = head.options[part.velocity].first }
        findings.expect(
            PTZPart.allCases.contains { head.options.has($0.velocity) }, "a space of velocities in the options",
            found: "none", in: head.optionsAnswer)
        guard !spaces.isEmpty else { throw CaseEnd.nothingMoreToTest }
        try await head.stopAfterwards()
        var velocity = PTZCoordinates()
        for (part, space) in spaces {
            if let corner = part.corner(\.minimum, of: space) { velocity = velocity.with(corner) }
        }
        try await head.continuousMove(velocity, seconds: head.moveTimeout)
        let initial = try await head.rest(moving: true, within: .seconds(head.moveTimeout) + settlingBound)
        try head.expectIdle(spaces, in: initial, "the initial move", &findings)
        return (head, spaces)
    }

    /// Waits for the end of a move of one part and holds the status to the parts told apart all the way: that part
    /// moving or idle, the other one idle. Without the capability MoveStatus it only waits.
    ///
    /// - `beside`: whether the node has moves of that kind for the other part too.
    /// - `stopped`: nothing moves any more by what the device was told.
    /// - Throws: ``CaseEnd`` after a finding.
    func expectArrival(
        of part: PTZPart, beside: Bool, at target: PTZCoordinates?, stopped: Bool = false, within bound: Duration,
        _ findings: inout Findings
    ) async throws {
        var broken: (wanted: String, found: String)?
        let last = try await rest(at: target, moving: !stopped, within: bound) { status in
            guard tellsMoveStatus else { return true }
            let (own, other) = (part.moving(in: status), part.other.moving(in: status))
            if beside, other != "IDLE" {
                broken = ("MoveStatus/\(part.other.name) IDLE while \(part.name) alone is moved", other ?? "none")
            } else if own == nil || own == "UNKNOWN" {
                broken = ("MoveStatus/\(part.name) MOVING or IDLE", own ?? "none")
            }
            return broken == nil
        }
        if let broken {
            findings.record(
                expected: broken.wanted, found: broken.found, clause: .ptz("5.3.7"), in: last.answer)
            throw CaseEnd.nothingMoreToTest
        }
        try expectIdle(part, in: last, stopped ? "Stop" : "the end of the move", &findings)
    }

    /// Ends the case with a finding unless the part is idle; nothing to judge without the capability MoveStatus.
    func expectIdle(
        _ part: PTZPart, in status: PTZStatus, _ what: String, _ findings: inout Findings
    ) throws(CaseEnd) {
        guard tellsMoveStatus else { return }
        let isIdle = findings.expect(
            part.moving(in: status) == "IDLE", "MoveStatus/\(part.name) IDLE after \(what)",
            found: part.moving(in: status) ?? "none", clause: .ptz("5.3.7"), in: status.answer)
        guard isIdle else { throw .nothingMoreToTest }
    }
}

extension PTZHead {
    /// As ``expectIdle(_:in:_:_:)`` for all parts that have such a space.
    func expectIdle(
        _ spaces: [PTZPart: PTZSpace], in status: PTZStatus, _ what: String, _ findings: inout Findings
    ) throws(CaseEnd) {
        for part in PTZPart.allCases where spaces[part] != nil { try expectIdle(part, in: status, what, &findings) }
    }
}

extension PTZCoordinates {
    /// Both parts, the other's in place of this one's where it has them.
    func with(_ other: PTZCoordinates) -> PTZCoordinates {
        PTZCoordinates(panTilt: other.panTilt ?? panTilt, zoom: other.zoom ?? zoom)
    }
}
