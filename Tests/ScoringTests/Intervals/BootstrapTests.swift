import Testing

@testable import Scoring

struct BootstrapTests {
    @Test func theSameSeedGivesTheSameInterval() {
        func interval(_ seed: UInt64) -> Bootstrap.Interval {
            let intervals = Bootstrap(seed: seed).intervals(units: [20]) { times in
                let sum = times[0].enumerated().map { Double($0.offset * $0.element) }.reduce(0.0, +)
                return [sum / 20]
            }
            return intervals[0]
        }
        #expect(interval(1) == interval(1) && interval(1) != interval(2))
        // The mean of 0…19 is 9.5; its standard error 5.77 / √20 = 1.29.
        let (low, high) = (interval(1).low, interval(1).high)
        #expect(abs(low - 7) < 0.6)
        #expect(abs(high - 12) < 0.6)
    }

    @Test func eachSampleHasAsManyUnits() {
        _ = Bootstrap(repetitions: 50).intervals(units: [7, 3]) { times in
            #expect(times[0].reduce(0, +) == 7 && times[1].reduce(0, +) == 3)
            return []
        }
    }

    @Test func theWholeSampleHasTheFiguresOfTheScore() throws {
        let truth = rows(1, 1...30) + rows(2, 5...20, left: 60)
        let tracks = rows(1, 1...12) + rows(3, 14...30, left: 1) + rows(4, 3...9, left: 60) + rows(9, 2...4, left: 400)
        let sequence = try sequence(truth, tracks)
        let score = TrackingScore(sequence)
        // Every unit once: an interval of one sample that changes nothing.
        let parts = TrackParts(sequence).figures([1, 1], [1, 1, 1, 1])
        let wanted = [
            score.hota.hota, score.hota.mean(\.detA), score.hota.mean(\.assA), score.clear.mota, score.identity.idf1,
        ]
        for (one, other) in zip(parts, wanted) { #expect(abs(one - other) < 1e-12) }
    }

    @Test func scenesNeedFive() throws {
        let scores = try (0..<5).map { TrackingScore(try sequence(rows(1, 1...(5 + $0)), rows(1, 1...5))) }
        #expect(TrackingIntervals(Array(scores.dropLast())) == nil)
        let intervals = try #require(TrackingIntervals(scores))
        #expect(intervals.unit == "scene" && intervals.intervals.allSatisfy { $0.low <= $0.high })
    }
}
