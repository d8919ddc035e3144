import Testing

@testable import Vision

struct StatureEstimateTests {
    @Test func itIsWhatIsUsualBeforeAnythingIsMeasured() {
        #expect(StatureEstimate().metres == StatureEstimate.usual)
    }

    @Test func measurementsOfAHiddenBodyDoNotShrinkIt() {
        var stature = StatureEstimate()
        for step in 0..<60 { stature.take(step % 3 == 0 ? 1.45 + 0.01 * Double(step % 10) : 1.88, trust: 1) }
        #expect(abs(stature.metres - 1.88) < 0.02)
        #expect(stature.isKnown)
    }

    @Test func nobodyIsAsTallAsATree() {
        var stature = StatureEstimate()
        for _ in 0..<20 { stature.take(4, trust: 1) }
        #expect(stature.metres == StatureEstimate.usual)
    }
}
