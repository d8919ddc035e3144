import Testing

@testable import Worlds

@Suite struct AppearanceTests {
    @Test func theSameSeedGivesTheSameSubjectAndAnotherSeedAnother() {
        #expect(Appearance(seed: 11) == Appearance(seed: 11))
        #expect(Set((0..<60).map { Appearance(seed: $0) }).count == 60)
        for seed in 0..<60 {
            let look = Appearance(seed: UInt64(seed))
            #expect((1.5...1.95).contains(look.height) && (0.8...1.25).contains(look.build))
            #expect(look.face.values.count == FaceIdentity.Parameter.allCases.count)
        }
    }

    @Test func aLookAlikeSharesMostNumbers() {
        for seed in 0..<20 {
            let one = FaceIdentity(seed: UInt64(seed))
            let other = FaceIdentity.lookAlike(of: one, seed: 99)
            #expect(zip(one.values, other.values).count { $0 != $1 } == 9)
            #expect(one.distance(to: other) > 0)
            #expect(one.distance(to: other) < one.distance(to: FaceIdentity(seed: UInt64(seed) + 1000)))
        }
        // By hand: one of 26 numbers differs by 1.
        let zero = FaceIdentity(values: Array(repeating: 0, count: 26))
        var far = zero
        far.values[3] = 1
        #expect(abs(zero.distance(to: far) - 0.19611613513818404) < 1e-12)
    }

    @Test(
        arguments: [
            (0xC8473A, "red"), (0x35507A, "dark blue"), (0xF2F0E8, "white"), (0x2C2E33, "dark grey"),
            (0x1A1A1C, "black"),
            (0xE5B93F, "yellow"), (0x2F7D5B, "green"), (0xE08A3C, "orange"), (0x6A5AA8, "purple"), (0x8A5A3C, "brown"),
            (0x4A90C8, "blue"), (0xD9808F, "pink"), (0x9AA3A8, "grey"), (0xB7A889, "beige"),
        ] as [(UInt32, String)])
    func coloursHaveTheWordsThatPeopleUse(_ color: UInt32, _ word: String) {
        #expect(ColorWord.of(RGB(color)) == word)
    }
}
