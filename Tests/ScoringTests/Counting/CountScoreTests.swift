import Scoring
import Testing

struct CountScoreTests {
    /// Distances 1, 0, 3 of 4, 2, 4.
    @Test func figuresAreThoseByHand() {
        let score = CountScore([(truth: 4, found: 5), (truth: 2, found: 2), (truth: 4, found: 1)])
        let third = 1.0 / 3.0
        #expect([score.mae, score.bias, score.wape] == [4 * third, -2 * third, 0.4])
        let rmse = (10 * third).squareRoot()
        #expect(abs(score.rmse - rmse) < 1e-12)
    }

    @Test func windowsAreMeansOverTheirFrames() {
        let truth = rows(1, 1...10) + rows(2, 6...10)
        let score = CountScore(truth: truth, tracks: rows(1, 1...10), frames: 1...10, length: 5)
        #expect(score.windows == 2 && score.mae == 0.5 && score.bias == -0.5)
        #expect(CountScore(truth: truth, tracks: truth, frames: 1...10, length: 4).mae == 0)
    }
}
