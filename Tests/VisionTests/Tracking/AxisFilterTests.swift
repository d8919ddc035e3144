import Testing

@testable import Vision

struct AxisFilterTests {
    @Test func itLearnsASteadySpeed() {
        var filter = AxisFilter(place: 0, error: 1, speedError: 100)
        for step in 1...50 {
            filter.predict(0.04, acceleration: 20)
            filter.take(Double(step) * 2, error: 1)
        }
        #expect(abs(filter.speed - 50) < 1)
        #expect(abs(filter.place - 100) < 0.5)
    }

    @Test func itGoesOnUnseenAndGrowsUnsure() {
        var filter = AxisFilter(place: 10, error: 1, speedError: 0.001)
        let before = filter.error
        filter.predict(1, acceleration: 5)
        #expect(abs(filter.place - 10) < 1e-9)
        #expect(filter.error > before + 1)
    }

    @Test func aSureMeasurementCountsMoreThanAVagueOne() {
        var (sure, vague) = (
            AxisFilter(place: 0, error: 2, speedError: 1), AxisFilter(place: 0, error: 2, speedError: 1)
        )
        sure.take(10, error: 0.5)
        vague.take(10, error: 20)
        #expect(sure.place > 9)
        #expect(vague.place < 1)
    }
}
