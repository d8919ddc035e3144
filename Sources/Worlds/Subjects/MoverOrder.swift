/// Room that a mover takes on the ground: a rectangle.
struct Footprint {
    var center: GroundPoint
    /// Unit length: ahead of the mover.
    var ahead: GroundPoint
    /// Half of its length and width, metres.
    var half: (length: Double, width: Double)

    init(at center: GroundPoint, heading: Double, length: Double, width: Double) {
        self.center = center
        ahead = GroundPoint(Trigonometry.sine(heading), Trigonometry.cosine(heading))
        half = (length / 2, width / 2)
    }

    /// Half of its extent along a direction.
    private func reach(_ axis: GroundPoint) -> Double {
        abs(axis.x * ahead.x + axis.z * ahead.z) * half.length + abs(axis.x * ahead.z - axis.z * ahead.x) * half.width
    }

    /// Whether this one is to be drawn before another, as seen from a place.
    ///
    /// A plane between the two decides: what is on the far side of it cannot hide what is on the near side. Distances
    /// alone would draw a person beside the end of a bus behind it.
    ///
    /// - Returns: nil where they overlap and no plane parts them.
    func isBehind(_ other: Footprint, from eye: GroundPoint) -> Bool? {
        let axes = [
            ahead, GroundPoint(ahead.z, -ahead.x), other.ahead, GroundPoint(other.ahead.z, -other.ahead.x),
        ]
        var (widest, answer): (Double, Bool?) = (0, nil)
        for axis in axes {
            func along(_ point: GroundPoint) -> Double { point.x * axis.x + point.z * axis.z }
            let way = along(other.center) - along(center)
            let gap = abs(way) - reach(axis) - other.reach(axis)
            guard gap > widest else { continue }
            widest = gap
            let plane =
                way > 0
                ? along(center) + reach(axis) + gap / 2 : along(center) - reach(axis) - gap / 2
            // Seen from the other's side of the plane, this one is behind.
            answer = (along(eye) - plane > 0) == (way > 0)
        }
        return answer
    }
}

/// In which order movers are drawn, the far ones first.
enum MoverOrder {
    /// `bodies`: a footprint and the distance of each; `isLong` where the distance of its middle says little.
    /// - Returns: places in `bodies`.
    static func order(
        _ bodies: [(footprint: Footprint, distance: Double, isLong: Bool)], from eye: GroundPoint
    ) -> [Int] {
        let far = bodies.indices.sorted {
            bodies[$0].distance > bodies[$1].distance || bodies[$0].distance == bodies[$1].distance && $0 < $1
        }
        guard bodies.contains(where: \.isLong) else { return far }
        func isParted(_ a: Int, _ b: Int) -> Bool? {
            guard bodies[a].isLong || bodies[b].isLong else { return nil }
            return bodies[a].footprint.isBehind(bodies[b].footprint, from: eye)
        }
        func isBehind(_ a: Int, _ b: Int) -> Bool { isParted(a, b) ?? (bodies[a].distance > bodies[b].distance) }
        var left = far
        var order: [Int] = []
        while !left.isEmpty {
            // The farthest that has nobody behind it. In a ring planes say more than distances, which matter only
            // between neighbours in the picture.
            let next =
                left.firstIndex { one in !left.contains { $0 != one && isBehind($0, one) } }
                ?? left.firstIndex { one in !left.contains { $0 != one && isParted($0, one) == true } } ?? 0
            order.append(left.remove(at: next))
        }
        return order
    }
}
