package import Pictures

/// A head's surface laid flat: what stands at each place of the face, whichever way the head is turned.
package struct FaceChart {
    static let width = 40
    static let height = 48
    /// Places of colour are four pixels apart.
    static let tintStep = 4
    /// Half heights of the head from the middle to the left and right edge, up and down.
    static let reach: Float = 0.70
    static let top: Float = 0.90
    static let bottom: Float = -0.95
    /// Side of the square around the head, pixels and half heights from its middle.
    static let outlineSide = 28
    static let outlineReach: Float = 1.45
    static let outlineTintStep = 4

    /// `height × width`, steps of luma; what the head hides itself is taken from its other half.
    let luma: [Float]
    /// Chroma over brightness, blue and red by turns, a pair every fourth pixel each way.
    let tints: [Float]
    /// The square around the head, upright: luma, and pairs of tints.
    let outline: [Float]
    let outlineTints: [Float]

    /// Cosines of the angle to the lens between which a place is trusted less and less.
    private static let hidden: Float = 0.1
    private static let seen: Float = 0.35

    private struct Place {
        var surface: SIMD3<Float>
        var normal: SIMD3<Float>
    }

    private static let places: [Place] = (0..<height * width).map { index in
        let (x, y) = (index % width, index / width)
        let u = -reach + 2 * reach * (Float(x) + 0.5) / Float(width)
        let v = top + (bottom - top) * (Float(y) + 0.5) / Float(height)
        let surface = FacePose.surface(u, v)
        let normal = surface / SIMD3(FacePose.breadth * FacePose.breadth, 1, FacePose.depth * FacePose.depth)
        return Place(surface: surface, normal: normal / max((normal * normal).sum().squareRoot(), 1e-4))
    }

    init(_ patch: FacePatch, pose: FacePose) {
        let (right, up, toLens) = pose.axes
        let across = (pose.point(1, 0) - pose.center, pose.point(0, 1) - pose.center)
        var luma = [Float](repeating: 0, count: Self.width * Self.height)
        var tints: [Float] = []
        var outline = [Float](repeating: 0, count: Self.outlineSide * Self.outlineSide)
        var outlineTints: [Float] = []
        patch.read { reader in
            func pixel(_ surface: SIMD3<Float>) -> SIMD2<Float> {
                pose.center + across.0 * (surface * right).sum() + across.1 * (surface * up).sum()
            }
            var trust = [Float](repeating: 0, count: luma.count)
            Self.places.withUnsafeBufferPointer { places in
                for index in places.indices {
                    let place = places[index]
                    let facing = (place.normal * toLens).sum()
                    trust[index] = min(max((facing - Self.hidden) / (Self.seen - Self.hidden), 0), 1)
                    luma[index] = reader.luma(pixel(place.surface))
                }
            }
            var raw: [SIMD2<Float>] = []
            var at: [Int] = []
            for y in stride(from: Self.tintStep / 2, to: Self.height, by: Self.tintStep) {
                for x in stride(from: Self.tintStep / 2, to: Self.width, by: Self.tintStep) {
                    let index = y * Self.width + x
                    raw.append(reader.tint(pixel(Self.places[index].surface), luma: luma[index]))
                    at.append(index)
                }
            }
            // The far side is what the near side shows, as far as it cannot be seen itself.
            let columns = Self.width / Self.tintStep
            for (place, index) in at.enumerated() {
                let mirror = place / columns * columns + columns - 1 - place % columns
                let other = (1 - trust[index]) * trust[at[mirror]]
                let tint = raw[place] + (raw[mirror] - raw[place]) * other
                tints.append(tint.x)
                tints.append(tint.y)
            }
            let before = luma
            for y in 0..<Self.height {
                for x in 0..<Self.width {
                    let index = y * Self.width + x
                    let mirror = y * Self.width + Self.width - 1 - x
                    let other = (1 - trust[index]) * trust[mirror]
                    luma[index] = before[index] + (before[mirror] - before[index]) * other
                }
            }
            let step = 2 * Self.outlineReach / Float(Self.outlineSide)
            for y in 0..<Self.outlineSide {
                for x in 0..<Self.outlineSide {
                    let (a, b) = (
                        (Float(x) + 0.5) * step - Self.outlineReach, Self.outlineReach - (Float(y) + 0.5) * step
                    )
                    outline[y * Self.outlineSide + x] = reader.luma(pose.center + across.0 * a + across.1 * b)
                }
            }
            for y in stride(from: Self.outlineTintStep / 2, to: Self.outlineSide, by: Self.outlineTintStep) {
                for x in stride(from: Self.outlineTintStep / 2, to: Self.outlineSide, by: Self.outlineTintStep) {
                    let (a, b) = (
                        (Float(x) + 0.5) * step - Self.outlineReach, Self.outlineReach - (Float(y) + 0.5) * step
                    )
                    let tint = reader.tint(
                        pose.center + across.0 * a + across.1 * b, luma: outline[y * Self.outlineSide + x])
                    outlineTints.append(tint.x)
                    outlineTints.append(tint.y)
                }
            }
        }
        self.luma = luma
        self.tints = tints
        self.outline = outline
        self.outlineTints = outlineTints
    }
}

extension FaceChart {
    /// The chart as a picture, for the eye.
    package static func picture(of picture: YUVPicture, pose: FacePose) -> YUVPicture {
        let chart = FaceChart(FacePatch(picture, around: pose, reach: outlineReach * 1.45), pose: pose)
        var result = YUVPicture(width: width, height: height, filled: .black)
        result.luma = chart.luma.map { UInt8(min(max($0, 0), 255)) }
        return result
    }
}
