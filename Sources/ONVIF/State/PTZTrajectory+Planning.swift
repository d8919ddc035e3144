package import Foundation

/// What an axis can do.
package struct PTZMechanics: Equatable, Sendable {
    /// Units a second, a second; nil for an axis that is at its speed at once.
    package var acceleration: Double?
    /// Seconds that the axis swings after it has arrived.
    package var settling: TimeInterval = 0
    /// Where it may be; nil where it is endless.
    package var range: ClosedRange<Double>?
    package var scale = PTZTrajectory.Scale.linear

    package init(
        acceleration: Double? = nil, settling: TimeInterval = 0, range: ClosedRange<Double>? = nil,
        scale: PTZTrajectory.Scale = .linear
    ) {
        self.acceleration = acceleration
        self.settling = settling
        self.range = range
        self.scale = scale
    }
}

/// The ways to move: each goes on from where the axis is, as fast as it is.
extension PTZTrajectory {
    /// At constant speed, without more ado.
    ///
    /// - Parameters:
    ///   - from: where the axis is.
    ///   - to: where it goes.
    ///   - rest: how the end is told; `to` where nil.
    ///   - speed: units a second; an axis without speed stays where it is.
    ///   - start: when it leaves.
    package init(from: Double, to: Double, rest: Double? = nil, speed: Double, start: Date) {
        self.init(from: from, moving: 0, to: to, rest: rest, speed: speed, PTZMechanics(), start: start)
    }

    /// As fast to a place as the mechanics allow: they speed up, go, slow down and settle.
    ///
    /// - Parameters:
    ///   - from: where the axis is.
    ///   - moving: its speed there, units of the scale a second; its sign is the direction.
    ///   - to: where it goes.
    ///   - rest: how the end is told; `to` where nil.
    ///   - speed: the fastest, units of the scale a second; an axis without speed stops.
    ///   - mechanics: what the axis can do.
    ///   - start: when it leaves.
    package init(
        from: Double, moving: Double, to: Double, rest: Double? = nil, speed: Double, _ mechanics: PTZMechanics,
        start: Date
    ) {
        guard speed > 0 else {
            self.init(stopping: moving, at: from, mechanics, start: start)
            return
        }
        let scale = mechanics.scale
        let (begin, end) = (scale.coordinate(from), scale.coordinate(to))
        let isThere = from == to && (moving == 0 || mechanics.acceleration == nil)
        guard !isThere else {
            self.init(from: from, to: to, rest: rest, start: .distantPast, scale: scale, phases: [])
            return
        }
        var line = Line(position: begin)
        if let acceleration = mechanics.acceleration {
            line.travel(to: end, moving: moving, speed: speed, acceleration: acceleration)
        } else {
            line.add(abs(end - begin) / speed, speed: end < begin ? -speed : speed)
        }
        self.init(line, from: from, to: to, rest: rest, mechanics, start: start)
    }

    /// To rest, as soon as the mechanics allow.
    ///
    /// - Parameters:
    ///   - moving: the axis's speed, units of the scale a second.
    ///   - from: where it is.
    ///   - mechanics: what the axis can do.
    ///   - start: when it begins to stop.
    package init(stopping moving: Double, at from: Double, _ mechanics: PTZMechanics, start: Date) {
        guard let acceleration = mechanics.acceleration, moving != 0 else {
            self.init(at: from)
            return
        }
        var line = Line(position: mechanics.scale.coordinate(from))
        line.change(moving, to: 0, acceleration: acceleration)
        let end = mechanics.scale.value(line.position)
        // A time that was rounded must not bring the axis a hair beyond its range.
        let range = mechanics.range.flatMap { $0.contains(from) ? $0 : nil }
        self.init(line, from: from, to: range.map(end.clamped) ?? end, mechanics, start: start)
    }

    /// At a speed for a time, then to rest; the range's end is reached softly.
    ///
    /// An axis that begins at rest goes as far as speed times time says, whatever its acceleration.
    /// Source: ONVIF PTZ 26.06 §5.7.4 Speed spaces.
    ///
    /// - Parameters:
    ///   - from: where the axis is.
    ///   - moving: its speed there, units of the scale a second.
    ///   - speed: the wanted speed, units of the scale a second; its sign is the direction.
    ///   - seconds: how long until it is slowed down.
    ///   - mechanics: what the axis can do.
    ///   - start: when it begins.
    package init(
        from: Double, moving: Double, driving speed: Double, for seconds: TimeInterval, _ mechanics: PTZMechanics,
        start: Date
    ) {
        guard speed != 0 else {
            self.init(stopping: moving, at: from, mechanics, start: start)
            return
        }
        let scale = mechanics.scale
        var line = Line(position: scale.coordinate(from))
        if let acceleration = mechanics.acceleration {
            let ramp = min(seconds, abs(speed - moving) / acceleration)
            let reached = ramp < seconds ? speed : moving + (speed < moving ? -acceleration : acceleration) * ramp
            line.change(moving, to: reached, acceleration: acceleration)
            line.add(seconds - ramp, speed: reached)
            line.change(reached, to: 0, acceleration: acceleration)
        } else {
            line.add(seconds, speed: speed)
        }
        let end = scale.value(line.position)
        if let range = mechanics.range, !range.contains(end) {
            self.init(
                from: from, moving: moving, to: end.clamped(to: range), speed: abs(speed), mechanics, start: start)
        } else {
            self.init(line, from: from, to: end, mechanics, start: start)
        }
    }

    /// From one speed evenly to another, and to rest after that unless something follows.
    ///
    /// - Parameters:
    ///   - from: where the axis is.
    ///   - moving: its speed there, units of the scale a second.
    ///   - speed: the speed at the end of the time.
    ///   - seconds: how long the change takes.
    ///   - mechanics: what the axis can do.
    ///   - start: when it begins.
    init(
        from: Double, moving: Double, changingTo speed: Double, within seconds: TimeInterval,
        _ mechanics: PTZMechanics, start: Date
    ) {
        guard moving != 0 || speed != 0 else {
            self.init(at: from)
            return
        }
        var line = Line(position: mechanics.scale.coordinate(from))
        line.add(seconds, speed: moving, acceleration: (speed - moving) / seconds)
        if let acceleration = mechanics.acceleration { line.change(speed, to: 0, acceleration: acceleration) }
        let to = mechanics.scale.value(line.position)
        self.init(from: from, to: to, rest: nil, start: start, scale: mechanics.scale, phases: line.phases)
    }

    private init(
        _ line: Line, from: Double, to: Double, rest: Double? = nil, _ mechanics: PTZMechanics, start: Date
    ) {
        let scale = mechanics.scale
        let end = scale.coordinate(to)
        let room = mechanics.range.map {
            min(end - scale.coordinate($0.lowerBound), scale.coordinate($0.upperBound) - end)
        }
        self.init(
            from: from, to: to, rest: rest, start: start, scale: scale, phases: line.phases,
            swing: PTZSwing(
                duration: mechanics.settling, speed: line.phases.last?.speed ?? 0, acceleration: mechanics.acceleration,
                room: room ?? .infinity))
    }
}

/// Phases that follow each other.
private struct Line {
    var phases: [PTZTrajectory.Phase] = []
    var position: Double
    var time: TimeInterval = 0

    init(position: Double) { self.position = position }

    mutating func add(_ duration: TimeInterval, speed: Double, acceleration: Double = 0) {
        guard duration > 0 else { return }
        let phase = PTZTrajectory.Phase(
            begin: time, duration: duration, position: position, speed: speed, acceleration: acceleration)
        phases.append(phase)
        position = phase.position(after: duration)
        time += duration
    }

    mutating func change(_ speed: Double, to next: Double, acceleration: Double) {
        add(abs(next - speed) / acceleration, speed: speed, acceleration: next < speed ? -acceleration : acceleration)
    }

    /// The quickest way to a place, where the axis comes to rest: speed over time is a trapezium or a triangle.
    mutating func travel(to end: Double, moving: Double, speed limit: Double, acceleration: Double) {
        // Where it would come to rest if it braked now says to which side it has to go.
        let stop = position + moving * abs(moving) / (2 * acceleration)
        let side: Double = end < stop ? -1 : 1
        let (way, present) = (side * (end - position), side * moving)
        let peak = max(0, acceleration * way + present * present / 2).squareRoot()
        guard peak > limit else {
            change(moving, to: side * max(peak, present), acceleration: acceleration)
            change(side * max(peak, present), to: 0, acceleration: acceleration)
            return
        }
        change(moving, to: side * limit, acceleration: acceleration)
        let braking = limit * limit / (2 * acceleration)
        add((side * (end - position) - braking) / limit, speed: side * limit)
        change(side * limit, to: 0, acceleration: acceleration)
    }
}
