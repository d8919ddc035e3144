/// A piece of a way: straight or an arc.
struct Leg: Hashable, Sendable {
    let from: GroundPoint
    /// Degrees from north to east at its beginning.
    let heading: Double
    /// Metres.
    let length: Double
    /// Degrees a metre, clockwise; 0 is straight.
    let bend: Double
    /// Metres gone before it.
    let start: Double
    /// Metres a second, at most.
    let speed: Double

    private static let radians = 0.017453292519943295

    /// Where one is after so many metres of this leg, and the heading there.
    func place(after metres: Double) -> (at: GroundPoint, heading: Double) {
        guard bend != 0 else { return (from.moved(metres, towards: heading), heading) }
        let turn = bend * metres
        let chord = 2 / (bend * Self.radians) * Trigonometry.sine(turn / 2)
        return (from.moved(chord, towards: heading + turn / 2), heading + turn)
    }

    /// How many metres along the leg it meets a straight line, and whether it passes to that line's right side.
    ///
    /// Its beginning belongs to the leg before.
    func meetings(from a: GroundPoint, to b: GroundPoint) -> [(metres: Double, toRight: Bool)] {
        let found = bend == 0 ? straightMeetings(a, b) : bentMeetings(a, b)
        return found.filter { $0 > 0 && $0 <= length }.sorted().map { metres in
            let heading = place(after: metres).heading
            let ahead = GroundPoint(Trigonometry.sine(heading), Trigonometry.cosine(heading))
            return (metres, (b.x - a.x) * ahead.z - (b.z - a.z) * ahead.x < 0)
        }
    }

    private func straightMeetings(_ a: GroundPoint, _ b: GroundPoint) -> [Double] {
        let (dx, dz) = (Trigonometry.sine(heading), Trigonometry.cosine(heading))
        let (ex, ez) = (b.x - a.x, b.z - a.z)
        let across = dx * ez - dz * ex
        guard abs(across) > 1e-12 else { return [] }
        let (ox, oz) = (a.x - from.x, a.z - from.z)
        let part = (ox * dz - oz * dx) / across
        return part >= 0 && part <= 1 ? [(ox * ez - oz * ex) / across] : []
    }

    private func bentMeetings(_ a: GroundPoint, _ b: GroundPoint) -> [Double] {
        let radius = 1 / (bend * Self.radians)
        let center = from.moved(radius, towards: heading + 90)
        let (ex, ez) = (b.x - a.x, b.z - a.z)
        let (ox, oz) = (a.x - center.x, a.z - center.z)
        let (p, q, r) = (ex * ex + ez * ez, ox * ex + oz * ez, ox * ox + oz * oz - radius * radius)
        let inside = q * q - p * r
        guard p > 0, inside > 0 else { return [] }
        return [-1.0, 1].compactMap { sign in
            let part = (-q + sign * inside.squareRoot()) / p
            guard part >= 0, part <= 1 else { return nil }
            let (x, z) = ((center.x - a.x - ex * part) / radius, (center.z - a.z - ez * part) / radius)
            // The centre lies to the right, (cos, -sin) of the heading there.
            var turn = (Trigonometry.arctangent(y: -z, x: x) - heading).remainder(dividingBy: 360)
            if turn / bend < 0 { turn += bend > 0 ? 360 : -360 }
            return turn / bend
        }
    }
}

extension GroundPoint {
    /// The point so many metres away, in a heading: degrees from north to east.
    package func moved(_ metres: Double, towards heading: Double) -> GroundPoint {
        GroundPoint(x + metres * Trigonometry.sine(heading), z + metres * Trigonometry.cosine(heading))
    }

    /// Degrees from north to east in which the other point lies.
    package func heading(to other: GroundPoint) -> Double {
        Trigonometry.arctangent(y: other.x - x, x: other.z - z)
    }
}
