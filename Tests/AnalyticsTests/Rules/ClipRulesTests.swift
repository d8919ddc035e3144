import Analytics
import Foundation
import Gzip
import Metadata
import ONVIF
import Testing
import Truth

/// Rules on the truth of recordings, against what happens in their scenes.
struct ClipRulesTests {
    /// A line of a scene as a camera sees it: normalized coordinates, projected by the camera's pose in the clip's sheet.
    struct Case: CustomStringConvertible, Sendable {
        var clip: String
        var line: String
        var points: [(Double, Double)]
        /// Crossings of the scene that happen below the picture's lower edge, by their objects.
        var unseen: Set<Int> = []
        var description: String { "\(clip), \(line)" }
    }

    static let cases = [
        Case(
            clip: "entrance/inside", line: "threshold", points: [(-0.324, -0.511), (0.002, -0.505), (0.324, -0.499)]),
        Case(
            clip: "street/kerb", line: "gate-line",
            points: [(-0.328, -1), (-0.538, -0.816), (-0.702, -0.665), (-0.831, -0.541)], unseen: [26, 29]),
    ]

    /// Seconds between the scene's crossing and the event.
    private static let tolerance = 0.5

    @Test(arguments: cases)
    func crossingsOfTheSceneAreToldAndNoOthers(_ test: Case) throws {
        let recordings = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Recordings")
        let zipped = try Data(contentsOf: recordings.appending(path: "\(test.clip).truth.jsonl.gz"))
        let frames = try TruthLines.frames(of: Data(try Gzip.decompress(Array(zipped), limit: 256 << 20)))
        let events = try TruthLines.events(
            of: Data(contentsOf: recordings.appending(path: "\(test.clip).events.jsonl"))
        ).filter { $0.kind == .lineCrossed && $0.name == test.line && !test.unseen.contains($0.objects[0]) }

        var model = AnalyticsModel.seeing
        let request = try #require(
            AnalyticsConfig(type: "LineDetector", name: "line", points: test.points, parameters: []))
        let counting = try #require(
            AnalyticsConfig(
                type: "LineCounting", name: "left", points: test.points, parameters: [("Direction", "Left")]))
        let picture = Resolution(width: 1280, height: 720)
        try model.configure(request, ofSource: 0, picture: picture)
        try model.configure(counting, ofSource: 0, picture: picture)
        let context = RuleContext(model: model, picture: picture)
        var engine = RuleEngine(context: context)
        engine.configure(model.configured[0] ?? [], modules: [], context: context)

        let source = TruthSource(width: 1280, height: 720)
        var told: [(time: Double, object: Int)] = []
        var count = ""
        for frame in frames {
            for report in engine.observe(source.frame(of: frame, utc: Int64(frame.time * 1e9))) {
                switch report.content {
                case .event(let data): told.append((frame.time, try #require(Int(data[0].value))))
                case .property(let data): count = data?.first?.value ?? ""
                }
            }
        }
        #expect(!events.isEmpty && told.count == events.count)
        for event in events {
            let near = told.filter { $0.object == event.objects[0] && abs($0.time - event.time) <= Self.tolerance }
            #expect(near.count == 1, "\(event)")
        }
        #expect(count == String(events.count { $0.value == "left" }))
    }
}
