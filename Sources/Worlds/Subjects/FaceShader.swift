/// Paints a head: from a pixel along its ray to the ellipsoid of the head and there by the place on the face.
struct FaceShader: PartShader {
    let face: FaceGeometry
    let expression: Figure.Expression
    let isBlinking: Bool
    let glasses: Bool
    let mask: Bool
    private let light: MoverLight
    /// Light in the head's own axes.
    private let toSun: SIMD3<Float>
    private let sky: SIMD3<Float>
    /// From a pixel to the head of radius 1: the point abreast of its middle and the direction of the ray, each
    /// `0 + 1 · column + 2 · row`.
    private let abreast: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)
    private let ray: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)
    /// Half of the head's width over half of its height.
    private let aspect: Float
    /// A pixel on the head, in half heights.
    private let pixel: Float
    private let skin: SIMD4<Float>
    private let hairPaint: SIMD4<Float>
    private let iris: SIMD4<Float>
    private let lipPaint: SIMD4<Float>

    /// A head whose own axes are `frame`, with its middle as the origin.
    init(
        _ face: FaceGeometry, figure: Figure, glasses: Bool, mask: Bool, frame: BodyFrame, lens: Lens,
        light: MoverLight
    ) {
        self.face = face
        expression = figure.expression
        isBlinking = figure.isBlinking
        self.glasses = glasses
        self.mask = mask
        self.light = light
        toSun = frame.inward(light.toSun)
        sky = frame.inward(light.sky)
        let size = 1 / face.half
        let focal = 1 / lens.focal
        let z = frame.origin.z
        let right = frame.inward(SIMD3(1, 0, 0)) * size
        let down = frame.inward(SIMD3(0, 1, 0)) * size
        let ahead = frame.inward(SIMD3(0, 0, 1)) * size
        // A pixel's ray is right·(x − cx)/f + down·(y − cy)/f + ahead.
        let (rx, ry) = (right * focal, down * focal)
        let toCenter = -(rx * lens.center.x) - ry * lens.center.y
        ray = (ahead + toCenter, rx, ry)
        let middle = right * frame.origin.x + down * frame.origin.y
        abreast = (toCenter * z - middle, rx * z, ry * z)
        aspect = face.half.x / face.half.y
        pixel = z * focal / face.half.y
        func lanes(_ paint: Paint) -> SIMD4<Float> { SIMD4(paint.luma, paint.blue, paint.red, 0) }
        skin = lanes(face.skin)
        hairPaint = lanes(face.hairPaint)
        iris = lanes(face.irisPaint)
        lipPaint = lanes(face.lipPaint)
    }

    @inline(__always) func luma(_ x: Float, _ y: Float) -> Float { paint(x, y).x }
    @inline(__always) func chroma(_ x: Float, _ y: Float) -> SIMD2<Float> {
        let all = paint(x, y)
        return SIMD2(all.y, all.z)
    }

    private func paint(_ x: Float, _ y: Float) -> SIMD4<Float> {
        let p = abreast.0 + abreast.1 * x + abreast.2 * y
        let d = ray.0 + ray.1 * x + ray.2 * y
        let a = dot(d, d)
        let b = dot(p, d)
        let toward = max(0, b * b - a * (dot(p, p) - 1))
        var q = p - d * ((b + toward.squareRoot()) / a)
        // Rays beside the ellipsoid (a broad jaw) take its rim.
        q /= max(dot(q, q).squareRoot(), 1e-6)
        let facing = min(toward / a, 1).squareRoot()
        // Softer than on cloth: light goes on around a face, and a little through it.
        let sunny = light.sun * max(0, 0.2 + 0.8 * dot(toSun, q))
        let factor = (light.ambient + 0.6 * dot(sky, q) + sunny + light.glow) * (0.8 + 0.2 * facing)
        return light.shaded(surface(q), factor)
    }

    /// The paint at a point of the head of radius 1.
    @inline(__always) private func surface(_ q: SIMD3<Float>) -> SIMD4<Float> {
        let (u, v) = (q.x * aspect, q.y)
        var paint = skin
        if q.z > 0 {
            front(&paint, u, v)
        }
        let hair = hairDistance(q, u, v)
        blend(&paint, hairPaint * (1 + 0.05 * streak(q)), soft(hair))
        if mask { cover(&paint, q, u, v) }
        if glasses {
            if q.z > 0 { spectacles(&paint, u, v) }
            if q.z < 0.55 && q.z > -0.15 {
                blend(&paint, Self.rim, soft(abs(v - face.eye.y - 0.02) - face.glassesRim))
            }
        }
        return paint
    }

    /// Part of a pixel inside, of a distance from an edge (negative inside), half heights.
    @inline(__always) private func soft(_ distance: Float) -> Float { min(max(0.5 - distance / pixel, 0), 1) }

    /// Of something thinner than a pixel only a part covers it.
    @inline(__always) private func line(_ distance: Float, _ half: Float) -> Float {
        soft(abs(distance) - half) * min(1, 2 * half / pixel + 0.15)
    }

    @inline(__always) private func blend(_ paint: inout SIMD4<Float>, _ other: SIMD4<Float>, _ part: Float) {
        paint += (other - paint) * part
    }

    // Paints that no identity changes.
    private static let white = SIMD4<Float>(228, 128, 128, 0)
    private static let dark = SIMD4<Float>(30, 128, 130, 0)
    private static let mouthPaint = SIMD4<Float>(52, 122, 150, 0)
    private static let teeth = SIMD4<Float>(220, 124, 130, 0)
    private static let rim = SIMD4<Float>(36, 130, 128, 0)
    private static let lens = SIMD4<Float>(44, 130, 127, 0)
    private static let maskPaint = SIMD4<Float>(192, 136, 116, 0)

    private func front(_ paint: inout SIMD4<Float>, _ u: Float, _ v: Float) {
        let side: Float = u < 0 ? -1 : 1
        let au = abs(u)
        // Cheeks.
        let (cu, cv) = (au - 0.4, v - face.noseTip + 0.02)
        let cheek = max(0, 1 - (cu * cu + cv * cv) * 34)
        if cheek > 0 {
            blend(
                &paint, SIMD4(face.blush.luma, face.blush.blue, face.blush.red, 0), cheek * (0.15 + 0.6 * face.cheeks))
        }
        beard(&paint, u, v)
        if v < face.mouth + 0.2 { mouth(&paint, u, v) }
        if let mole = face.mole {
            let (du, dv) = (u - mole.x, v - mole.y)
            blend(&paint, Self.dark, soft((du * du + dv * dv).squareRoot() - 0.028) * 0.85)
        }
        if abs(v - face.eye.y) < 0.42 { eye(&paint, au, v, side) }
    }

    private func eye(_ paint: inout SIMD4<Float>, _ au: Float, _ v: Float, _ side: Float) {
        let du = au - face.eye.x
        let raise: Float = expression == .surprise ? 0.05 : 0
        let dv = v - face.eye.y - face.eyeSlant * 0.25 * du
        let (w, h) = (
            face.eyeWidth, face.eyeHeight * (expression == .surprise ? 1.15 : expression == .smile ? 0.86 : 1)
        )
        if isBlinking {
            // A lid, and its lashes as a bow.
            let bow = dv + h * (0.35 - 0.45 * du * du / (w * w))
            if abs(du) < w { blend(&paint, Self.dark, line(bow, 0.018)) }
        } else {
            let (eu, ev) = (du / w, dv / h)
            let ball = ((eu * eu + ev * ev).squareRoot() - 1) * min(w, h)
            let inside = soft(ball)
            if inside > 0 {
                var whole = Self.white
                let around = (du * du + dv * dv).squareRoot()
                let radius = min(h * 0.86, w * 0.66)
                blend(&whole, iris, soft(around - radius))
                blend(&whole, Self.dark, soft(around - radius * 0.56))
                let (gu, gv) = (du * side - radius * 0.3, dv - radius * 0.36)
                blend(&whole, Self.white, soft((gu * gu + gv * gv).squareRoot() - radius * 0.24))
                blend(&paint, whole, inside)
            }
            // The upper lid.
            if dv > -h * 0.2 { blend(&paint, Self.dark, line(ball, 0.02)) }
        }
        // The brow, thinner outside.
        let bu = du / (w * 1.35)
        if abs(bu) < 1.05 {
            let middle =
                face.eye.y + face.eyeHeight + face.browHeight * 0.75 + raise - face.browSlope * du - 0.07 * bu * bu
            let half = face.browThickness * (1.1 - 0.35 * bu)
            blend(&paint, hairPaint * 0.82 + SIMD4(0, 23, 23, 0), line(v - middle, half) * soft((abs(bu) - 1) * w))
        }
    }

    private func mouth(_ paint: inout SIMD4<Float>, _ u: Float, _ v: Float) {
        var (w, curve, open): (Float, Float, Float) = (face.mouthWidth, 0.015, 0)
        switch expression {
        case .neutral: break
        case .smile: (w, curve) = (w * 1.22, 0.1)
        case .talk: (w, open) = (w * 0.85, 0.075)
        case .surprise: (w, open) = (w * 0.55, 0.115)
        }
        let t = u / w
        guard abs(t) < 1.3 else { return }
        // The ends of a smile rise.
        let dv = v - face.mouth - curve * (t * t - 0.4)
        if open > 0 {
            let ring = ((t * t + dv * dv / (open * open)).squareRoot() - 1) * min(w, open)
            blend(&paint, lipPaint, soft(ring - face.lips))
            blend(&paint, Self.mouthPaint, soft(ring))
            if dv > open * 0.45 { blend(&paint, Self.teeth, soft(ring + 0.02)) }
            return
        }
        let full = face.lips * 1.5 * max(0, 1 - t * t)
        blend(&paint, lipPaint, soft(max(abs(dv) - full, (abs(t) - 1) * w)))
        if expression == .smile {
            let teeth = max(0, 1 - t * t) * 0.05
            blend(&paint, Self.teeth, soft(max(abs(dv) - teeth, (abs(t) - 0.8) * w)))
        }
        blend(
            &paint, Self.mouthPaint,
            line(dv + (expression == .smile ? 0.05 * max(0, 1 - t * t) : 0), 0.014) * soft((abs(t) - 1) * w))
    }

    private func beard(_ paint: inout SIMD4<Float>, _ u: Float, _ v: Float) {
        let below = face.mouth
        let lip = max(abs(u) - face.mouthWidth * 1.15, abs(v - below - 0.105 + 0.25 * u * u) - 0.055)
        let chin = max(abs(u) - face.mouthWidth * 0.8, v - below + 0.11)
        let lower = v - below - 0.1 - 0.95 * u * u
        switch face.beard {
        case .none: return
        case .stubble: blend(&paint, hairPaint, soft(lower) * 0.28)
        case .moustache: blend(&paint, hairPaint, soft(lip))
        case .goatee: blend(&paint, hairPaint, max(soft(lip), soft(chin)))
        case .full: blend(&paint, hairPaint, max(soft(lip), soft(lower)))
        }
    }

    /// From the edge of the hair, negative inside it.
    private func hairDistance(_ q: SIMD3<Float>, _ u: Float, _ v: Float) -> Float {
        var top = face.hairLine - v
        switch face.hair {
        case .bald: top = 2
        case .short: top += 0.12 * u * u
        case .parted: top += 0.16 - 0.34 * abs(u - 0.18)
        case .fringe: top -= 0.12 - 0.02 * abs(u * 9 - (u * 9).rounded())
        case .long: top += 0.14 - 0.5 * u * u
        case .bun: top += 0.02
        case .curls: top -= 0.03 + 0.035 * abs(u * 6 - (u * 6).rounded())
        case .crest: top += max(0, abs(u) - 0.2) * 0.6
        }
        // Sides before the ears, and behind down to the neck.
        let neck: Float = face.hair == .long || face.hair == .curls ? -0.8 : -0.48
        let before = q.z - 0.02 - 0.42 * max(0, v + 0.05)
        let behind = max(q.z + 0.28, neck - v)
        var side = min(max(before, -0.22 - v), behind)
        if face.hair == .bald { side = max(side, v - 0.3) }
        return min(q.z > -0.1 ? top : min(top, side), side)
    }

    /// Light and dark strands.
    private func streak(_ q: SIMD3<Float>) -> Float {
        let t = q.x * 7 + q.z * 5
        return (abs(t - t.rounded()) - 0.25) * max(0, 1 - pixel * 12)
    }

    private func cover(_ paint: inout SIMD4<Float>, _ q: SIMD3<Float>, _ u: Float, _ v: Float) {
        let upper = v - face.eye.y + 0.19 + 0.3 * u * u
        blend(&paint, Self.maskPaint, soft(max(upper, -0.04 - q.z + 0.28)))
        let fold = v - face.mouth
        if q.z > 0.3 {
            blend(&paint, Self.maskPaint - SIMD4(26, 0, 0, 0), line(fold, 0.012) + line(fold - 0.12, 0.012))
        }
        // The loops to the ears.
        if q.z > -0.1 && q.z < 0.3 { blend(&paint, Self.maskPaint, line(v - face.eye.y + 0.27 + 0.3 * q.z, 0.02)) }
    }

    private func spectacles(_ paint: inout SIMD4<Float>, _ u: Float, _ v: Float) {
        let (du, dv) = (abs(u) - face.eye.x, v - face.eye.y)
        let radius: Float = max(face.eyeWidth * 1.3, 0.17)
        let round = (du * du + dv * dv).squareRoot() - radius
        let square = max(abs(du) - radius * 1.05, abs(dv) - radius * 0.8)
        let edge = round + (square - round) * face.glassesSquare
        if face.areGlassesDark {
            blend(&paint, Self.lens, soft(edge))
        } else {
            blend(&paint, Self.white, soft(edge) * 0.1)
        }
        blend(&paint, Self.rim, line(edge, face.glassesRim))
        if abs(u) < face.eye.x { blend(&paint, Self.rim, line(dv - 0.03, face.glassesRim * 0.9) * soft(-edge)) }
    }
}
