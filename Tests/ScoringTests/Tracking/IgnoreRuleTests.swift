import Scoring
import Testing

struct IgnoreRuleTests {
    private static let hidden = rows(2, 1...4, left: 100).map { row in
        var row = row
        (row.isScored, row.kind) = (false, 8)
        return row
    }

    @Test func rowsOnWhatNobodyAsksForGo() throws {
        let truth = rows(1, 1...4) + Self.hidden
        let tracks = rows(1, 1...4) + rows(2, 1...4, left: 101)
        func alarms(_ rule: IgnoreRule) throws -> Int {
            CLEARScore(try TrackingSequence(truth: truth, tracks: tracks, ignoring: rule)).falsePositives
        }
        #expect(try alarms(.none) == 4)
        #expect(try alarms(.flagged) == 0)
        // Class 1 alone is asked for; these say none.
        #expect(try TrackingSequence(truth: truth, tracks: tracks, ignoring: .mot17).truthIDs.isEmpty)
    }

    @Test func aRowThatBelongsToSomebodyElseStays() throws {
        let truth =
            rows(1, 1...4)
            + rows(3, 1...4, left: 2).map { row in
                var row = row
                row.isScored = false
                return row
            }
        let sequence = try TrackingSequence(truth: truth, tracks: rows(1, 1...4), ignoring: .flagged)
        #expect(CLEARScore(sequence).truePositives == 4)
    }
}
