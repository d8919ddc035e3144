/// Where a head is in a picture and how it is turned: an upright ellipsoid seen from afar.
package struct FacePose: Hashable, Sendable {
    /// The middle of the head, pixels.
    package var center: SIMD2<Float>
    /// Half of its height, pixels, as seen from straight ahead.
    package var half: Float
    /// Radians, clockwise in the picture.
    package var roll: Float
    /// Radians to the subject's left, and up.
    package var yaw: Float
    package var pitch: Float

    package init(center: SIMD2<Float>, half: Float, roll: Float = 0, yaw: Float = 0, pitch: Float = 0) {
        self.center = center
        self.half = half
        self.roll = roll
        self.yaw = yaw
        self.pitch = pitch
    }

    /// Half width and half depth of a usual head over half of its height.
    static let breadth: Float = 0.763
    static let depth: Float = 0.864

    /// The direction of the picture's right and up at the head, and toward the lens, in the head's own axes: x to its
    /// right, y up, z ahead.
    var axes: (right: SIMD3<Float>, up: SIMD3<Float>, toLens: SIMD3<Float>) {
        let level = cosine(pitch)
        let toLens = SIMD3(sine(yaw) * level, -sine(pitch), cosine(yaw) * level)
        var up = SIMD3<Float>(0, 1, 0) - toLens * toLens.y
        up /= max((up * up).sum().squareRoot(), 1e-4)
        let right = SIMD3(
            toLens.y * up.z - toLens.z * up.y, toLens.z * up.x - toLens.x * up.z, toLens.x * up.y - toLens.y * up.x)
        return (right, up, toLens)
    }

    /// The picture's point that is `x` half heights to the right and `y` up from the middle, along the head's roll.
    package func point(_ x: Float, _ y: Float) -> SIMD2<Float> {
        let (s, c) = (sine(roll), cosine(roll))
        return center + half * SIMD2(x * c + y * s, x * s - y * c)
    }

    /// Where a place of the face is seen: `u` half heights to the subject's right, `v` up, as seen from straight ahead.
    package func place(_ u: Float, _ v: Float) -> SIMD2<Float> {
        let (right, up, _) = axes
        let surface = FacePose.surface(u, v)
        return point((surface * right).sum(), (surface * up).sum())
    }

    /// The point of the ellipsoid at a place of the face, half heights.
    static func surface(_ u: Float, _ v: Float) -> SIMD3<Float> {
        let x = u / breadth
        return SIMD3(u, v, depth * max(0, 1 - x * x - v * v).squareRoot())
    }

    /// The face without hair and neck, pixels.
    package var box: VisionBox {
        let (right, up, _) = axes
        var low = SIMD2<Float>(repeating: .infinity)
        var high = -low
        for step in 0..<12 {
            let angle = Float(step) * .pi / 6
            // Hair begins below the crown; the chin ends the face.
            let (u, v) = (0.96 * Self.breadth * cosine(angle), -0.2 + 0.77 * sine(angle))
            let surface = Self.surface(u, v)
            let seen = point((surface * right).sum(), (surface * up).sum())
            low = pointwiseMin(low, seen)
            high = pointwiseMax(high, seen)
        }
        return VisionBox(
            x: Double(low.x), y: Double(low.y), width: Double(high.x - low.x), height: Double(high.y - low.y))
    }

    /// Where the eyes of a usual face are: the subject's left one and its right one.
    package var eyes: (left: SIMD2<Float>, right: SIMD2<Float>) { (place(-0.305, 0.05), place(0.305, 0.05)) }
}

/// Of radians within ±π; polynomials, so that a model gives the same numbers with every C library.
func sine(_ radians: Float) -> Float { cosine(radians - .pi / 2) }

/// Of radians; error below 1e-5.
func cosine(_ radians: Float) -> Float {
    var x = abs(radians)
    x -= (x / (2 * .pi)).rounded() * 2 * .pi
    x = abs(x)
    let flips = x > .pi / 2
    if flips { x = .pi - x }
    let s = x * x
    let value = 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90))))
    return flips ? -value : value
}
