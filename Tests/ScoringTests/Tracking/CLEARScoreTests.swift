import Scoring
import Testing

struct CLEARScoreTests {
    /// Found in so many of ten rows: eight are not mostly, two are not hardly.
    @Test(arguments: [(9, "MT"), (8, "PT"), (2, "PT"), (1, "ML"), (0, "ML")])
    func eightOfTenIsPartlyTracked(_ found: Int, _ word: String) throws {
        let score = CLEARScore(try sequence(rows(1, 1...10), rows(1, 1..<(1 + found)) + rows(9, [10], left: 500)))
        #expect(score.mostlyTracked == (word == "MT" ? 1 : 0))
        #expect(score.partlyTracked == (word == "PT" ? 1 : 0))
        #expect(score.mostlyLost == (word == "ML" ? 1 : 0))
    }

    @Test func framesWithoutAnyTrackerRowDoNotBreakARun() throws {
        #expect(CLEARScore(try sequence(rows(1, 1...9), rows(1, [1, 2, 5, 6]))).fragments == 0)
        let other = rows(7, 1...9, left: 500)
        #expect(CLEARScore(try sequence(rows(1, 1...9), rows(1, [1, 2, 5, 6]) + other)).fragments == 1)
    }

    @Test func aSwitchAcrossAMissCounts() throws {
        let clutter = rows(7, 1...9, left: 500)
        let score = CLEARScore(try sequence(rows(1, 1...9), rows(1, 1...3) + rows(2, 6...9) + clutter))
        #expect(score.identitySwitches == 1 && score.falsePositives == 9 && score.falseNegatives == 2)
    }

    @Test func aPairOfTheFrameBeforeGoesOnAgainstABetterBox() throws {
        let tracks = rows(1, 1...3, left: 2) + rows(2, 2...3)
        #expect(CLEARScore(try sequence(rows(1, 1...3), tracks)).identitySwitches == 0)
    }

    @Test func anOverlapOfExactlyOneHalfMatches() throws {
        let score = CLEARScore(try sequence(rows(1, [1], width: 20), rows(1, [1], width: 10)))
        #expect(score.truePositives == 1 && score.motp == 0.5)
        #expect(IdentityScore(try sequence(rows(1, [1], width: 20), rows(1, [1], width: 10))).truePositives == 1)
    }
}
