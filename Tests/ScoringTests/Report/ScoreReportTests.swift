import Scoring
import Testing

struct ScoreReportTests {
    private static func report() throws -> ScoreReport {
        var report = ScoreReport(title: "<b>&")
        let truth = rows(1, 1...20) + rows(2, 5...15, left: 80)
        let input = ClipInput(name: "one", truth: truth, tracks: rows(7, 1...9) + rows(8, 11...20))
        report.clips = [try ClipScore(input, ignoring: .none)]
        report.identification = IdentificationScore([
            IdentificationProbe(name: "p", mate: "a", candidates: [.init("a", 0.5)]),
            IdentificationProbe(name: "q", mate: nil, candidates: [.init("a", 0.4)]),
        ])
        return report
    }

    @Test func thePageNeedsNothingElseAndEscapesNames() throws {
        let html = try Self.report().html()
        #expect(html.contains("&lt;b&gt;&amp;") && !html.contains("<b>&"))
        for word in ["http:", "https:", "src=", "@import", "<script", "{{"] { #expect(!html.contains(word), "\(word)") }
        for word in [
            "HOTA, DetA and AssA over alpha", "FNIR over FPIR", "not resolvable", "object 1 changes to tracker id 8",
        ] {
            #expect(html.contains(word), "\(word)")
        }
    }

    @Test func theJSONHasTheKeysOfTrackingFirst() throws {
        let json = try Self.report().json
        #expect(json["num_gt_ids"] == .count(2) && json["hota"] != nil && json["intervals"]?["unit"] == .text("track"))
    }

    @Test func aTimelineMarksWhereAnIdChanges() throws {
        let timeline = TrackTimeline(try sequence(rows(1, 1...20), rows(7, 1...9) + rows(8, 11...20)))
        #expect(timeline.lines[0].presence == [1...20])
        #expect(timeline.lines[0].runs.map(\.isSwitch) == [false, true])
        #expect(timeline.lines[0].shares == [7: 9, 8: 10])
    }
}
