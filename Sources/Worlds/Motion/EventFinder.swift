import Truth

/// Finds what happens in a scene, and exactly when: where ways meet lines, not by looking now and then.
struct EventFinder {
    /// A thing is left behind when its owner is further away, metres, …
    static let ownerDistance = 3.0
    /// … for as many seconds.
    static let ownerAbsence = 5.0
    /// Seconds between looks for the moment in which an owner is too far, which is then narrowed down to 1 ns.
    private static let look = 0.02

    private let scene: Scene
    private let people: [Track]
    private let traffic: [Track]
    private let belongings: [Belonging]

    init(_ scene: Scene, people: [Track], traffic: [Track], belongings: [Belonging]) {
        self.scene = scene
        self.people = people
        self.traffic = traffic
        self.belongings = belongings
    }

    /// In order of time, each within the scene.
    var events: [TruthEvent] {
        var events = scene.lines.flatMap(crossings) + scene.zones.flatMap(visits)
        for index in scene.things.indices { events += fate(of: index) }
        events += scene.sound.marks.map { mark in
            TruthEvent(time: mark.time, kind: .sound, name: mark.name, value: mark.kind.rawValue)
        }
        // The order in which they were found decides at the same moment.
        return events.filter { $0.time >= 0 && $0.time < scene.duration }.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    private var movers: [(id: Int, isPerson: Bool, track: Track)] {
        zip(scene.subjects, people).map { ($0.id, true, $1) } + zip(scene.vehicles, traffic).map { ($0.id, false, $1) }
    }

    private func crossings(of line: Line) -> [TruthEvent] {
        movers.flatMap { mover in
            mover.track.crossings(from: line.from, to: line.to).map { crossing in
                TruthEvent(
                    time: crossing.time, kind: .lineCrossed, name: line.name, objects: [mover.id],
                    value: crossing.toRight ? "right" : "left")
            }
        }
    }

    private func visits(of zone: Zone) -> [TruthEvent] {
        var events: [TruthEvent] = []
        var changes: [(time: Double, step: Int)] = []
        for mover in movers {
            for visit in Self.visits(of: zone, by: mover.track, until: scene.duration) {
                // Who is there from the first does not enter.
                if visit.lowerBound > 0 {
                    events.append(
                        TruthEvent(time: visit.lowerBound, kind: .zoneEntered, name: zone.name, objects: [mover.id]))
                }
                if visit.upperBound < scene.duration {
                    events.append(
                        TruthEvent(time: visit.upperBound, kind: .zoneLeft, name: zone.name, objects: [mover.id]))
                }
                guard mover.isPerson else { continue }
                changes += [(visit.lowerBound, 1), (visit.upperBound, -1)]
                if let patience = zone.loitering, visit.upperBound - visit.lowerBound > patience {
                    events.append(
                        TruthEvent(
                            time: visit.lowerBound + patience, kind: .loitering, name: zone.name, objects: [mover.id]))
                }
            }
        }
        guard zone.countsPeople else { return events }
        var count = 0
        let times = [0] + changes.map(\.time).sorted()
        for (index, time) in times.enumerated() where index + 1 == times.count || times[index + 1] > time {
            let next = changes.reduce(0) { $0 + ($1.time <= time ? $1.step : 0) }
            guard next != count || time == 0 else { continue }
            count = next
            events.append(TruthEvent(time: time, kind: .count, name: zone.name, value: String(count)))
        }
        return events
    }

    /// When a mover is in a zone, from the scene's beginning to its end.
    static func visits(of zone: Zone, by track: Track, until end: Double) -> [Range<Double>] {
        var seams: Set<Double> = [0, end]
        for (index, corner) in zone.corners.enumerated() {
            let next = zone.corners[(index + 1) % zone.corners.count]
            for crossing in track.crossings(from: corner, to: next) { seams.insert(crossing.time) }
        }
        for phase in track.phases { seams.formUnion([phase.time, phase.end]) }
        let times = seams.filter { $0 >= 0 && $0 <= end }.sorted()
        var visits: [Range<Double>] = []
        for (from, to) in zip(times, times.dropFirst()) {
            guard let state = track.state(at: (from + to) / 2), zone.contains(state.at) else { continue }
            if let last = visits.last, last.upperBound == from {
                visits[visits.count - 1] = last.lowerBound..<to
            } else {
                visits.append(from..<to)
            }
        }
        return visits
    }

    private func fate(of thing: Int) -> [TruthEvent] {
        var events: [TruthEvent] = []
        let name = scene.things[thing].name
        let changes = belongings[thing].changes
        for (index, change) in changes.enumerated() {
            guard let person = change.person else { continue }
            let id = scene.subjects[person].id
            switch change.place {
            case .carried: events.append(TruthEvent(time: change.time, kind: .taken, name: name, objects: [id]))
            case .nowhere: break
            case .stands(let at, _):
                let end = index + 1 < changes.count ? changes[index + 1].time : scene.duration
                let owner = people[person]
                if let time = Self.leaving(owner, of: at, from: change.time, until: end) {
                    events.append(TruthEvent(time: time, kind: .leftBehind, name: name, objects: [id]))
                }
            }
        }
        return events
    }

    /// When an owner has been away for long enough.
    private static func leaving(
        _ owner: Track, of at: GroundPoint, from: Double, until end: Double
    ) -> Double? {
        func isAway(_ time: Double) -> Bool {
            owner.state(at: time).map { $0.at.distance(to: at) > ownerDistance } ?? true
        }
        var since: Double?
        var time = from
        while time < end {
            let next = min(time + look, end)
            if !isAway(next) {
                since = nil
            } else if since == nil {
                var (near, far) = (time, next)
                while far - near > 1e-9 {
                    let middle = (near + far) / 2
                    if isAway(middle) { far = middle } else { near = middle }
                }
                since = far
            }
            if let since, next >= since + ownerAbsence { return since + ownerAbsence }
            time = next
        }
        return nil
    }
}

extension Zone {
    /// Whether a point lies inside, also where the corners make a hollow.
    package func contains(_ point: GroundPoint) -> Bool { corners.surround(point) }
}

extension [GroundPoint] {
    /// By the number of edges that a ray to the east meets.
    package func surround(_ point: GroundPoint) -> Bool {
        var isInside = false
        for (index, a) in enumerated() {
            let b = self[(index + 1) % count]
            guard (a.z > point.z) != (b.z > point.z) else { continue }
            if point.x < a.x + (point.z - a.z) / (b.z - a.z) * (b.x - a.x) { isInside.toggle() }
        }
        return isInside
    }
}
