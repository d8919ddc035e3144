/// Moving the head and waiting for it.
extension PTZHead {
    /// A head that takes longer from one place to another is not waited for.
    static let arrivalBound = Duration.seconds(30)
    /// What a head may take to come to rest once it is told to, or to begin to move.
    static let settlingBound = Duration.seconds(5)
    /// A head that tells of no movement for so long has ended it, or never begins.
    static let stillness = Duration.seconds(2)
    /// Between two questions for the status.
    static let pollInterval = Duration.milliseconds(100)
    /// Seconds that continuous moves are asked to last, where the options allow it: the end by the time-out shows in
    /// one second as well as in sixty.
    static let moveSeconds = 1.0
    /// For cases that move several times; each move has its own bound.
    static let caseTimeout = Duration.seconds(240)

    func status() async throws -> PTZStatus {
        PTZStatus(try await device.call("GetStatus", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>"))
    }

    /// Waits until the head is at rest: near the target, if there is one and the device tells positions, or without
    /// movement since it began to move.
    ///
    /// Returns the last status at the bound, and earlier where nothing changes any more: what is judged is the status.
    /// - `moving`: a movement was asked for, so that a head at rest may not have begun.
    /// - `observe`: sees every status, to judge what holds on the way; `false` ends the wait.
    @discardableResult
    func rest(
        at target: PTZCoordinates? = nil, moving: Bool = false, within bound: Duration = arrivalBound,
        _ observe: (PTZStatus) -> Bool = { _ in true }
    ) async throws -> PTZStatus {
        let clock = ContinuousClock()
        let end = clock.now + bound
        var lastChange = clock.now
        var previous: PTZStatus?
        var hasMoved = false
        while true {
            let status = try await status()
            guard observe(status) else { return status }
            let hasShifted = previous.map { $0.position != status.position } ?? false
            if hasShifted { lastChange = clock.now }
            if hasShifted || status.isMoving { hasMoved = true }
            if !status.isMoving {
                let isThere = target.flatMap { target in status.position.map { isNear($0, target) } }
                let mustMove = moving || target != nil
                if isThere ?? (status.tellsMoving && (hasMoved || !mustMove)) { return status }
            }
            // Still, although it says that it moves: position and words contradict each other, or nothing is told.
            let patience = status.isMoving || status.position == nil ? Self.settlingBound : Self.stillness
            if clock.now - lastChange >= patience || clock.now >= end { return status }
            previous = status
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    /// Waits until the head shows that it moves, for so long as a head may take to begin; nothing is judged.
    func beginning(from start: PTZStatus) async throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.stillness
        while clock.now < end {
            let status = try await status()
            let isAway = if let now = status.position, let then = start.position { now != then } else { false }
            if status.isMoving || isAway { return }
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    // MARK: - Requests

    private func speed(_ speed: PTZCoordinates?) -> Markup? {
        speed.map { "<tptz:Speed>\($0.markup)</tptz:Speed>" }
    }

    /// The fastest speed of the first space that the options list for that part; `nil` without one.
    func fastest(_ part: PTZPart) -> PTZCoordinates? {
        options[part.speed].first.flatMap { part.corner(\.maximum, of: $0) }
    }

    func absoluteMoveBody(_ position: PTZCoordinates, speed: PTZCoordinates? = nil) -> Markup {
        """
        <tptz:ProfileToken>\(profile)</tptz:ProfileToken><tptz:Position>\(position.markup)</tptz:Position>\
        \(self.speed(speed))
        """
    }

    func absoluteMove(_ position: PTZCoordinates, speed: PTZCoordinates? = nil) async throws {
        try await device.call("AbsoluteMove", in: .ptz, absoluteMoveBody(position, speed: speed))
    }

    func relativeMove(_ translation: PTZCoordinates, speed: PTZCoordinates? = nil) async throws {
        try await device.call(
            "RelativeMove", in: .ptz,
            """
            <tptz:ProfileToken>\(profile)</tptz:ProfileToken>\
            <tptz:Translation>\(translation.markup)</tptz:Translation>\(self.speed(speed))
            """)
    }

    /// `seconds`: `nil` leaves the time-out to the configuration.
    func continuousMove(_ velocity: PTZCoordinates, seconds: Double? = nil) async throws {
        try await device.call(
            "ContinuousMove", in: .ptz,
            """
            <tptz:ProfileToken>\(profile)</tptz:ProfileToken><tptz:Velocity>\(velocity.markup)</tptz:Velocity>\
            \(seconds.map { "<tptz:Timeout>\(Self.duration($0))</tptz:Timeout>" as Markup })
            """)
    }

    /// Stops both parts unless told otherwise by the flags.
    func stop(_ flags: Markup = "") async throws {
        try await device.call("Stop", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>\(flags)")
    }

    /// ``moveSeconds`` within what the options allow.
    var moveTimeout: Double {
        guard let timeout, timeout.isOrdered else { return Self.moveSeconds }
        return min(max(Self.moveSeconds, timeout.minimum), timeout.maximum)
    }

    /// As `xs:duration`; whole seconds are written without a fraction, which some devices cannot read.
    static func duration(_ seconds: Double) -> String {
        seconds == seconds.rounded() && seconds < 1e9 ? "PT\(Int(seconds))S" : "PT\(seconds)S"
    }

    // MARK: - Taking a position

    /// Moves beside the present position by the moves that the node has, and waits.
    ///
    /// - `what`: the position's name in findings, such as "position X".
    /// - Returns: where it then is: the target of absolute moves, else what GetStatus tells.
    /// - Throws: ``CaseEnd``; not testable where the node has neither absolute nor relative moves.
    func step(_ what: String, from present: PTZStatus, _ findings: inout Findings) async throws -> PTZCoordinates {
        let target = target(beside: present.position)
        if target != PTZCoordinates() {
            try await absoluteMove(target)
            let reached = try await rest(at: target)
            expect(reached, at: target, what, &findings)
            return target
        }
        var translation = PTZCoordinates()
        for part in PTZPart.allCases {
            guard let space = options.generic(part.translation) ?? options[part.translation].first, let x = space.x
            else { continue }
            let by = part.coordinates(
                x.maximum.isFinite ? x.maximum * Self.stepFraction : Self.stepFraction,
                space.y.map { $0.maximum.isFinite ? $0.maximum * Self.stepFraction : Self.stepFraction } ?? 0, space.uri
            )
            translation.panTilt = translation.panTilt ?? by.panTilt
            translation.zoom = translation.zoom ?? by.zoom
        }
        guard translation != PTZCoordinates() else {
            throw CaseEnd.notTestable(reason: "the node has neither absolute nor relative moves")
        }
        try await relativeMove(translation)
        return try await rest(moving: true).position ?? PTZCoordinates()
    }

    /// Records a finding unless the head is at the position, as far as the device tells.
    func expect(_ status: PTZStatus, at wanted: PTZCoordinates, _ what: String, _ findings: inout Findings) {
        guard let position = status.position else { return }
        findings.expect(
            isNear(position, wanted), "the head at \(what), \(wanted), but for a tenth of the range",
            found: "\(position)", clause: .ptz("5.3.1"), in: status.answer)
    }

    // MARK: - Putting back

    /// Brings the head back to where it is now, after the case, if it tells positions and has absolute moves.
    @discardableResult
    func returnAfterwards() async throws -> PTZStatus {
        let start = try await rest()
        guard let position = start.position else { return start }
        var back = PTZCoordinates()
        if has(.panTiltPosition) { back.panTilt = position.panTilt }
        if has(.zoomPosition) { back.zoom = position.zoom }
        guard back != PTZCoordinates() else { return start }
        let target = back
        device.afterwards("the position of the head") { _ in
            try await absoluteMove(target)
            try await rest(at: target)
        }
        return start
    }
}
