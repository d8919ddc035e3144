/// Shadows of movers on the ground: soft ones below them, and those of the sun.
extension PartSheet {
    /// The dark below a mover: rings of little darkness each.
    func contact(of mover: Mover) {
        let isVehicle = mover.isLong
        let half = SIMD2(Float(mover.footprint.half.width), Float(mover.footprint.half.length))
        // Soft over half a metre around a vehicle, over all of it under a person.
        let soft = isVehicle ? min(0.28, half.x * 0.5) : half.x * 0.6
        let pixels = lens.focal / max(mover.frame.origin.z, 0.5) * soft
        let rings = min(max(Int(pixels / 2), 4), 12)
        let dark: Float = (half.x > 0.5 ? 0.62 : 0.42) / Float(rings)
        let tone = Tone(base: SIMD4(16, 128, 128, 0), slope: .zero)
        for ring in 0..<rings {
            let size = half + SIMD2(repeating: soft * (2 * (Float(ring) + 0.5) / Float(rings) - 1))
            var corners: [SIMD3<Float>] = []
            for direction in Self.circle(5) {
                let (s, c) = (direction.x, direction.y)
                // Rounder than a rectangle, squarer than an ellipse under vehicles.
                let stretch = isVehicle ? 1 / max(abs(s), abs(c)).squareRoot() : 1
                corners.append(mover.frame(SIMD3(size.x * s * stretch, 0.005, size.y * c * stretch)))
            }
            guard var part = polygon(corners, slack: 0.08) else { continue }
            part.fill = .flat(FlatShader(tone: tone, factor: 0))
            part.opacity = dark
            part.isBody = false
            parts.append(part)
        }
    }

    /// The shadow that the sun makes of a piece on level ground through a point; all in the camera's axes.
    func shadow(of part: Part, toSun: SIMD3<Float>, up: SIMD3<Float>, ground: SIMD3<Float>) -> Part? {
        guard !part.solid.isEmpty else { return nil }
        let height = dot(toSun, up)
        let flat = unit(toSun - up * height)
        let across = cross(up, flat)
        var corners: [SIMD3<Float>] = []
        let round = part.solid.count > 6 ? 60 : 5
        for direction in Self.circle(Float(round)) {
            var best = SIMD3<Float>.zero
            var reach = -Float.infinity
            for index in part.solid {
                let sphere = solids[index]
                let above = dot(sphere.center - ground, up)
                let foot = sphere.center - toSun * (above / height)
                // A ball's shadow is as wide as it, and longer the lower the sun stands.
                let point =
                    foot + across * (sphere.radius * direction.x) + flat * (sphere.radius / height * direction.y)
                let ahead = dot(point, across) * direction.x + dot(point, flat) * direction.y
                if ahead > reach { (best, reach) = (point, ahead) }
            }
            if corners.last != best { corners.append(best) }
        }
        guard corners.count > 2 else { return nil }
        return polygon(corners, slack: 0.12)
    }
}

extension MoverPainter {
    /// Below this height of the sun shadows are too long to draw: the sine of 5°.
    private static let lowestSun = 0.087

    func throwShadows(_ view: CameraView, _ shading: Shading, on canvas: Canvas, by raster: PartRaster) {
        guard shading.sun > 0, shading.shadow < 0.98, shading.toSun.y > Self.lowestSun else { return }
        func turned(_ v: Vector3) -> SIMD3<Float> {
            SIMD3(Float(v.dot(view.right)), Float(v.dot(view.down)), Float(v.dot(view.ahead)))
        }
        let (toSun, up) = (turned(shading.toSun), turned(.up))
        for mover in movers {
            for index in mover.parts where sheet.parts[index].isBody {
                guard
                    let shadow = sheet.shadow(of: sheet.parts[index], toSun: toSun, up: up, ground: mover.frame.origin)
                else { continue }
                sheet.points.withUnsafeBufferPointer { points in
                    guard let base = points.baseAddress else { return }
                    raster.gatherShadow(shadow, base, canvas)
                }
                sheet.points.removeLast(shadow.count)
            }
        }
        raster.dropShadow(leaving: shading.shadow, on: canvas)
    }
}
