/// Where a plate is in a picture: four corners, and the plane between them.
///
/// The plane's own coordinates are 0…1 from the upper left corner, as one reads the plate; pixel 0 of a picture spans 0…1.
package struct PlateQuad: Hashable, Sendable {
    /// Upper left, then clockwise; pixels.
    package var corners: [SIMD2<Float>]
    /// `x = (a·u + b·v + c) / (g·u + h·v + 1)`, and the same for y.
    let across: SIMD3<Float>
    let down: SIMD3<Float>
    let depth: SIMD3<Float>

    /// - Precondition: four corners.
    package init(_ corners: [SIMD2<Float>]) {
        precondition(corners.count == 4, "a plate has four corners")
        self.corners = corners
        // The homography of the unit square in closed form.
        let (p0, p1, p2, p3) = (corners[0], corners[1], corners[2], corners[3])
        let sum = p0 - p1 + p2 - p3
        let (d1, d2) = (p1 - p2, p3 - p2)
        let determinant = d1.x * d2.y - d2.x * d1.y
        let scale = abs(determinant) > 1e-6 ? 1 / determinant : 0
        let g = (sum.x * d2.y - d2.x * sum.y) * scale
        let h = (d1.x * sum.y - sum.x * d1.y) * scale
        across = SIMD3(p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x)
        down = SIMD3(p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y)
        depth = SIMD3(g, h, 1)
    }

    /// An upright rectangle.
    init(x: Float, y: Float, width: Float, height: Float) {
        self.init([
            SIMD2(x, y), SIMD2(x + width, y), SIMD2(x + width, y + height), SIMD2(x, y + height),
        ])
    }

    /// Where a point of the plane is in the picture.
    package func callAsFunction(_ u: Float, _ v: Float) -> SIMD2<Float> {
        let w = 1 / (depth.x * u + depth.y * v + depth.z)
        return SIMD2(
            (across.x * u + across.y * v + across.z) * w, (down.x * u + down.y * v + down.z) * w)
    }

    /// Where a point of the picture is in the plane.
    package func plane(_ point: SIMD2<Float>) -> SIMD2<Float> {
        // Two lines in u and v.
        let a = SIMD2(across.x - depth.x * point.x, down.x - depth.x * point.y)
        let b = SIMD2(across.y - depth.y * point.x, down.y - depth.y * point.y)
        let c = SIMD2(point.x - across.z, point.y - down.z)
        let determinant = a.x * b.y - b.x * a.y
        let scale = abs(determinant) > 1e-9 ? 1 / determinant : 0
        return SIMD2((c.x * b.y - b.x * c.y) * scale, (a.x * c.y - c.x * a.y) * scale)
    }

    /// Along its upper and lower edge, pixels.
    package var width: Float { (Self.length(corners[1] - corners[0]) + Self.length(corners[2] - corners[3])) / 2 }
    /// Along its left and right edge, pixels.
    package var height: Float { (Self.length(corners[3] - corners[0]) + Self.length(corners[2] - corners[1])) / 2 }
    package var center: SIMD2<Float> { (corners[0] + corners[1] + corners[2] + corners[3]) / 4 }

    /// It is convex, as one reads it from the left to the right, and neither too flat nor too steep for a plate.
    var isPlausible: Bool {
        for index in 0..<4 {
            let (a, b, c) = (corners[index], corners[(index + 1) % 4], corners[(index + 2) % 4])
            let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
            guard turn > 0 else { return false }
        }
        let (width, height) = (width, height)
        let slope = abs(corners[1].y - corners[0].y) / max(corners[1].x - corners[0].x, 1e-3)
        return width > 8 && height > 0.12 * width && height < 0.6 * width && slope < 0.6
    }

    /// The corners moved, in parts of the plane.
    func moved(_ steps: [Float]) -> PlateQuad {
        let unit: [SIMD2<Float>] = [SIMD2(0, 0), SIMD2(1, 0), SIMD2(1, 1), SIMD2(0, 1)]
        return PlateQuad(
            unit.enumerated().map { index, corner in
                self(corner.x + steps[2 * index], corner.y + steps[2 * index + 1])
            })
    }

    func shifted(by way: SIMD2<Float>) -> PlateQuad { PlateQuad(corners.map { $0 + way }) }

    /// The upright rectangle around it.
    package var box: VisionBox {
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
        return VisionBox(
            x: Double(left), y: Double(top), width: Double((xs.max() ?? 0) - left),
            height: Double((ys.max() ?? 0) - top))
    }

    private static func length(_ a: SIMD2<Float>) -> Float { (a.x * a.x + a.y * a.y).squareRoot() }
}
