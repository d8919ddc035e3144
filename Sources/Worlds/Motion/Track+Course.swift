extension Track {
    /// What limits a mover.
    struct Mover: Hashable, Sendable {
        /// Metres a second, each second, ahead.
        var acceleration: Double
        /// The same to the side, in bends.
        var sideways: Double
        /// Metres: of the bend into which a corner is made.
        var radius: Double
        /// Turns on the spot where the way turns by more, degrees.
        var spot: Double

        static let person = Mover(acceleration: 1.5, sideways: 4, radius: 0.6, spot: 120)
        static let vehicle = Mover(acceleration: 2.2, sideways: 2.5, radius: 7, spot: 360)
    }

    /// - Parameters:
    ///   - course: its way.
    ///   - mover: whose.
    init(_ course: Course, _ mover: Mover) {
        var builder = TrackBuilder(mover: mover, course: course)
        builder.build()
        self.init(from: course.from, legs: builder.legs, phases: builder.phases, handlings: builder.handlings)
    }
}

/// Works out a course.
private struct TrackBuilder {
    private struct Corner {
        var at: GroundPoint
        /// Of the way to it.
        var speed: Double
    }

    let mover: Track.Mover
    let course: Course
    private(set) var legs: [Leg] = []
    private(set) var phases: [Track.Phase] = []
    private(set) var handlings: [Track.Handling] = []
    private var time: Double
    private var way = 0.0
    private var place: GroundPoint
    /// It stands and did not only appear.
    private var rests = false

    init(mover: Track.Mover, course: Course) {
        self.mover = mover
        self.course = course
        time = course.start
        place = course.from
    }

    mutating func build() {
        var corners: [Corner] = []
        for (index, step) in course.steps.enumerated() {
            switch step {
            case .go(let to, let speed): corners.append(Corner(at: to, speed: speed))
            case .stay(let seconds, let heading):
                walk(&corners, stops: true)
                stand(seconds, facing: heading, before: index)
            case .away(let seconds):
                walk(&corners, stops: false)
                phases.append(phase(.away, lasting: seconds))
                time += seconds
                rests = false
            case .drop(let thing), .take(let thing):
                walk(&corners, stops: true)
                var isDrop = false
                if case .drop = step { isDrop = true }
                handlings.append(Track.Handling(time: time, thing: thing, isDrop: isDrop))
                rests = true
            }
        }
        walk(&corners, stops: false)
    }

    private func phase(_ kind: Track.Phase.Kind, lasting seconds: Double) -> Track.Phase {
        Track.Phase(kind: kind, time: time, duration: seconds, way: way, speed: 0, acceleration: 0)
    }

    /// The heading in which the course goes on after a step.
    private func nextHeading(after index: Int) -> Double? {
        for step in course.steps[(index + 1)...] {
            if case .go(let to, _) = step, to != place { return place.heading(to: to) }
            if case .away = step { return nil }
        }
        return nil
    }

    private var lastHeading: Double? { legs.last.map { $0.place(after: $0.length).heading } }

    private mutating func stand(_ seconds: Double, facing: Double?, before index: Int) {
        let next = nextHeading(after: index)
        var arriving = lastHeading
        if case .standing(_, _, let leaving) = phases.last?.kind { arriving = leaving }
        let face = facing ?? arriving ?? next ?? 0
        // Only who goes on turns: another stay may follow.
        let follower = course.steps[(index + 1)...].first { step in
            switch step {
            case .drop, .take: false
            default: true
            }
        }
        let goesOn = if case .go = follower { true } else { false }
        phases.append(
            phase(
                .standing(arriving: arriving ?? face, facing: face, leaving: goesOn ? next ?? face : face),
                lasting: seconds))
        time += seconds
        rests = true
    }

    /// Goes through the corners, which are none afterwards.
    private mutating func walk(_ corners: inout [Corner], stops: Bool) {
        corners = corners.reduce(into: []) { kept, corner in
            if corner.at.distance(to: kept.last?.at ?? place) > 1e-6 { kept.append(corner) }
        }
        while !corners.isEmpty {
            let turn = corners.indices.dropFirst().first { index in
                let before = index < 2 ? place : corners[index - 2].at
                let here = corners[index - 1].at
                let angle = here.heading(to: corners[index].at) - before.heading(to: here)
                return abs(angle.remainder(dividingBy: 360)) > mover.spot
            }
            let run = Array(corners[..<(turn ?? corners.count)])
            corners.removeFirst(run.count)
            go(run, stops: stops || turn != nil)
            guard let next = corners.first, let arriving = lastHeading else { continue }
            let leaving = place.heading(to: next.at)
            phases.append(
                phase(.standing(arriving: arriving, facing: arriving, leaving: leaving), lasting: Track.turning))
            time += Track.turning
            rests = true
        }
    }

    /// One run without a stop between.
    private mutating func go(_ corners: [Corner], stops: Bool) {
        let first = legs.count
        layLegs(corners)
        let run = legs[first...]
        guard let entry = run.first, let exit = run.last else { return }
        // The speed at each seam that braking before it and speeding up after it allow.
        var speeds = [rests ? 0 : entry.speed]
        for (leg, next) in zip(run, run.dropFirst()) { speeds.append(min(leg.speed, next.speed)) }
        speeds.append(stops ? 0 : exit.speed)
        for (index, leg) in run.enumerated() {
            let reach = (speeds[index] * speeds[index] + 2 * mover.acceleration * leg.length).squareRoot()
            // Who walks out of the world at its end need not have reached its speed.
            speeds[index + 1] = min(speeds[index + 1], reach)
        }
        for (index, leg) in run.enumerated().reversed() {
            let reach = (speeds[index + 1] * speeds[index + 1] + 2 * mover.acceleration * leg.length).squareRoot()
            speeds[index] = min(speeds[index], reach)
        }
        for (index, leg) in run.enumerated() { pass(leg, from: speeds[index], to: speeds[index + 1]) }
        place = corners.last?.at ?? place
        rests = stops
    }

    private mutating func pass(_ leg: Leg, from entry: Double, to exit: Double) {
        let a = mover.acceleration
        let peak = max(
            entry, exit, min(leg.speed, ((2 * a * leg.length + entry * entry + exit * exit) / 2).squareRoot()))
        let rise = (peak * peak - entry * entry) / (2 * a)
        let fall = (peak * peak - exit * exit) / (2 * a)
        move((peak - entry) / a, from: entry, by: a)
        if peak > 0 { move(max(0, leg.length - rise - fall) / peak, from: peak, by: 0) }
        move((peak - exit) / a, from: peak, by: -a)
        way = leg.start + leg.length
    }

    private mutating func move(_ seconds: Double, from speed: Double, by acceleration: Double) {
        guard seconds > 1e-12 else { return }
        var phase = phase(.moving, lasting: seconds)
        phase.speed = speed
        phase.acceleration = acceleration
        phases.append(phase)
        time += seconds
        way += seconds * (speed + acceleration * seconds / 2)
    }

    /// Straight legs, and arcs in place of the corners.
    private mutating func layLegs(_ corners: [Corner]) {
        var points = [place]
        points += corners.map(\.at)
        var here = place
        var laid = way
        func lay(_ from: GroundPoint, _ heading: Double, _ length: Double, _ bend: Double, _ speed: Double) -> Leg {
            defer { laid += length }
            return Leg(from: from, heading: heading, length: length, bend: bend, start: laid, speed: speed)
        }
        for (index, corner) in corners.enumerated() {
            let heading = points[index].heading(to: corner.at)
            guard index + 1 < corners.count else {
                legs.append(lay(here, here.heading(to: corner.at), here.distance(to: corner.at), 0, corner.speed))
                continue
            }
            let next = corner.at.heading(to: points[index + 2])
            let turn = (next - heading).remainder(dividingBy: 360)
            let tangent = Trigonometry.tangent(abs(turn) / 2)
            let room = 0.45 * min(points[index].distance(to: corner.at), corner.at.distance(to: points[index + 2]))
            let cut = min(mover.radius * tangent, room)
            let begin = corner.at.moved(-cut, towards: heading)
            legs.append(lay(here, heading, here.distance(to: begin), 0, corner.speed))
            guard abs(turn) > 1e-6 else {
                here = begin
                continue
            }
            let radius = cut / tangent
            let length = radius * abs(turn) * 0.017453292519943295
            let speed = min(corner.speed, corners[index + 1].speed, (mover.sideways * radius).squareRoot())
            legs.append(lay(begin, heading, length, turn / length, speed))
            here = corner.at.moved(cut, towards: next)
        }
    }
}
