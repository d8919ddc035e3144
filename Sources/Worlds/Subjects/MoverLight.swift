/// The light on one mover in the camera's own axes: what its shaders need of `Shading`.
struct MoverLight {
    /// Unit length, camera axes.
    let toSun: SIMD3<Float>
    /// How the light of the sky grows along a normal, camera axes.
    let sky: SIMD3<Float>
    let up: SIMD3<Float>
    let ambient: Float
    let sun: Float
    /// What lamps add.
    let glow: Float
    /// What the air leaves of the mover, 0…1.
    let clearness: Float
    let haze: Paint
    let blueCast: Float
    let redCast: Float
    let isNight: Bool
    private let cast: SIMD4<Float>
    private let lampCast: SIMD4<Float>
    private let hazeLanes: SIMD4<Float>

    /// On a mover whose middle is at a place of the world.
    init(_ shading: Shading, at place: Vector3, seenBy view: CameraView) {
        func turned(_ v: Vector3) -> SIMD3<Float> {
            SIMD3(Float(v.dot(view.right)), Float(v.dot(view.down)), Float(v.dot(view.ahead)))
        }
        toSun = turned(shading.toSun)
        // The same sky as that of standing things, `Shading.factor`.
        sky = turned(Vector3(0.045, 0.16, -0.025)) * shading.ambient
        up = turned(.up)
        ambient = 0.84 * shading.ambient
        sun = shading.sun
        let toView = view.position - place
        let distance = max(toView.length, 0.1)
        glow = shading.lamps.isEmpty ? 0 : shading.glow(at: place, toView * (1 / distance))
        clearness = shading.clearness(at: Float(distance))
        haze = shading.haze
        blueCast = shading.blueCast
        redCast = shading.redCast
        isNight = shading.isNight
        cast = SIMD4(0, blueCast, redCast, 0)
        // Lamps are warm, whatever the sky is.
        lampCast = SIMD4(0, -(14 + blueCast), 9 - redCast, 0) * glow
        hazeLanes = SIMD4(haze.luma, haze.blue, haze.red, 0)
    }

    /// How bright a surface is that looks along `normal` (unit length, camera axes).
    func factor(_ normal: SIMD3<Float>) -> Float {
        ambient + dot(sky, normal) + sun * max(0, dot(toSun, normal)) + glow
    }

    /// What a paint becomes under a brightness: a line from black to it, in lanes of luma, blue and red.
    func tone(_ paint: Paint) -> Tone {
        let lanes = SIMD4(paint.luma, paint.blue, paint.red, 0)
        let dark = shaded(lanes, 0)
        return Tone(base: dark, slope: shaded(lanes, 1) - dark)
    }

    /// A paint (luma, blue, red) at a brightness; the same as by its tone.
    @inline(__always) func shaded(_ paint: SIMD4<Float>, _ factor: Float) -> SIMD4<Float> {
        let white = (paint.x - 16) * (1 / 219)
        let slope = paint - Self.grey + cast * white
        let lit = Self.grey + lampCast * white + slope * factor
        return hazeLanes + (lit - hazeLanes) * clearness
    }

    private static let grey = SIMD4<Float>(16, 128, 128, 0)

    /// A paint that shines by itself.
    func shining(_ paint: Paint) -> Tone {
        let own = SIMD4(paint.luma, paint.blue, paint.red, 0)
        // What shines is seen farther through fog.
        return Tone(base: hazeLanes + (own - hazeLanes) * clearness.squareRoot(), slope: .zero)
    }
}

/// A paint in its light: `base + slope · brightness`, in lanes of luma, blue and red.
struct Tone {
    var base: SIMD4<Float>
    var slope: SIMD4<Float>

    @inline(__always) func luma(_ factor: Float) -> Float { base.x + slope.x * factor }
    @inline(__always) func chroma(_ factor: Float) -> SIMD2<Float> {
        SIMD2(base.y + slope.y * factor, base.z + slope.z * factor)
    }
}

@inline(__always) func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { a.x * b.x + a.y * b.y + a.z * b.z }
@inline(__always) func dot(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.x + a.y * b.y }
@inline(__always) func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
@inline(__always) func length(_ a: SIMD3<Float>) -> Float { dot(a, a).squareRoot() }
@inline(__always) func length(_ a: SIMD2<Float>) -> Float { dot(a, a).squareRoot() }
@inline(__always) func unit(_ a: SIMD3<Float>) -> SIMD3<Float> { a / max(length(a), 1e-9) }
