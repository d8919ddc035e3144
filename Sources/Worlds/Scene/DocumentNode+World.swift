import Documents
import Yams

/// Bounds of what a scene may say.
enum SceneBounds {
    /// Metres from the middle of the world.
    static let place = -500.0...500.0
    /// Metres.
    static let size = 0.01...500.0
    /// Degrees.
    static let heading = -360.0...360.0
    /// Metres a second.
    static let walking = 0.3...4.0
    static let driving = 0.5...40.0
    /// Seconds.
    static let duration = 1.0...600.0
    /// Seconds of a step of a course.
    static let staying = 0.0...1200.0
    /// Seconds of the scene; what begins before it is under way at its beginning.
    static let beginning = -600.0...600.0
    static let seed = 0...Int(UInt32.max)
    /// The most of subjects, vehicles, parts of a setting or steps of a course.
    static let count = 400
}

extension DocumentNode {
    func contradiction(_ key: String, _ reason: String) -> DocumentError {
        .contradiction(file: file, line: line(of: key), reason: reason)
    }

    func optionalNumber(_ key: String, in range: ClosedRange<Double>) throws(DocumentError) -> Double? {
        has(key) ? try number(key, in: range) : nil
    }

    func name<Name: CaseIterable & RawRepresentable>(
        _ key: String, otherwise: Name
    ) throws(DocumentError) -> Name where Name.RawValue == String {
        has(key) ? try name(key, as: Name.self) : otherwise
    }

    /// The list under a key; empty where there is none.
    func optionalMappings(_ key: String, known: [String]) throws(DocumentError) -> [DocumentNode] {
        guard has(key) else { return [] }
        let found = try mappings(key, known: known)
        guard found.count <= SceneBounds.count else {
            throw wrong(key, try node(key), "\(SceneBounds.count) of them at most")
        }
        return found
    }

    /// `[x, z]`: metres to the east and to the north.
    func point(_ key: String) throws(DocumentError) -> GroundPoint { try point(key, try node(key)) }

    private func point(_ key: String, _ node: Node) throws(DocumentError) -> GroundPoint {
        let numbers = try numbers(key, node, count: 2, "[x, z]: metres to the east and to the north, within ±500")
        return GroundPoint(numbers[0], numbers[1])
    }

    /// `[x, y, z]`: metres to the east, up and to the north.
    func place(_ key: String) throws(DocumentError) -> Vector3 {
        let numbers = try numbers(
            key, try node(key), count: 3, "[x, y, z]: metres to the east, up and to the north, within ±500")
        return Vector3(numbers[0], numbers[1], numbers[2])
    }

    private func numbers(
        _ key: String, _ node: Node, count: Int, _ expected: String
    ) throws(DocumentError) -> [Double] {
        let numbers = node.sequence?.compactMap(\.float) ?? []
        guard numbers.count == count, node.sequence?.count == count, numbers.allSatisfy(SceneBounds.place.contains)
        else { throw wrong(key, node, expected) }
        return numbers
    }

    /// A list of points.
    func points(_ key: String, atLeast count: Int) throws(DocumentError) -> [GroundPoint] {
        let node = try node(key)
        guard let sequence = node.sequence, sequence.count >= count, sequence.count <= SceneBounds.count else {
            throw wrong(key, node, "a list of at least \(count) points such as [[0, 0], [2.5, 4]]")
        }
        var points: [GroundPoint] = []
        for element in sequence { points.append(try point(key, element)) }
        return points
    }

    /// `"#C8553D"`.
    func color(_ key: String) throws(DocumentError) -> RGB? {
        guard has(key) else { return nil }
        let node = try node(key)
        guard let text = node.scalar?.string, text.count == 7, text.first == "#",
            let hex = UInt32(text.dropFirst(), radix: 16), text.dropFirst().allSatisfy(\.isHexDigit)
        else { throw wrong(key, node, "a colour in quotes such as \"#C8553D\"") }
        return RGB(hex)
    }

    func seed(_ key: String, otherwise: UInt64) throws(DocumentError) -> UInt64 {
        has(key) ? UInt64(try integer(key, in: SceneBounds.seed)) : otherwise
    }

    /// Corners of an area without crossing edges.
    func corners(_ key: String, convex: Bool) throws(DocumentError) -> [GroundPoint] {
        let corners = try points(key, atLeast: 3)
        if corners.crossesItself {
            throw contradiction(
                key, "the edges of \"\(key)\" cross each other; list the corners in order around the area")
        }
        if convex, !corners.isConvex {
            throw contradiction(key, "the area of \"\(key)\" has a hollow; make it of several areas without")
        }
        return corners
    }
}

extension [GroundPoint] {
    private func turn(_ a: GroundPoint, _ b: GroundPoint, _ c: GroundPoint) -> Double {
        (b.x - a.x) * (c.z - b.z) - (b.z - a.z) * (c.x - b.x)
    }

    /// No corner turns the other way.
    var isConvex: Bool {
        let turns = indices.map { turn(self[$0], self[($0 + 1) % count], self[($0 + 2) % count]) }
        return turns.allSatisfy { $0 >= -1e-9 } || turns.allSatisfy { $0 <= 1e-9 }
    }

    /// Edges that are no neighbours meet, or the area is nothing.
    var crossesItself: Bool {
        let doubled = indices.reduce(0.0) { sum, index in
            let (a, b) = (self[index], self[(index + 1) % count])
            return sum + a.x * b.z - b.x * a.z
        }
        if abs(doubled) < 1e-9 { return true }
        for first in indices {
            for second in indices where second > first + 1 && !(first == 0 && second == count - 1) {
                let (a, b) = (self[first], self[first + 1])
                let (c, d) = (self[second], self[(second + 1) % count])
                if turn(a, b, c) * turn(a, b, d) <= 0, turn(c, d, a) * turn(c, d, b) <= 0 { return true }
            }
        }
        return false
    }
}
