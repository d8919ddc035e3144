extension Soundscape.Mark {
    /// Seconds of soft edges of tones.
    static let edge = 0.005

    /// -1…1, at a time in seconds since its beginning; spoken marks come from `Voice`.
    func sample(at time: Double, seed: UInt64) -> Double {
        guard time >= 0, time < duration else { return 0 }
        let gate = SoundSource.gate(time, length: duration, edge: Self.edge)
        let hertz = Double(value) ?? 1000
        switch kind {
        case .tone: return 0.5 * gate * SoundSource.sine(turns: hertz * time)
        case .chirp:
            // Up an octave, evenly.
            return 0.5 * gate * SoundSource.sine(turns: hertz * (time + time * time / (2 * duration)))
        case .horn:
            let chord = [1.0, 2, 3, 4].reduce(0.0) { sum, part in
                sum + (SoundSource.sine(turns: 415 * part * time) + SoundSource.sine(turns: 523 * part * time)) / part
            }
            return 0.16 * gate * chord
        case .alarm:
            let second = Int(time / 0.25) % 2 == 1
            let tone = SoundSource.sine(turns: (second ? 800 : 1000) * time)
            return 0.4 * gate * (tone + 0.3 * SoundSource.sine(turns: (second ? 2400 : 3000) * time))
        case .glass: return 0.6 * glass(time, seed)
        case .spoken: return 0
        }
    }

    /// Splinters: partials of no harmony that begin one after the other, and a burst of noise.
    private func glass(_ time: Double, _ seed: UInt64) -> Double {
        var random = SeededRandom(seed: seed, for: name)
        var sum = SoundSource.decay(time, over: 0.12) * SoundSource.noise(time, frequency: 9000, seed: seed)
        for _ in 0..<14 {
            let begin = random.number(in: 0...(duration * 0.35))
            let (pitch, length) = (random.number(in: 2100...6800), random.number(in: 0.08...0.4))
            let level = random.number(in: 0.08...0.25)
            sum +=
                level * SoundSource.decay(time - begin, over: length)
                * SoundSource.sine(turns: pitch * max(0, time - begin))
        }
        return min(max(sum, -1), 1)
    }
}
