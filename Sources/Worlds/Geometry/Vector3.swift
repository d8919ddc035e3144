/// A point or direction of the world, metres: x to the east, y up, z to the north.
package struct Vector3: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var z: Double

    package init(_ x: Double, _ y: Double, _ z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    package static let zero = Vector3(0, 0, 0)
    package static let up = Vector3(0, 1, 0)

    package static func + (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x + b.x, a.y + b.y, a.z + b.z) }
    package static func - (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x - b.x, a.y - b.y, a.z - b.z) }
    package static func * (a: Vector3, s: Double) -> Vector3 { Vector3(a.x * s, a.y * s, a.z * s) }
    package static prefix func - (a: Vector3) -> Vector3 { Vector3(-a.x, -a.y, -a.z) }

    package func dot(_ b: Vector3) -> Double { x * b.x + y * b.y + z * b.z }
    package func cross(_ b: Vector3) -> Vector3 {
        Vector3(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x)
    }
    package var length: Double { dot(self).squareRoot() }
    /// - Precondition: not zero.
    package var normalized: Vector3 { self * (1 / length) }
}

/// A place on the ground, metres: x to the east, z to the north.
package struct GroundPoint: Hashable, Sendable {
    package var x: Double
    package var z: Double

    package init(_ x: Double, _ z: Double) {
        self.x = x
        self.z = z
    }

    /// The point at that height, metres.
    package func at(height: Double) -> Vector3 { Vector3(x, height, z) }

    package func distance(to other: GroundPoint) -> Double {
        let (dx, dz) = (other.x - x, other.z - z)
        return (dx * dx + dz * dz).squareRoot()
    }
}
