import Metadata
import Scoring
import Testing
import Truth

struct MetadataRecordingTests {
    /// 10 frames at 10 a second, 200 × 100 pixels.
    static let clip = TruthSheet(
        generator: 1, scene: "s", tier: "easy", seed: 1, camera: "c", position: [], pose: [], distortion: 0, width: 200,
        height: 100, rate: 10, frames: 10, start: 0, scored: [0, 1], lines: [], zones: [])
    static let zero = TruthTime.start * 1_000_000_000

    static func report(
        _ milliseconds: Int64, _ ids: [Int], source: String? = nil, changes: [MetadataIdentifierChange] = []
    ) -> MetadataFrame {
        MetadataFrame(
            utc: zero + milliseconds * 1_000_000, source: source,
            objects: ids.map {
                MetadataObject(
                    id: $0, box: MetadataBox(left: -1, top: 1, right: 0, bottom: 0), types: [Likely("Human")])
            }, changes: changes)
    }

    @Test func aMomentLeadsToItsFrame() throws {
        let reports = [Self.report(0, [1]), Self.report(140, [1]), Self.report(5000, [1])]
        let recording = try MetadataRecording(reports, of: Self.clip, arrivals: [], file: "m")
        #expect(recording.frames.map(\.number) == [1, 2])
        #expect(recording.frames[0].rows[0].width == 100 && recording.frames[0].rows[0].height == 50)
        #expect(recording.timing.astray == 1 && recording.timing.coverage == 0.2)
        let offset = recording.offset
        #expect(abs(offset - 0.02) < 1e-6)
    }

    @Test func renamesHoldFromThenOnOrForAllBefore() throws {
        let reports = [
            Self.report(0, [1]), Self.report(100, [2], changes: [.rename(from: 1, to: 2)]), Self.report(200, [2, 1]),
        ]
        func ids(_ identifiers: MetadataRecording.Identifiers) throws -> [[Int]] {
            try MetadataRecording(reports, of: Self.clip, identifiers: identifiers, file: "m").frames.map {
                $0.objects.map(\.id)
            }
        }
        #expect(try ids(.asStreamed) == [[1], [2], [2, 1]])
        let applied = try ids(.renamesApplied)
        #expect(applied[0] == applied[1] && applied[2][0] == applied[0][0] && applied[2][1] != applied[0][0])
    }

    @Test func oneOfSeveralProducersHasToBeNamed() throws {
        let reports = [Self.report(0, [1], source: "a"), Self.report(0, [5], source: "b")]
        #expect(throws: ScoreInputError.self) { try MetadataRecording(reports, of: Self.clip, file: "m") }
        let recording = try MetadataRecording(reports, of: Self.clip, source: "b", file: "m")
        #expect(recording.frames.map { $0.objects.map(\.id) } == [[5]])
    }

    @Test func anObjectWithoutShapeIsNoDetection() throws {
        var report = Self.report(0, [1])
        report.objects[0].box = nil
        let recording = try MetadataRecording([report], of: Self.clip, file: "m")
        #expect(recording.frames[0].rows.isEmpty)
    }
}
