import Foundation
import Testing
import Truth
import XML

@Suite struct TruthMetadataTests {
    /// The folder that `CI/setup` fills.
    private static let schema = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"]
        return try XMLSchema(folder: named ?? root.appending(path: ".schemas").path)
    }
    private static let names = [
        "tt": "http://www.onvif.org/ver10/schema", "fc": "http://www.onvif.org/ver20/analytics/humanface",
    ]

    private static func string(_ path: String, in document: borrowing XMLDocument) throws -> String? {
        guard case .string(let value) = try document.evaluate("string(\(path))", namespaces: names) else { return nil }
        return value
    }

    @Test func theSchemasTakeIt() throws {
        let metadata = TruthMetadata(width: 1280, height: 720)
        let text =
            TruthMetadata.head + metadata.text(of: TruthExamples.empty) + metadata.text(of: TruthExamples.full)
            + TruthMetadata.tail
        let findings = try Self.schema.get().validate(try XMLDocument(Array(text.utf8)))
        #expect(findings.isEmpty)
        // The judge does judge.
        let broken = text.replacing("<tt:Scale", with: "<tt:Scales")
        #expect(!(try Self.schema.get().validate(try XMLDocument(Array(broken.utf8)))).isEmpty)
    }

    /// Sums done by hand: x = 2·90/200 − 1, y = 1 − 2·48/100.
    @Test func boxesAreNormalisedAndPointUp() throws {
        let document = try XMLDocument(
            Array(TruthMetadata(width: 200, height: 100).document(of: TruthExamples.full).utf8))
        let box = "//tt:Object[@ObjectId='7']//tt:BoundingBox"
        #expect(try Self.string(box + "/@left", in: document) == "-0.100000")
        #expect(try Self.string(box + "/@top", in: document) == "0.040000")
        #expect(try Self.string(box + "/@right", in: document) == "0.320000")
        #expect(try Self.string(box + "/@bottom", in: document) == "-2.330000")
    }

    @Test func whatAnObjectIsStandsInIt() throws {
        let document = try XMLDocument(
            Array(TruthMetadata(width: 1280, height: 720).document(of: TruthExamples.full).utf8))
        for (path, value) in [
            ("//tt:Frame/@UtcTime", "2026-01-01T12:00:00.140Z"), ("//tt:Frame/@Source", "ground-truth"),
            ("//tt:Object[@ObjectId='120']/@Parent", "20"), ("//tt:PlateNumber", "AB1<&\">"),
            ("//tt:VehicleInfo/tt:Type", "Car"), ("//tt:Object[@ObjectId='2000007']/@Parent", "7"),
            ("//tt:Object[@ObjectId='2000007']//tt:Type", "HumanFace"), ("//fc:Expression", "Smile"),
            ("//fc:Opticals/fc:Wear", "true"), ("//fc:PoseAngles/@yaw", "-12.50"),
            // Nobody sees it.
            ("//tt:Object[@ObjectId='8']/@ObjectId", ""),
        ] {
            #expect(try Self.string(path, in: document) == value, "\(path)")
        }
    }
}
