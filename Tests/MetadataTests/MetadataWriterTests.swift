import Foundation
import Metadata
import Testing
import XML

@Suite struct MetadataWriterTests {
    @Test func theSchemasTakeIt() throws {
        let bytes = MetadataWriter().document(of: [MetadataExamples.full, MetadataExamples.empty])
        let schema = try MetadataExamples.schema.get()
        #expect(schema.validate(try XMLDocument(bytes)) == [])
        // The judge looks into each part.
        let text = String(decoding: bytes, as: UTF8.self)
        for (right, wrong) in [
            ("<tt:Scale x=", "<tt:Scale z="), ("<fc:Wear>true", "<fc:Wear>maybe"),
            ("<bd:Height>183", "<bd:Height>1.83"),
            ("<tt:Weight>", "<tt:Weight>a"), ("<tt:Speed>", "<tt:Speed>a"), ("ObjectId=\"7\"", "ObjectId=\"a\""),
        ] {
            let broken = try XMLDocument(Array(text.replacing(right, with: wrong).utf8))
            #expect(!schema.validate(broken).isEmpty, "\(wrong)")
        }
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let frames = [MetadataExamples.full, MetadataExamples.empty]
        #expect(try MetadataParser.frames(of: MetadataWriter().document(of: frames)) == frames)
    }

    @Test func coordinatesHaveSixDecimals() throws {
        // 2·1/3 − 1 and 1 − 2·1/7, by hand.
        let box = MetadataBox(x: 1, y: 1, width: 1, height: 1, in: (width: 3, height: 7))
        let text = String(
            decoding: MetadataWriter().document(of: [
                MetadataFrame(utc: MetadataExamples.utc, objects: [MetadataObject(id: 1, box: box)])
            ]), as: UTF8.self)
        #expect(text.contains("left=\"-0.333333\" top=\"0.714286\" right=\"0.333333\" bottom=\"0.428571\""))
    }

    @Test func anImageThatIsTooLargeIsLeftOut() {
        var object = MetadataObject(id: 1, box: nil)
        for (size, isThere) in [(MetadataWriter.imageLimit, true), (MetadataWriter.imageLimit + 1, false)] {
            object.image = [UInt8](repeating: 1, count: size)
            let bytes = MetadataWriter().document(of: [MetadataFrame(utc: 0, objects: [object])])
            #expect(String(decoding: bytes, as: UTF8.self).contains("<tt:Image>") == isThere)
        }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0), ("2026-01-01T12:00:00.040Z", 1_767_268_800_040_000_000),
            ("2024-02-29T23:59:59.999999999Z", 1_709_251_199_999_999_999),
            ("1969-12-31T23:59:59.999999Z", -1000),
        ] as [(String, Int64)])
    func momentsAreTextAndBack(_ text: String, _ utc: Int64) {
        #expect(MetadataTime.text(utc) == text)
        #expect(MetadataTime.value(text) == utc)
    }

    @Test(
        arguments: [
            ("2016-9-10T12:24:57.321", 1_473_510_297_321_000_000),
            ("2026-01-01T13:00:00.04+01:00", MetadataExamples.utc),
            ("2026-01-01T07:30:00.0400000001-04:30", MetadataExamples.utc), (" 1970-01-01T00:00:01Z ", 1_000_000_000),
            ("1970-01-01T24:00:00Z", 86_400_000_000_000),
        ] as [(String, Int64)])
    func momentsOfOthersAreReadToo(_ text: String, _ utc: Int64) {
        #expect(MetadataTime.value(text) == utc)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx",
        "2026-01-01 00:00:00", "99999-01-01T00:00:00Z", "2026-01-01T25:00:00Z", "1500-01-01T00:00:00Z",
    ])
    func whatIsNoMomentIsNone(_ text: String) {
        #expect(MetadataTime.value(text) == nil)
    }
}
