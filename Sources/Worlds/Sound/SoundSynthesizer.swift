/// What is heard at a place in a world: ambience, footsteps in step with the gait, vehicles that pass, and marks.
///
/// Each sample follows from its number alone, so that any range gives the same samples, on every machine.
package final class SoundSynthesizer {
    /// Samples a second.
    package let rate: Int
    private let world: World
    private let ear: Vector3
    /// Seconds of the scene and 0…1, in order of time.
    private let steps: [Footstep]
    private let spoken: [(first: Int, samples: [Double])]
    private let seed: UInt64

    private struct Footstep {
        var time: Double
        var level: Double
        var seed: UInt64
    }

    /// Seconds.
    private static let stepLength = 0.09
    /// Seconds between looks where vehicles are; between them their loudness changes evenly.
    private static let look = 0.02

    /// - Parameters:
    ///   - world: what is heard.
    ///   - ear: where the microphone is, metres.
    ///   - rate: samples a second.
    package init(_ world: World, ear: Vector3, rate: Int = 16_000) {
        self.world = world
        self.ear = ear
        self.rate = rate
        seed = world.scene.seed &* 0x9E37_79B9_7F4A_7C15 ^ 0x50D
        steps = world.scene.sound.footsteps ? Self.footsteps(of: world, ear) : []
        spoken = world.scene.sound.marks.filter { $0.kind == .spoken }.map { mark in
            let first = Int((mark.time * Double(rate)).rounded(.up))
            let count = Int(mark.duration * Double(rate))
            return (first, Voice.samples(of: mark.value, count: count, rate: rate))
        }
    }

    /// The samples of a part of the scene; beyond its end it begins again.
    ///
    /// - Parameters:
    ///   - first: number of the first sample, from 0 at the scene's beginning.
    ///   - count: how many.
    /// - Returns: mono, signed 16 bits.
    package func samples(from first: Int, count: Int) -> [Int16] {
        let whole = max(1, Int((world.scene.duration * Double(rate)).rounded()))
        var samples: [Int16] = []
        samples.reserveCapacity(count)
        var number = first
        while samples.count < count {
            let begin = (number % whole + whole) % whole
            let length = min(count - samples.count, whole - begin)
            samples += part(from: begin, count: length).map { value in
                Int16((min(max(value, -1), 1) * 32_000).rounded())
            }
            number += length
        }
        return samples
    }

    private func part(from first: Int, count: Int) -> [Double] {
        let ambience = world.scene.sound.ambience
        var sum = (0..<count).map { ambience.sample(at: time(first + $0), seed: seed) }
        addFootsteps(to: &sum, from: first)
        addVehicles(to: &sum, from: first)
        for mark in world.scene.sound.marks where mark.kind != .spoken {
            for index in range(mark.time, mark.time + mark.duration, from: first, count: count) {
                sum[index] += mark.sample(at: time(first + index) - mark.time, seed: seed)
            }
        }
        for word in spoken {
            let begin = min(max(0, word.first - first), count)
            let end = max(begin, min(count, word.first + word.samples.count - first))
            for index in begin..<end { sum[index] += word.samples[first + index - word.first] }
        }
        return sum
    }

    /// Seconds of a sample.
    private func time(_ number: Int) -> Double { Double(number) / Double(rate) }

    /// The samples of a part that lie in a time.
    private func range(_ from: Double, _ to: Double, from first: Int, count: Int) -> Range<Int> {
        let begin = Int((from * Double(rate)).rounded(.up)) - first
        let end = Int((to * Double(rate)).rounded(.up)) - first
        let low = min(max(begin, 0), count)
        return low..<max(low, min(end, count))
    }

    private static func loudness(_ at: GroundPoint, _ ear: Vector3) -> Double {
        1 / (1 + (at.at(height: 0.3) - ear).length / 3)
    }

    /// A foot comes down at each half of a walking cycle.
    private static func footsteps(of world: World, _ ear: Vector3) -> [Footstep] {
        var steps: [Footstep] = []
        for (person, track) in world.people.enumerated() {
            let manner = world.manners[person]
            let way = track.legs.last.map { $0.start + $0.length } ?? 0
            var number = (manner.phase * 2).rounded(.up)
            while (number / 2 - manner.phase) * manner.stride < way {
                let metres = (number / 2 - manner.phase) * manner.stride
                if let time = track.time(after: metres), time >= 0, time < world.scene.duration {
                    let level = 0.35 * loudness(track.place(after: metres).at, ear)
                    steps.append(
                        Footstep(time: time, level: level, seed: UInt64(person) &* 1009 &+ UInt64(number.magnitude)))
                }
                number += 1
            }
        }
        return steps.sorted { ($0.time, $0.seed) < ($1.time, $1.seed) }
    }

    private func addFootsteps(to sum: inout [Double], from first: Int) {
        let (from, to) = (time(first) - Self.stepLength, time(first + sum.count))
        for step in steps where step.time > from && step.time < to {
            for index in range(step.time, step.time + Self.stepLength, from: first, count: sum.count) {
                let into = time(first + index) - step.time
                let thump = SoundSource.sine(turns: 90 * into) * SoundSource.decay(into, over: 0.08)
                let scrape = SoundSource.noise(into, frequency: 3200, seed: step.seed)
                sum[index] += step.level * (0.7 * thump + 0.5 * scrape * SoundSource.decay(into, over: 0.045))
            }
        }
    }

    private func addVehicles(to sum: inout [Double], from first: Int) {
        for (vehicle, track) in world.traffic.enumerated() {
            let isQuiet = world.scene.vehicles[vehicle].kind == .bicycle
            func look(_ slot: Int) -> (level: Double, way: Double) {
                let state = track.state(at: Double(slot) * Self.look)
                guard let state else { return (0, 0) }
                let moving = min(state.speed / 10, 1.5)
                let level = Self.loudness(state.at, ear) * (isQuiet ? 0.03 * moving : 0.04 + 0.5 * moving)
                // Parked ones are silent.
                return (state.way == 0 && state.speed == 0 ? 0 : level, state.way)
            }
            var slot = Int.min
            var (a, b) = ((level: 0.0, way: 0.0), (level: 0.0, way: 0.0))
            for index in sum.indices {
                let now = time(first + index)
                let number = Int((now / Self.look).rounded(.down))
                if number != slot {
                    (slot, a, b) = (number, look(number), look(number + 1))
                }
                guard a.level > 0 || b.level > 0 else { continue }
                let part = now / Self.look - Double(number)
                let level = a.level + (b.level - a.level) * part
                let salt = seed &+ UInt64(vehicle) &* 7919
                let tyres =
                    SoundSource.noise(now, frequency: 700, seed: salt)
                    + 0.5 * SoundSource.noise(now, frequency: 1900, seed: salt &+ 1)
                // The engine turns with the wheels.
                let engine =
                    b.way > a.way || a.way > 0 ? SoundSource.sine(turns: 7 * (a.way + (b.way - a.way) * part)) : 0
                sum[index] += level * (0.3 * tyres + 0.35 * engine)
            }
        }
    }
}
