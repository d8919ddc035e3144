import Metadata
import Scoring
import Testing
import Truth

struct LiveClipTests {
    /// One object that goes to the right, 10 pixels a frame.
    private static let truth = (1...10).map {
        TrackingRow(frame: $0, id: 1, left: Double($0) * 10, top: 0, width: 12, height: 50)
    }

    private static func report(_ frame: Int, after milliseconds: Int64) -> MetadataFrame {
        let box = MetadataBox(
            x: Double(frame) * 10, y: 0, width: 12, height: 50, in: (width: 200.0, height: 100.0))
        return MetadataFrame(
            utc: 1_900_000_000_000_000_000 + milliseconds * 1_000_000,
            objects: [MetadataObject(id: 4, box: box, types: [Likely("Human")])])
    }

    @Test func thePlaceInTheClipIsWhereTheBoxesLie() throws {
        let reports = [8, 9, 10, 1, 2].enumerated().map { Self.report($1, after: Int64($0) * 100) }
        let live = try #require(LiveClip(reports, truth: Self.truth, of: MetadataRecordingTests.clip))
        #expect(live.place == 7 && live.overlap > 0.999)
        let long = live.unrolled(truth: Self.truth, last: reports[4].utc)
        let recording = try MetadataRecording(reports, of: long.sheet, file: "m")
        #expect(recording.frames.map(\.number) == [8, 9, 10, 11, 12])
        #expect(long.truth.count == 20 && Set(long.truth.map(\.id)).count == 2)
    }

    @Test func withoutBoxesThereIsNoPlace() {
        #expect(LiveClip([], truth: Self.truth, of: MetadataRecordingTests.clip) == nil)
    }
}
