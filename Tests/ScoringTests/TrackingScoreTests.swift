import Foundation
import Scoring
import Testing

struct TrackingScoreTests {
    @Test func aTrackerThatOnlyNamesOthersIsPerfect() throws {
        let truth = (1...4).map { TrackingRow(frame: $0, id: 1, left: Double($0), top: 0, width: 10, height: 20) }
        let tracks = truth.map { row in
            var row = row
            row.id = 77
            return row
        }
        let score = TrackingScore(try TrackingSequence(truth: truth, tracks: tracks))
        #expect(score.hota.hota == 1 && score.clear.mota == 1 && score.identity.idf1 == 1)
        #expect(score.clear.mostlyTracked == 1)
    }

    @Test func nothingAtAllHasNoRatios() throws {
        let score = TrackingScore(try TrackingSequence(truth: [], tracks: []))
        #expect(score.hota.hota == 0 && score.clear.mota == 0 && score.identity.idf1 == 0)
        #expect(score.hota.mean(\.locA) == 1)
    }

    @Test func withoutTruthEveryRowIsAFalsePositive() throws {
        let tracks = (1...3).map { TrackingRow(frame: $0, id: 5, left: 0, top: 0, width: 10, height: 10) }
        let score = TrackingScore(try TrackingSequence(truth: [], tracks: tracks))
        #expect(score.clear.falsePositives == 3 && score.clear.mota == 0)
        #expect(score.clear.mostlyTracked + score.clear.partlyTracked + score.clear.mostlyLost == 0)
        #expect(score.hota.levels.allSatisfy { $0.falsePositives == 3 })
    }
}
