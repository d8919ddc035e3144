/// The light of a scene as factors on paint, and the air between a thing and the lens.
///
/// Factors are those of the coded (gamma) picture, in which the eye sees even steps: 1 leaves a paint as it is.
package struct Shading: Sendable {
    /// Unit length, in the world; up where there is no sun.
    package let toSun: Vector3
    /// Of a surface that looks up and gets no sun.
    package let ambient: Float
    /// What a surface that faces the sun gets besides; 0 without sun.
    package let sun: Float
    /// What is left of the ground's light in a shadow of the sun: 1 where there is none.
    package let shadow: Float
    /// Steps of chroma that white paint takes on.
    package let blueCast: Float
    package let redCast: Float
    /// What distant things fade to.
    package let haze: Paint
    /// Metres at which 5 % of a thing is left to see.
    package let visibility: Float
    /// Where lamps are lit, metres.
    package let lamps: [Vector3]
    /// It is dark enough for lit windows and vehicles' lamps.
    package let isNight: Bool
    package let isIndoors: Bool

    /// Height of a lamp's light and its reach, metres.
    static let lampHeight = 4.2
    static let lampReach = 11.0

    package init(_ scene: Scene) {
        let (light, setting) = (scene.light, scene.setting)
        isIndoors = light.indoors
        let isSunUp = !light.indoors && light.elevation > 0 && light.sun > 0
        isNight = !light.indoors && (light.level < 0.35 || light.elevation <= -4)
        let height = Trigonometry.sine(light.elevation)
        let flat = Trigonometry.cosine(light.elevation)
        toSun =
            isSunUp
            ? Vector3(Trigonometry.sine(light.azimuth) * flat, height, Trigonometry.cosine(light.azimuth) * flat) : .up
        // A tenth of the light looks like a third to the eye and in the coded picture.
        let level = Float(max(light.level, 0).squareRoot())
        let part = isSunUp ? Float(min(light.sun, 1)) : 0
        ambient = level * (1 - 0.5 * part)
        sun = level * 0.5 * part / max(Float(height), 0.4)
        let ground = ambient + sun * Float(max(height, 0))
        shadow = ground > 0 ? ambient / ground : 1
        let night: Float = isNight ? 1 : 0
        blueCast = -9 * Float(light.warmth) + 26 * night
        redCast = 7 * Float(light.warmth) - 12 * night
        // Rain veils what is far.
        let fog = Float(min(max(scene.weather.fog, 0.07 * scene.weather.rain, 0), 1))
        let clear: Float = light.indoors ? 5000 : 1800
        visibility = 1 / (fog / 15 + 1 / clear)
        let bright = min(1, ambient + 0.35 * sun)
        haze = Paint(
            luma: 16 + (isNight ? 120 : 186) * bright,
            blue: 128 + (isNight ? 16 : 5 * bright) - 6 * Float(light.warmth),
            red: 128 - (isNight ? 7 : 4 * bright) + 4 * Float(light.warmth))
        lamps =
            light.lamps
            ? setting.props.filter { $0.kind == .lamp }
                .map { $0.at.at(height: Self.lampHeight * $0.scale) } : []
    }

    /// How bright a surface is that looks along `normal` (unit length), without lamps.
    package func factor(_ normal: Vector3) -> Float {
        let facing = Float(max(0, normal.dot(toSun)))
        // Light from the sky comes from above, and a little more from one side, so that corners show without sun.
        let sky = 0.84 + 0.16 * Float(normal.y) + 0.045 * Float(normal.x) - 0.025 * Float(normal.z)
        return ambient * sky + sun * facing
    }

    /// What lamps add to a surface at a place that looks along `normal`.
    package func glow(at place: Vector3, _ normal: Vector3) -> Float {
        var sum: Float = 0
        for lamp in lamps {
            let way = lamp - place
            let square = way.dot(way)
            let reach = Self.lampReach * Self.lampReach
            guard square < reach else { continue }
            let fall = Float(1 - square / reach)
            let facing = Float(max(0, way.dot(normal) / max(square, 0.01).squareRoot()))
            sum += fall * fall * (0.25 + 0.75 * facing)
        }
        return min(sum * 0.62, 0.85)
    }

    /// Paint on a surface that looks along `normal`, with what lamps add at its place.
    package func lit(_ paint: Paint, _ normal: Vector3, glow: Float = 0) -> Paint {
        lit(paint, factor(normal), glow: glow)
    }

    /// Paint at a brightness from `factor`, with what lamps add.
    package func lit(_ paint: Paint, _ factor: Float, glow: Float = 0) -> Paint {
        let all = factor + glow
        var lit = paint.lit(all)
        let white = (paint.luma - 16) / 219
        // Lamps are warm.
        lit.blue += white * (blueCast * factor - 14 * glow)
        lit.red += white * (redCast * factor + 9 * glow)
        return lit
    }

    /// What is left to see of a thing at a distance, metres: 1 for all of it.
    package func clearness(at distance: Float) -> Float {
        let q = 3 * distance / visibility
        return 1 / (1 + q * (1 + q * (0.5 + q * (1 / 6))))
    }

    /// Paint as it is seen at a distance, metres.
    package func seen(_ paint: Paint, at distance: Float) -> Paint {
        let part = clearness(at: distance)
        return Paint(
            luma: haze.luma + (paint.luma - haze.luma) * part, blue: haze.blue + (paint.blue - haze.blue) * part,
            red: haze.red + (paint.red - haze.red) * part)
    }
}
