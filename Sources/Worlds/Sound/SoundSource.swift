/// Where sounds come from: sums of sines and noise that are functions of the time alone, so that any part of a scene
/// sounds the same whenever it is asked for, on every machine.
enum SoundSource {
    /// Noise between -1 and 1 that changes `frequency` times a second: random numbers joined softly.
    static func noise(_ time: Double, frequency: Double, seed: UInt64) -> Double {
        let place = time * frequency
        let cell = place.rounded(.down)
        let number = UInt64(bitPattern: Int64(cell))
        let (a, b) = (value(number, seed), value(number &+ 1, seed))
        return a + (b - a) * (place - cell).soft
    }

    /// Even between -1 and 1.
    static func value(_ number: UInt64, _ seed: UInt64) -> Double {
        var z = (number ^ seed) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ z >> 31) >> 11) * 0x1p-52 - 1
    }

    /// The sine of so many turns of the circle.
    static func sine(turns: Double) -> Double { Trigonometry.sine((turns - turns.rounded(.down)) * 360) }

    /// 1 at the beginning, nearly 0 after `length`: a knock that dies away, like (1 - x)⁴.
    static func decay(_ time: Double, over length: Double) -> Double {
        guard time >= 0, time < length else { return 0 }
        let rest = 1 - time / length
        return rest * rest * rest * rest
    }

    /// 0 outside of the length, with soft edges.
    static func gate(_ time: Double, length: Double, edge: Double) -> Double {
        guard time >= 0, time < length else { return 0 }
        return min(1, (time / edge).soft, ((length - time) / edge).soft)
    }
}

extension Soundscape.Ambience {
    /// -1…1, at a time in seconds of the scene.
    func sample(at time: Double, seed: UInt64) -> Double {
        func noise(_ frequency: Double, _ salt: UInt64) -> Double {
            SoundSource.noise(time, frequency: frequency, seed: seed &+ salt)
        }
        switch self {
        case .none: return 0
        case .street:
            let swell = 0.75 + 0.25 * noise(0.4, 1)
            return 0.05 * swell * (noise(90, 2) + 0.7 * noise(180, 3) + 0.4 * noise(420, 4) + 0.15 * noise(1500, 5))
        case .room:
            let hum = SoundSource.sine(turns: 100 * time) + 0.4 * SoundSource.sine(turns: 200 * time)
            return 0.004 * hum + 0.012 * (noise(240, 2) + 0.5 * noise(900, 3))
        case .park:
            let leaves = 0.5 + 0.5 * noise(0.3, 1)
            return 0.018 * leaves * (noise(2600, 2) + noise(4100, 3)) + 0.012 * noise(120, 4)
                + birds(time, seed)
        case .night:
            return 0.006 * (noise(110, 2) + 0.6 * noise(300, 3)) + crickets(time, seed)
        }
    }

    /// A bird sings in some slots of time: a few whistles that rise or fall.
    private func birds(_ time: Double, _ seed: UInt64) -> Double {
        let slot = (time / 1.7).rounded(.down)
        var random = SeededRandom(seed: seed &+ UInt64(bitPattern: Int64(slot)), for: "bird")
        guard random.chance(0.6) else { return 0 }
        let (pitch, rise, level) = (
            random.number(in: 2400...4200), random.number(in: -4000...6000), random.number(in: 0.02...0.06)
        )
        let beat = random.number(in: 0.13...0.22)
        let into = time - slot * 1.7 - random.number(in: 0...0.5)
        let whistle = (into / beat).rounded(.down)
        guard into >= 0, whistle < 4 else { return 0 }
        let within = into - whistle * beat
        return level * SoundSource.gate(within, length: beat * 0.6, edge: 0.012)
            * SoundSource.sine(turns: pitch * within + rise * within * within / 2)
    }

    private func crickets(_ time: Double, _ seed: UInt64) -> Double {
        (0..<3).reduce(0.0) { sum, number in
            var random = SeededRandom(seed: seed &+ UInt64(number), for: "cricket")
            let (pitch, period) = (random.number(in: 4300...5200), random.number(in: 0.55...0.9))
            let into = (time / period + random.number(in: 0...1)).truncatingRemainder(dividingBy: 1) * period
            let chirp = (into / 0.045).rounded(.down)
            guard chirp < 4 else { return sum }
            return sum + 0.012 * SoundSource.gate(into - chirp * 0.045, length: 0.03, edge: 0.008)
                * SoundSource.sine(turns: pitch * time)
        }
    }
}
