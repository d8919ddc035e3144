import Foundation
import Scoring
import Testing

struct TrackingScoreTests {
    @Test func aTrackerThatOnlyNamesOthersIsPerfect() throws {
        let score = TrackingScore(try sequence(rows(1, 1...4), rows(77, 1...4)))
        #expect(score.hota.hota == 1 && score.clear.mota == 1 && score.identity.idf1 == 1)
        #expect(score.clear.mostlyTracked == 1)
    }

    @Test func nothingAtAllHasNoRatios() throws {
        let score = TrackingScore(try sequence([], []))
        #expect(score.hota.hota == 0 && score.clear.mota == 0 && score.identity.idf1 == 0)
        #expect(score.hota.mean(\.locA) == 1)
    }

    @Test func withoutTruthEveryRowIsAFalsePositive() throws {
        let score = TrackingScore(try sequence([], rows(5, 1...3)))
        #expect(score.clear.falsePositives == 3 && score.clear.mota == 0)
        #expect(score.clear.mostlyTracked + score.clear.partlyTracked + score.clear.mostlyLost == 0)
        #expect(score.hota.levels.allSatisfy { $0.falsePositives == 3 })
    }

    /// By hand: of n rows one in ten is missing, so that DetA = 0.9 and, with M = 0.9 n of n and 0.9 n rows, AssA = 0.9;
    /// IDF1 = 2 · 0.9 / (1 + 0.9).
    @Test func oneRowInTenMissedCostsOneTenth() throws {
        let truth = (1...5).flatMap { rows($0, 1...100, left: Double($0) * 50) }
        let score = TrackingScore(try sequence(truth, truth.filter { $0.frame % 10 != 0 }))
        #expect(abs(score.hota.hota - 0.9) < 1e-12)
        #expect(abs(score.clear.mota - 0.9) < 1e-12)
        let idf1 = 1.8 / 1.9
        #expect(abs(score.identity.idf1 - idf1) < 1e-12)
    }

    /// By hand: two halves of one object under two ids: AssA = 50²·2 / (100 · 100) = 0.5, IDF1 = 2 · 50 / 200.
    @Test func anIdThatChangesHalfWayHalvesTheAssociation() throws {
        let score = TrackingScore(try sequence(rows(1, 1...100), rows(1, 1...50) + rows(2, 51...100)))
        #expect(abs(score.hota.mean(\.assA) - 0.5) < 1e-12)
        let root = 0.5.squareRoot()
        #expect(abs(score.hota.hota - root) < 1e-12)
        #expect(score.identity.idf1 == 0.5 && score.clear.identitySwitches == 1)
    }

    @Test func theOrderOfRowsSaysNothing() throws {
        let truth = rows(1, 1...9) + rows(2, 3...7, left: 4)
        let tracks = rows(8, 1...6, left: 1) + rows(9, 2...9, left: 5)
        let score = TrackingScore(try sequence(truth, tracks))
        #expect(TrackingScore(try sequence(truth.reversed(), tracks.shuffled())) == score)
    }

    @Test func anIdTwiceInAFrameIsRefused() {
        #expect(throws: RepeatedID(row: rows(3, [2])[0])) { try sequence(rows(3, [2, 2]), []) }
    }

    @Test(arguments: [
        "perfect", "missing-frames", "id-switches", "jittered", "crossing-swap", "continuity", "ignore-distractor",
        "empty-tracker", "dense-queue", "long-500",
    ])
    func aGoldenCaseHasItsValues(_ name: String) throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures/mot-golden/\(name)", withExtension: nil))
        func read(_ file: String, _ writer: MOTText.Writer) throws -> [TrackingRow] {
            try MOTText.rows(of: Array(try Data(contentsOf: folder.appending(path: file))), by: writer, file: file)
        }
        let score = TrackingScore(try sequence(try read("gt.txt", .truth), try read("tracker.txt", .tracker)))
        let wanted = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "expected.json")))
        let found = try JSONSerialization.jsonObject(with: Data(score.json.text.utf8))
        #expect(Self.differences(wanted, found).isEmpty)
    }

    /// Paths of numbers that are further apart than 1e-9.
    private static func differences(_ wanted: Any, _ found: Any?, path: String = "") -> [String] {
        if let wanted = wanted as? [String: Any] {
            return wanted.filter { !["case", "about", "optional_mot17_preprocessing"].contains($0.key) }
                .flatMap { differences($0.value, (found as? [String: Any])?[$0.key], path: "\(path)/\($0.key)") }
        }
        if let wanted = wanted as? [Any] {
            guard let found = found as? [Any], found.count == wanted.count else { return [path] }
            return zip(wanted, found).flatMap { differences($0, $1, path: path + "[]") }
        }
        guard let wanted = wanted as? Double, let found = found as? Double else { return [path] }
        return abs(wanted - found) <= 1e-9 ? [] : ["\(path): \(wanted), \(found)"]
    }
}
