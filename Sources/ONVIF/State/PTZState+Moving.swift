package import Foundation

/// How far the head may go, and how it gets there.
extension PTZState {
    /// Degrees that the limits leave; nil where the head pans endlessly.
    package var panRange: ClosedRange<Double>? {
        let range = limited(model.pan, configuration.panTiltLimits.x, configuration.panTiltLimits.space)
        return model.isPanEndless && range == model.pan.range ? nil : range
    }

    package var tiltRange: ClosedRange<Double> {
        limited(model.tilt, configuration.panTiltLimits.y, configuration.panTiltLimits.space)
    }

    package var zoomRange: ClosedRange<Double> {
        limited(model.zoom, configuration.zoomLimits.x, configuration.zoomLimits.space)
    }

    private func limited(
        _ axis: PTZModel.Axis, _ limit: PTZConfiguration.Ends, _ space: PTZSpace
    ) -> ClosedRange<Double> {
        func position(_ value: Double) -> Double {
            guard value.isFinite else { return value }
            return switch space {
            case .panTiltPositionGeneric: axis.position(generic: value)
            case .zoomPositionGeneric: axis.position(fraction: value)
            default: value
            }
        }
        let lower = max(axis.minimum, position(limit.minimum))
        return lower...max(lower, min(axis.maximum, position(limit.maximum)))
    }

    // MARK: Moving

    var panMechanics: PTZMechanics {
        PTZMechanics(acceleration: model.pan.acceleration, settling: model.settling ?? 0, range: panRange)
    }

    var tiltMechanics: PTZMechanics {
        PTZMechanics(acceleration: model.tilt.acceleration, settling: model.settling ?? 0, range: tiltRange)
    }

    var zoomMechanics: PTZMechanics {
        PTZMechanics(
            acceleration: model.zoom.acceleration.map { $0 * model.zoomSpan }, range: zoomRange,
            scale: model.zoomScale)
    }

    /// Moves the axes that are given to a position within their ranges, an endless pan the shorter way.
    package mutating func move(
        pan newPan: Double? = nil, tilt newTilt: Double? = nil, zoom newZoom: Double? = nil, _ rates: Rates, now: Date
    ) {
        let (present, old) = (mechanics(at: now), motion[now])
        var next = old
        if let newPan {
            let turn = (newPan - present.pan).remainder(dividingBy: 360)
            let target = panRange.map(newPan.clamped) ?? present.pan + turn
            next.pan = PTZTrajectory(
                from: present.pan, moving: old.pan.speed(at: now), to: target,
                rest: panRange == nil ? wrapped(newPan) : nil, speed: rates.pan, panMechanics, start: now)
            next.pan.rest = wrapped(next.pan.rest)
        }
        if let newTilt {
            next.tilt = PTZTrajectory(
                from: present.tilt, moving: old.tilt.speed(at: now), to: newTilt.clamped(to: tiltRange),
                speed: rates.tilt, tiltMechanics, start: now)
        }
        if let newZoom {
            next.zoom = PTZTrajectory(
                from: present.zoom, moving: old.zoom.speed(at: now), to: newZoom.clamped(to: zoomRange),
                speed: rates.zoom, zoomMechanics, start: now)
        }
        motion.begin(next, at: now)
    }

    /// Moves the axes that are given by so much, as far as their ranges go; an endless pan may turn more than once.
    ///
    /// By nothing an axis stops.
    /// Source: ONVIF PTZ 26.06 §5.3.2 RelativeMove.
    package mutating func shift(
        pan panBy: Double? = nil, tilt tiltBy: Double? = nil, zoom zoomBy: Double? = nil, _ rates: Rates, now: Date
    ) {
        let (present, old) = (mechanics(at: now), motion[now])
        let (panSign, tiltSign) = directions(at: now)
        var next = old
        if let panBy {
            let target = present.pan + panSign * panBy
            next.pan = PTZTrajectory(
                from: present.pan, moving: old.pan.speed(at: now), to: panRange.map(target.clamped) ?? target,
                rest: panRange == nil ? wrapped(target) : nil, speed: panBy == 0 ? 0 : rates.pan, panMechanics,
                start: now)
            next.pan.rest = wrapped(next.pan.rest)
        }
        if let tiltBy {
            next.tilt = PTZTrajectory(
                from: present.tilt, moving: old.tilt.speed(at: now),
                to: (present.tilt + tiltSign * tiltBy).clamped(to: tiltRange), speed: tiltBy == 0 ? 0 : rates.tilt,
                tiltMechanics, start: now)
        }
        if let zoomBy {
            next.zoom = PTZTrajectory(
                from: present.zoom, moving: old.zoom.speed(at: now),
                to: (present.zoom + zoomBy).clamped(to: zoomRange), speed: zoomBy == 0 ? 0 : rates.zoom,
                zoomMechanics, start: now)
        }
        motion.begin(next, at: now)
    }

    /// Moves the axes that are given at those signed speeds until the time is over or the range ends.
    package mutating func drive(
        pan panSpeed: Double? = nil, tilt tiltSpeed: Double? = nil, zoom zoomSpeed: Double? = nil,
        for seconds: TimeInterval, now: Date
    ) {
        let (present, old) = (mechanics(at: now), motion[now])
        var next = old
        let (panSign, tiltSign) = directions(at: now)
        if let panSpeed {
            next.pan = PTZTrajectory(
                from: present.pan, moving: old.pan.speed(at: now), driving: panSign * panSpeed, for: seconds,
                panMechanics, start: now)
            next.pan.rest = wrapped(next.pan.rest)
        }
        if let tiltSpeed {
            next.tilt = PTZTrajectory(
                from: present.tilt, moving: old.tilt.speed(at: now), driving: tiltSign * tiltSpeed, for: seconds,
                tiltMechanics, start: now)
        }
        if let zoomSpeed {
            next.zoom = PTZTrajectory(
                from: present.zoom, moving: old.zoom.speed(at: now), driving: zoomSpeed, for: seconds,
                zoomMechanics, start: now)
        }
        motion.begin(next, at: now)
    }

    /// The signs of translations and velocities: Reverse turns both over, E-Flip the tilt past straight down.
    ///
    /// Source: ONVIF PTZ 26.06 §5.9 Pan/tilt control direction configuration.
    func directions(at time: Date) -> (pan: Double, tilt: Double) {
        let sign: Double = configuration.reverse == .on ? -1 : 1
        return (sign, isFlipped(at: time) ? -sign : sign)
    }

    /// Brings moving axes to rest, as soon as they can.
    package mutating func stop(panTilt stopsPanTilt: Bool, zoom stopsZoom: Bool, now: Date) {
        let (present, old) = (mechanics(at: now), motion[now])
        var next = old
        if stopsPanTilt, old.pan.isMoving(at: now) || old.tilt.isMoving(at: now) {
            next.pan = PTZTrajectory(
                stopping: old.pan.speed(at: now), at: present.pan, panMechanics, start: now)
            next.pan.rest = wrapped(next.pan.rest)
            next.tilt = PTZTrajectory(
                stopping: old.tilt.speed(at: now), at: present.tilt, tiltMechanics, start: now)
        }
        if stopsZoom, old.zoom.isMoving(at: now) {
            next.zoom = PTZTrajectory(
                stopping: old.zoom.speed(at: now), at: present.zoom, zoomMechanics, start: now)
        }
        motion.begin(next, at: now)
    }

    /// Puts the head at rest where it looks when it is switched on.
    mutating func lookHome() { motion = PTZMotion(at: home) }

    mutating func clockMoved(by seconds: TimeInterval) {
        motion.clockMoved(by: seconds)
        run?.clockMoved(by: seconds)
        tracking?.clockMoved(by: seconds)
        commanded = commanded.map { $0 + seconds }
        if case .invoked(let preset, let arrival) = recall {
            // Sums of times are rounded: what the movement itself says counts.
            let moved = arrival + seconds
            recall = .invoked(preset, arrival: tracking == nil ? max(self.arrival, moved) : moved)
        }
    }
}

extension Double {
    func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
