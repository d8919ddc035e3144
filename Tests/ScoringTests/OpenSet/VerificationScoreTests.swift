import Scoring
import Testing

struct VerificationScoreTests {
    @Test func aScoreAtTheThresholdIsNoMatch() throws {
        let score = try VerificationScore(of: Array("genuine,score\n1,0.5\n1,0.9\n0,0.5\n0,0.1\n".utf8), file: "c")
        #expect(score.fnmr(0.5) == 0.5)
        #expect([0.5, 0.4].map { score.fmr($0) } == [0, 0.5])
        #expect(score.threshold(forFMR: 0.5) == 0.1)
    }
}
