import Testing

@testable import Worlds

@Suite struct SoundSynthesizerTests {
    private static func synthesizer(_ text: String, rate: Int = 16_000) throws -> SoundSynthesizer {
        let scene = try SceneFile(
            """
            name: sound
            tier: easy
            seed: 1
            duration: 4
            cameras: [{name: c, position: [0, 2, 0], pan: 0, tilt: 0, field-of-view: 60, width: 64, height: 64, rate: 5}]

            """ + text, file: "s.yaml"
        ).scene
        return SoundSynthesizer(World(scene), ear: Vector3(0, 2, 0), rate: rate)
    }

    @Test(arguments: [8000, 16_000, 44_100])
    func aToneIsAtItsSampleAndHasItsFrequency(rate: Int) throws {
        let tone = "sound: {marks: [{name: m, kind: tone, time: 1.5, duration: 0.5, value: \"1000\"}]}"
        let samples = try Self.synthesizer(tone, rate: rate).samples(from: 0, count: 4 * rate)
        let first = rate * 3 / 2
        #expect(samples[..<first].allSatisfy { $0 == 0 })
        #expect(samples[first + 2] != 0)
        #expect(samples[(first + rate / 2)...].allSatisfy { $0 == 0 })
        // 1000 times a second it rises through zero.
        let part = samples[first..<(first + rate / 2)]
        let rises = zip(part, part.dropFirst()).count { $0.0 < 0 && $0.1 >= 0 }
        #expect((498...500).contains(rises))
        #expect((15_500...16_500).contains(part.max() ?? 0))
    }

    @Test func anyRangeGivesTheSameSamples() throws {
        let world = World(try CommittedScenes.scene("street"))
        let synthesizer = SoundSynthesizer(world, ear: world.scene.cameras[0].position)
        let whole = synthesizer.samples(from: 192_000, count: 16_000)
        let parts = [0, 1, 777, 4096, 15_000].map { synthesizer.samples(from: 192_000 + $0, count: 1000) }
        for (part, begin) in zip(parts, [0, 1, 777, 4096, 15_000]) {
            #expect(part == Array(whole[begin..<(begin + 1000)]))
        }
        let again = SoundSynthesizer(World(try CommittedScenes.scene("street")), ear: world.scene.cameras[0].position)
        #expect(again.samples(from: 192_000, count: 2000) == Array(whole[..<2000]))
    }

    @Test func soundBeginsAgainAfterTheEnd() throws {
        let synthesizer = try Self.synthesizer("sound: {ambience: park}")
        #expect(
            synthesizer.samples(from: 63_000, count: 2000)[1000...] == synthesizer.samples(from: 0, count: 1000)[...])
    }

    @Test(arguments: Soundscape.Ambience.allCases)
    func ambienceIsSoftButThere(ambience: Soundscape.Ambience) throws {
        let samples = try Self.synthesizer("sound: {ambience: \(ambience)}").samples(from: 0, count: 32_000)
        let power = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / 32_000
        #expect(ambience == .none ? power == 0 : (50...10_000_000).contains(power), "\(power)")
        #expect((samples.max() ?? 0) < 16_000)
    }

    @Test func eachMarkIsHeardWithinItsTimeOnly() throws {
        for kind in Soundscape.Mark.Kind.allCases {
            let mark = "sound: {marks: [{name: m, kind: \(kind), time: 1, duration: 1.5}]}"
            let samples = try Self.synthesizer(mark).samples(from: 0, count: 64_000)
            #expect(samples[..<16_000].allSatisfy { $0 == 0 })
            #expect(samples[40_000...].allSatisfy { $0 == 0 })
            #expect((samples[16_000..<40_000].max() ?? 0) > 3000, "\(kind)")
            #expect((samples.max() ?? 0) < 32_000, "\(kind) is not cut")
        }
    }

    /// Steps of somebody who walks past at 1.4 m/s, at each half of its walking cycle.
    @Test func footstepsFollowTheGait() throws {
        let text = """
            subjects: [{name: a, seed: 3, start: -1, from: [-6, 1], speed: 1.4, course: [{go: [6, 1]}]}]
            sound: {ambience: none, footsteps: FEET}
            """
        func samples(_ feet: Bool) throws -> [Int16] {
            try Self.synthesizer(text.replacing("FEET", with: "\(feet)")).samples(from: 0, count: 64_000)
        }
        #expect(try samples(false).allSatisfy { $0 == 0 })
        let heard = try samples(true)
        // A step lasts 90 ms, so that a new one begins wherever it was silent before.
        let begins = heard.indices.dropFirst(40).filter { index in
            heard[index] != 0 && heard[(index - 40)..<index].allSatisfy { $0 == 0 }
        }
        let cycle = Appearance(seed: 3).metresPerCycle
        #expect(abs(Double(begins.count) - 4 * 1.4 / (cycle / 2)) <= 1.01)
        let gaps = zip(begins, begins.dropFirst()).map { Double($0.1 - $0.0) / 16_000 }
        #expect(gaps.allSatisfy { abs($0 - cycle / 2 / 1.4) < 0.005 })
    }

    /// Hertz of the strongest resonance below 1200 in the middle of a vowel.
    @Test func digitsHaveTheFormantsOfTheirVowels() {
        /// Power at a frequency: a sum of products with sine and cosine.
        func power(_ samples: ArraySlice<Double>, _ hertz: Double) -> Double {
            var (real, imaginary) = (0.0, 0.0)
            for (index, value) in samples.enumerated() {
                let angle = 360 * hertz * Double(index) / 16_000
                real += value * Trigonometry.cosine(angle)
                imaginary += value * Trigonometry.sine(angle)
            }
            return real * real + imaginary * imaginary
        }
        func band(_ samples: ArraySlice<Double>, _ range: ClosedRange<Int>) -> Double {
            stride(from: range.lowerBound, through: range.upperBound, by: 20).reduce(0) {
                $0 + power(samples, Double($1))
            }
        }
        func part(_ digit: String, _ from: Double, _ to: Double) -> ArraySlice<Double> {
            let samples = Voice.samples(of: digit, count: 12_000, rate: 16_000)
            return samples[Int(from * 9840)..<Int(to * 9840)]
        }
        // "three" ends in a low and a high resonance, "five" opens wide in between.
        let (three, five) = (part("3", 0.65, 0.95), part("5", 0.28, 0.45))
        #expect(band(three, 200...380) > 4 * band(three, 600...1100))
        #expect(band(five, 600...1200) > 2 * band(five, 200...380))
        // "six" begins with a hiss.
        let hiss = part("6", 0.05, 0.25)
        #expect(band(hiss, 3500...6500) > 10 * band(hiss, 200...1500))
    }

    @Test func everyDigitSoundsOtherwise() {
        let digits = (0...9).map { Voice.samples(of: String($0), count: 8000, rate: 16_000) }
        for (index, digit) in digits.enumerated() {
            #expect(digit.count == 8000)
            for other in digits[(index + 1)...] { #expect(digit != other) }
        }
    }
}
