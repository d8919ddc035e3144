/// Follows objects from picture to picture: gives sightings to those whose they are, begins and ends tracks.
final class ObjectTracker {
    private(set) var tracks: [FollowedObject] = []
    /// Those who have ended, for when they come back.
    private var gone: [FollowedObject] = []
    private var forgotten: [FollowedObject] = []
    private var next = 1
    private var nextTentative = -1
    private var time: Double?

    /// Pictures in which somebody must be seen to be believed.
    static let confirmation = 4
    /// Seconds that somebody unseen is kept, and the same where somebody else stands before it.
    private static let patience = 1.2
    private static let hiddenPatience = 5.0
    /// Seconds that somebody unseen is still told.
    private static let telling = 0.5
    /// Seconds after which nobody comes back, and how many are remembered.
    private static let memory = 60.0
    private static let memoryLimit = 200
    /// Metres a second that nobody exceeds on foot.
    private static let fastest = 3.0
    /// Of colours, for somebody to be the same after an absence.
    private static let sameColors = 0.75
    /// Tracks at one time.
    static let limit = 240

    init() {}

    /// Moves everybody on to the time of the next picture.
    func predict(to time: Double, view: GroundView) {
        let seconds = self.time.map { max(time - $0, 0) } ?? 0
        self.time = time
        for track in tracks { track.predict(seconds, view: view) }
    }

    /// Takes the sightings of a picture: what was seen of each track, in their order (nil for nothing, empty where nobody
    /// was looked for), and those of which it is not known whose they are.
    func take(shares: [Sighting?], free: [Sighting], time: Double, view: GroundView) {
        var isSeen = [Bool](repeating: false, count: tracks.count)
        for (index, sighting) in shares.enumerated() {
            guard let sighting else { continue }
            tracks[index].take(sighting, time: time, view: view)
            isSeen[index] = true
        }
        var left = assign(free, &isSeen, time: time, view: view, isWide: false)
        left = assign(left, &isSeen, time: time, view: view, isWide: true)
        for index in tracks.indices where !isSeen[index] { tracks[index].miss() }
        for sighting in left where tracks.count < Self.limit {
            tracks.append(FollowedObject(sighting, id: nextTentative, time: time, view: view))
            nextTentative -= 1
        }
        confirm(time: time, view: view)
        end(time: time, view: view)
    }

    /// - Returns: sightings that stay without track.
    private func assign(
        _ sightings: [Sighting], _ isSeen: inout [Bool], time: Double, view: GroundView, isWide: Bool
    ) -> [Sighting] {
        let open = tracks.indices.filter { !isSeen[$0] }
        guard !open.isEmpty, !sightings.isEmpty else { return sightings }
        let costs = open.map { index in
            sightings.map { sighting in cost(tracks[index], sighting, time: time, isWide: isWide) }
        }
        let columns = Assignment.best(costs, limit: 1)
        var isTaken = [Bool](repeating: false, count: sightings.count)
        for (row, column) in columns.enumerated() {
            guard let column else { continue }
            tracks[open[row]].take(sightings[column], time: time, view: view)
            isSeen[open[row]] = true
            isTaken[column] = true
        }
        return sightings.indices.filter { !isTaken[$0] }.map { sightings[$0] }
    }

    /// 0 for the same, 1 and more for somebody else.
    private func cost(_ track: FollowedObject, _ sighting: Sighting, time: Double, isWide: Bool) -> Double {
        guard track.kind == sighting.kind || !track.isConfirmed else { return .infinity }
        let (a, b) = (track.box, sighting.box)
        let size = max(a.height, b.height)
        let ratio = b.height / max(a.height, 1)
        guard ratio > 0.5, ratio < 2 else { return .infinity }
        let away = time - track.seen
        let reach = (isWide ? 0.5 + 0.9 * min(away, 1.5) : 0.2) * size
        let (dx, dy) = (
            max(0, max(a.x, b.x) - min(a.right, b.right)) + 0.3 * abs(a.x + a.width / 2 - b.x - b.width / 2),
            abs(a.bottom - b.bottom)
        )
        let distance = (dx * dx + dy * dy).squareRoot() / reach
        guard distance < 1 else { return .infinity }
        var cost = 0.35 * distance + 0.35 * (1 - a.intersectionOverUnion(b))
        if let colors = sighting.colors { cost += 0.3 * (1 - track.colors.similarity(colors)) }
        if !track.isConfirmed { cost += 0.15 }
        return cost
    }

    private func confirm(time: Double, view: GroundView) {
        for track in tracks where !track.isConfirmed && track.hits >= Self.confirmation && track.strength > 0.3 {
            track.isConfirmed = true
            if let known = returning(track, time: time, view: view) {
                gone.removeAll { $0 === known }
                track.resume(known)
            } else {
                track.id = next
                next += 1
            }
        }
    }

    /// Who of those who have gone it may be: near enough for the time, and dressed alike.
    private func returning(_ track: FollowedObject, time: Double, view: GroundView) -> FollowedObject? {
        guard let place = view.place(of: track.foot) else { return nil }
        var best: (FollowedObject, Double)?
        for other in gone where other.kind == track.kind && other.seen < track.born {
            guard let last = view.place(of: other.foot) else { continue }
            let way = place - last
            let distance = (way * way).sum().squareRoot()
            guard distance < 1 + Self.fastest * (track.born - other.seen) else { continue }
            let similarity = other.colors.similarity(track.colors)
            guard similarity > Self.sameColors + min(0.01 * (track.born - other.seen), 0.1) else { continue }
            let score = similarity - 0.01 * distance
            if score > best?.1 ?? -.infinity { best = (other, score) }
        }
        return best?.0
    }

    private func end(time: Double, view: GroundView) {
        let ended = tracks.filter { hasEnded($0, time: time, view: view) }
        gone += ended.filter(\.isConfirmed)
        tracks.removeAll { track in ended.contains { $0 === track } }
        let old = max(gone.count - Self.memoryLimit, gone.count { time - $0.seen > Self.memory })
        forgotten += gone.prefix(old)
        gone.removeFirst(old)
    }

    private func hasEnded(_ track: FollowedObject, time: Double, view: GroundView) -> Bool {
        guard track.misses > 0 else { return false }
        if !track.isConfirmed { return track.misses > 1 }
        let inside = track.box.common(VisionBox(x: 0, y: 0, width: view.width, height: view.height))
        if inside < 0.2 * track.box.area { return track.misses > 2 }
        return time - track.seen > (isHidden(track) ? Self.hiddenPatience : Self.patience)
    }

    /// Whether somebody nearer covers most of it.
    func isHidden(_ track: FollowedObject) -> Bool {
        tracks.contains { other in
            other !== track && other.misses == 0 && other.isConfirmed && other.box.bottom > track.box.bottom - 2
                && other.box.common(track.box) > 0.45 * track.box.area
        }
    }

    /// Those who will not come back, once each.
    func takeForgotten() -> [FollowedObject] {
        defer { forgotten = [] }
        return forgotten
    }

    /// Those who are believed to be in the picture now.
    func present(at time: Double) -> [FollowedObject] {
        tracks.filter { track in
            track.isConfirmed && (time - track.seen <= Self.telling || isHidden(track))
        }
    }

    /// Forgets all places: the camera looks elsewhere. Who comes back may still be known.
    func restart() {
        gone += tracks.filter(\.isConfirmed)
        tracks = []
        time = nil
    }
}
