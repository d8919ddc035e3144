import Scoring
import Testing

struct EventScoreTests {
    private static func events(_ times: [Double], _ direction: String? = nil) -> [EventScore.Event] {
        times.map { EventScore.Event(rule: "line", direction: direction, time: $0) }
    }

    @Test func eventsAreMatchedOneToOneInTheOrderOfTime() {
        let score = EventScore(truth: Self.events([1, 1.4, 5]), found: Self.events([1.5, 1.45, 9]))
        #expect(score.truePositives == 2 && score.falseNegatives == 1 && score.falsePositives == 1)
        let hundredths = score.delays.map { ($0 * 100).rounded() }
        #expect(hundredths == [10, 45])
    }

    @Test(arguments: [(1.5, 1), (0.5, 1), (1.51, 0), (0.49, 0)])
    func halfASecondIsTheLimit(_ time: Double, _ hits: Int) {
        #expect(EventScore(truth: Self.events([1]), found: Self.events([time])).truePositives == hits)
    }

    @Test func anotherDirectionIsAnotherEvent() {
        let score = EventScore(truth: Self.events([1], "left"), found: Self.events([1], "right"))
        #expect(score.truePositives == 0 && score.falseNegatives == 1 && score.falsePositives == 1)
    }
}
