/// Paints the pixels of a piece; specialised for each kind, so that nothing is called through a pointer per pixel.
protocol PartShader {
    /// At a point of the picture, pixels.
    func luma(_ x: Float, _ y: Float) -> Float
    /// Blue and red.
    func chroma(_ x: Float, _ y: Float) -> SIMD2<Float>
}

/// One brightness, or one that changes evenly from top to bottom.
struct FlatShader: PartShader {
    let tone: Tone
    let factor: Float
    /// A row.
    var slope: Float = 0

    @inline(__always) func luma(_ x: Float, _ y: Float) -> Float { tone.luma(factor + slope * y) }
    @inline(__always) func chroma(_ x: Float, _ y: Float) -> SIMD2<Float> { tone.chroma(factor + slope * y) }
}

/// Light on something round: across the piece the normal turns from one edge over the viewer to the other.
struct Roundness {
    /// −1…1 across the piece: `x + y · column + z · row`.
    var across: SIMD3<Float>
    /// Light at the middle and how it changes across.
    private let still: Float
    private let skyAcross: Float
    private let skyToward: Float
    private let sun: Float
    private let sunAcross: Float
    private let sunToward: Float

    /// `direction`: across the piece in the picture, unit length.
    init(across: SIMD3<Float>, direction: SIMD2<Float>, light: MoverLight) {
        self.across = across
        let side = SIMD3(direction.x, direction.y, 0)
        still = light.ambient + light.glow
        skyAcross = dot(light.sky, side)
        skyToward = -light.sky.z
        sun = light.sun
        sunAcross = dot(light.toSun, side)
        sunToward = -light.toSun.z
    }

    @inline(__always) func across(_ x: Float, _ y: Float) -> Float {
        min(max(across.x + across.y * x + across.z * y, -1), 1)
    }

    @inline(__always) func factor(_ u: Float) -> Float {
        let toward = max(0, 1 - u * u).squareRoot()
        let facing = max(0, sunAcross * u + sunToward * toward)
        // Darker rims part limbs of one colour from each other.
        return (still + skyAcross * u + skyToward * toward + sun * facing) * (0.72 + 0.28 * toward)
    }
}

struct RoundShader: PartShader {
    let tone: Tone
    let round: Roundness

    @inline(__always) func luma(_ x: Float, _ y: Float) -> Float { tone.luma(round.factor(round.across(x, y))) }
    @inline(__always) func chroma(_ x: Float, _ y: Float) -> SIMD2<Float> {
        tone.chroma(round.factor(round.across(x, y)))
    }
}

/// The same from tables: a root for each pixel would cost more than all else.
struct TableShader: PartShader {
    /// Entries of a table at most.
    static let size = 136

    private let scale: SIMD3<Float>
    private let limit: Float
    private let table: UnsafeMutablePointer<Float>

    /// `tables`: room for three.
    @inline(__always) init(_ shader: RoundShader, _ part: Part, _ tables: UnsafeMutablePointer<Float>) {
        let across = shader.round.across
        // Two steps a pixel; never fewer than the eye would see.
        let pixels = 2 / max((across.y * across.y + across.z * across.z).squareRoot(), 1e-4)
        let count: Float = pixels > 40 ? 128 : pixels > 10 ? 48 : 16
        for index in 0...Int(count) {
            let factor = shader.round.factor(Float(index) * 2 / count - 1)
            let chroma = shader.tone.chroma(factor)
            tables[index] = shader.tone.luma(factor)
            tables[index + Self.size] = chroma.x
            tables[index + 2 * Self.size] = chroma.y
        }
        table = tables
        limit = count
        scale = SIMD3(across.x + 1, across.y, across.z) * (count / 2)
    }

    @inline(__always) private func index(_ x: Float, _ y: Float) -> Int {
        let place = min(max(scale.x + scale.y * x + scale.z * y, 0), limit)
        return Int((place + 8_388_608).bitPattern & 0xFF)
    }

    @inline(__always) func luma(_ x: Float, _ y: Float) -> Float { table[index(x, y)] }
    @inline(__always) func chroma(_ x: Float, _ y: Float) -> SIMD2<Float> {
        let index = index(x, y)
        return SIMD2(table[index + Self.size], table[index + 2 * Self.size])
    }
}

/// Two paints in stripes, checks or halves.
struct PatternShader: PartShader {
    let tone: Tone
    let second: Tone
    let round: Roundness
    let pattern: Appearance.Pattern
    /// Periods along the piece: `x + y · column + z · row`.
    let along: SIMD3<Float>
    /// Pixels of a period along and across.
    let period: SIMD2<Float>
    /// Where the halves meet, −1…1 across, and on which side the second is.
    let seam: Float
    let side: Float

    /// Part of the second paint, 0…1.
    @inline(__always) private func mix(_ x: Float, _ y: Float, _ u: Float) -> Float {
        switch pattern {
        case .plain: return 0
        case .halves: return min(max(0.5 + side * (u - seam) * period.y, 0), 1)
        case .stripes: return wave(along.x + along.y * x + along.z * y, period.x)
        case .checks:
            let a = wave(along.x + along.y * x + along.z * y, period.x)
            let b = wave(u * 2.25 * (1 + 0.16 * u * u) + 0.25, period.y)
            return a + b - 2 * a * b
        }
    }

    /// 0 and 1 by turns, with edges of a pixel.
    @inline(__always) private func wave(_ t: Float, _ pixels: Float) -> Float {
        let part = t - t.rounded(.down)
        let fromMiddle = part > 0.5 ? part - 0.5 : 0.5 - part
        return min(max(0.5 + (fromMiddle - 0.25) * pixels, 0), 1)
    }

    @inline(__always) func luma(_ x: Float, _ y: Float) -> Float {
        let u = round.across(x, y)
        let factor = round.factor(u)
        let first = tone.luma(factor)
        return first + (second.luma(factor) - first) * mix(x, y, u)
    }

    @inline(__always) func chroma(_ x: Float, _ y: Float) -> SIMD2<Float> {
        let u = round.across(x, y)
        let factor = round.factor(u)
        let first = tone.chroma(factor)
        return first + (second.chroma(factor) - first) * mix(x, y, u)
    }
}
