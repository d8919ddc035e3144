import Scoring
import Testing

struct DetectionScoreTests {
    private static func row(_ id: Int, _ left: Double, _ score: Double, isScored: Bool = true) -> TrackingRow {
        TrackingRow(frame: 1, id: id, left: left, top: 0, width: 10, height: 10, score: score, isScored: isScored)
    }

    /// By hand: hit, miss, hit of two: precision 1 at recall ½, ⅔ at recall 1, so that the area is ½ + ½ · ⅔.
    @Test func theAreaIsThatBelowTheEnvelope() throws {
        let truth = [Self.row(1, 0, 1), Self.row(2, 100, 1)]
        let tracks = [Self.row(1, 0, 0.9), Self.row(2, 50, 0.8), Self.row(3, 100, 0.7)]
        let score = try DetectionScore(truth: truth, tracks: tracks)
        let area = 5.0 / 6.0
        #expect(abs(score.ap50 - area) < 1e-12)
        #expect(abs(score.ap - area) < 1e-12)
    }

    @Test func detectionsOfOneScoreEnterTogether() throws {
        let truth = [Self.row(1, 0, 1)]
        let tracks = [Self.row(1, 50, 0.5), Self.row(2, 0, 0.5)]
        #expect(try DetectionScore(truth: truth, tracks: tracks).ap50 == 0.5)
    }

    @Test func whatFallsToAnIgnoredRowCountsForNothing() throws {
        let truth = [Self.row(1, 0, 1), Self.row(2, 50, 1, isScored: false)]
        let tracks = [Self.row(1, 50, 0.9), Self.row(2, 0, 0.5)]
        #expect(try DetectionScore(truth: truth, tracks: tracks).ap50 == 1)
        #expect(try DetectionScore(truth: truth, tracks: tracks, ignoring: .none).ap50 == 0.5)
    }

    @Test func aSecondBoxOnOneObjectIsWrong() throws {
        let tracks = [Self.row(1, 0, 0.9), Self.row(2, 1, 0.8)]
        let curve = try DetectionScore(truth: [Self.row(1, 0, 1)], tracks: tracks).curves[0]
        #expect(curve.map(\.precision) == [1, 0.5])
    }
}
