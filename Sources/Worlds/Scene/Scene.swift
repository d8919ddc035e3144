/// A world and what happens in it, as its YAML file has it: the same file and seed give the same frames on every machine.
package struct Scene: Hashable, Sendable {
    package enum Tier: String, Hashable, Sendable, CaseIterable {
        case easy, medium, hard
    }

    package var name: String
    package var tier: Tier
    package var seed: UInt64
    /// Seconds; live views begin again at its end.
    package var duration: Double
    /// Seconds at the beginning that are not scored.
    package var preRoll: Double = 0
    package var light = Light()
    package var weather = Weather()
    package var setting = Setting()
    package var subjects: [Subject] = []
    package var vehicles: [Vehicle] = []
    package var things: [Thing] = []
    package var zones: [Zone] = []
    package var lines: [Line] = []
    package var sound = Soundscape()
    package var cameras: [SceneCamera] = []
}

/// What lights the world.
package struct Light: Hashable, Sendable {
    /// Degrees: from north to east, and above the horizon; below 0 it is night.
    package var azimuth: Double = 140
    package var elevation: Double = 45
    /// 0…1: how much comes from the sun itself, the rest from the whole sky; 0 is overcast, without shadows.
    package var sun: Double = 0.6
    /// 0…1: how bright the world is under sky and sun; 0.1 is a night with a moon.
    package var level: Double = 1
    /// Part by which the level sways, and seconds of a sway: clouds.
    package var sway: Double = 0
    package var swayPeriod: Double = 20
    /// -1 blue … 1 warm.
    package var warmth: Double = 0
    /// Lamps of the setting are lit.
    package var lamps = false
    /// Indoors: no sky, no sun.
    package var indoors = false
}

package struct Weather: Hashable, Sendable {
    /// 0…1.
    package var rain: Double = 0
    /// 0…1: at 1 things fade at 15 m.
    package var fog: Double = 0
    /// Standard deviation of the sensor's noise, steps of luma.
    package var noise: Double = 0
}
