package import Foundation

/// Following, planned ahead in steps: where the head is while it follows is a function of time like any other movement.
extension PTZState {
    /// Seconds between two looks at where the subject is.
    package static let trackingStep: TimeInterval = 0.1
    /// Seconds for which the movement is planned ahead.
    static let trackingHorizon: TimeInterval = 0.8
    /// Seconds that are left of the plan when it is made longer.
    static let trackingReserve: TimeInterval = 0.4
    /// Seconds after which what was not planned is left out.
    static let trackingGap: TimeInterval = 10
    /// How fast an error is made good: a second, by its size.
    private static let gain = 4.0
    /// Degrees of error that are left alone, and degrees a second.
    private static let deadBand = 0.02
    /// Part of the picture's height that a subject takes that the lens is fitted to.
    private static let fittedShare = 0.4
    /// Change of the magnification from which on the lens is moved.
    private static let fittingStep = 1.25

    /// When the plan is to be made longer, or tracking begins by itself.
    ///
    /// - Parameter powered: when the device was switched on.
    /// - Returns: nil for a head that does not follow.
    package func nextTrackingPlan(powered: Date) -> Date? {
        guard let habit = model.autoTracking else { return nil }
        if let tracking { return tracking.planned - Self.trackingReserve }
        guard habit.trigger == .always, run == nil else { return nil }
        return max(commanded ?? powered, arrival) + habit.idle
    }

    /// Plans the movement for the next while.
    ///
    /// - Parameters:
    ///   - places: what there is to follow.
    ///   - now: the device's time.
    ///   - powered: when the device was switched on.
    package mutating func planTracking(_ places: some TrackedPlaces, now: Date, powered: Date) {
        guard let habit = model.autoTracking, let due = nextTrackingPlan(powered: powered), due <= now else { return }
        var tracking = tracking ?? PTZTracking(start: due)
        if now.timeIntervalSince(tracking.planned) > Self.trackingGap { tracking.planned = now }
        while tracking.planned < now + Self.trackingHorizon {
            follow(places, &tracking, habit)
            tracking.planned += Self.trackingStep
        }
        self.tracking = tracking
    }

    /// Plans one step.
    private mutating func follow(_ places: some TrackedPlaces, _ tracking: inout PTZTracking, _ habit: AutoTracking) {
        let (now, next) = (tracking.planned, tracking.planned + Self.trackingStep)
        let (seen, foreseen) = (places.subjects(at: now - habit.lag), places.subjects(at: next - habit.lag))
        if let object = tracking.followed ?? tracking.objectID ?? candidate(of: seen, at: now),
            let target = foreseen.first(where: { $0.object == object }), let pan = reachablePan(target.pan),
            tiltRange.contains(target.tilt)
        {
            tracking.followed = object
            tracking.lost = nil
            let before = seen.first { $0.object == object } ?? target
            let drift = (
                pan: (target.pan - before.pan).remainder(dividingBy: 360) / Self.trackingStep,
                tilt: (target.tilt - before.tilt) / Self.trackingStep
            )
            aim(pan: pan, tilt: target.tilt, drift: drift, at: now)
            if habit.zoom == .fit { fit(target.extent, at: now) }
            return
        }
        guard tracking.followed != nil || tracking.lost != nil else { return }
        if tracking.followed != nil {
            tracking.followed = nil
            tracking.lost = now
            stop(panTilt: true, zoom: true, now: now)
        }
        guard let lost = tracking.lost, now.timeIntervalSince(lost) >= habit.patience else { return }
        tracking.lost = nil
        let base = tracking.base ?? home
        let rates = Rates(pan: model.pan.speed, tilt: model.tilt.speed, zoom: model.zoomSpeed)
        move(pan: base.pan, tilt: base.tilt, zoom: base.zoom, rates, now: now)
    }

    /// What is in the picture and nearest to its middle.
    private func candidate(of subjects: [TrackedSubject], at now: Date) -> Int? {
        let view = mechanics(at: now)
        let half = view.fieldOfView(model, sensor: Resolution(width: 1, height: 1)).horizontal / 2
        func distance(_ subject: TrackedSubject) -> Double {
            let (x, y) = ((subject.pan - view.pan).remainder(dividingBy: 360), subject.tilt - view.tilt)
            return (x * x + y * y).squareRoot()
        }
        return subjects.filter { distance($0) < half }.min { distance($0) < distance($1) }?.object
    }

    /// The pan position within the range that looks there; nil where there is none.
    private func reachablePan(_ pan: Double) -> Double? {
        guard let panRange else { return pan }
        return [pan, pan - 360, pan + 360].first(where: panRange.contains)
    }

    /// Turns towards a place that drifts, for one step.
    private mutating func aim(pan: Double, tilt: Double, drift: (pan: Double, tilt: Double), at now: Date) {
        let (present, old) = (mechanics(at: now), motion[now])
        var next = old
        let error = panRange == nil ? (pan - present.pan).remainder(dividingBy: 360) : pan - present.pan
        next.pan = Self.step(
            from: present.pan, moving: old.pan.speed(at: now), error: error, drift: drift.pan, limit: model.pan.speed,
            panMechanics, at: now)
        next.pan.rest = wrapped(next.pan.rest)
        next.tilt = Self.step(
            from: present.tilt, moving: old.tilt.speed(at: now), error: tilt - present.tilt, drift: drift.tilt,
            limit: model.tilt.speed, tiltMechanics, at: now)
        motion.begin(next, at: now)
    }

    /// One axis's part of a step: `error` is in degrees from where the axis is to where the target is after the step, `drift`
    /// in degrees a second of the target.
    private static func step(
        from: Double, moving: Double, error: Double, drift: Double, limit: Double, _ mechanics: PTZMechanics,
        at now: Date
    ) -> PTZTrajectory {
        let time = trackingStep
        let isThere = abs(error) < deadBand && abs(drift) < deadBand
        var speed = isThere ? 0 : drift + gain * (error - drift * time)
        if let acceleration = mechanics.acceleration {
            // Not faster upon the target than can be braked away.
            let brake = (2 * acceleration * abs(error)).squareRoot()
            speed = speed.clamped(to: (drift - brake)...(drift + brake))
            speed = speed.clamped(to: -limit...limit)
            speed = speed.clamped(to: (moving - acceleration * time)...(moving + acceleration * time))
            guard let range = mechanics.range else {
                return PTZTrajectory(
                    from: from, moving: moving, changingTo: speed, within: time, mechanics, start: now)
            }
            let step = PTZTrajectory(
                from: from, moving: moving, changingTo: speed, within: time, mechanics, start: now)
            if range.contains(step.to) { return step }
            return PTZTrajectory(
                from: from, moving: moving, to: step.to.clamped(to: range), speed: limit, mechanics, start: now)
        }
        speed = speed.clamped(to: -limit...limit)
        if let range = mechanics.range {
            let end = (from + speed * time).clamped(to: range)
            speed = (end - from) / time
        }
        return PTZTrajectory(from: from, moving: speed, changingTo: speed, within: time, mechanics, start: now)
    }

    /// Zooms until the subject takes its part of the picture.
    private mutating func fit(_ extent: Double, at now: Date) {
        let present = mechanics(at: now)
        let shown = present.fieldOfView(model, sensor: Resolution(width: 16, height: 9)).vertical
        guard extent > 0, shown > 0 else { return }
        let wanted = (present.zoom * Self.fittedShare * shown / extent).clamped(to: zoomRange)
        let goal = motion[now].zoom.rest
        guard wanted > goal * Self.fittingStep || goal > wanted * Self.fittingStep else { return }
        move(zoom: wanted, Rates(pan: 0, tilt: 0, zoom: model.zoomSpeed), now: now)
    }
}

extension DeviceState {
    /// Plans what a head that follows does next.
    package mutating func planTracking(_ places: some TrackedPlaces, now: Date) {
        settlePreset(now: now)
        guard let head = ptz else { return }
        if head.tracking != nil, case .reached(let preset) = head.recall, head.isMoving(at: now) {
            publish(.presetLeft, preset, at: now)
            ptz?.recall = .none
        }
        ptz?.planTracking(places, now: now, powered: bootTime)
    }

    /// When `planTracking` has something to do.
    package var nextTrackingPlan: Date? { ptz?.nextTrackingPlan(powered: bootTime) }

    /// Begins or ends tracking where an auxiliary command does so.
    mutating func switchTracking(by command: String, now: Date) throws(Fault) {
        guard model.ptz?.autoTracking?.trigger == .auxiliary, [AutoTracking.on, AutoTracking.off].contains(command)
        else { return }
        guard command == AutoTracking.on || ptz?.tracking != nil else { return }
        try changeMovement(now: now) { (head) throws(Fault) in head.stop(panTilt: true, zoom: true, now: now) }
        guard command == AutoTracking.on, let arrival = ptz?.arrival else { return }
        ptz?.tracking = PTZTracking(start: max(now, arrival))
    }
}
