import Foundation
import Fuzzing
import Metadata
import Testing
import XML

@Suite struct MetadataParserTests {
    private static func objects(_ objects: String, in frame: String = "UtcTime=\"2026-01-01T12:00:00Z\"") throws
        -> [MetadataObject]
    {
        let bytes = MetadataExamples.document("<tt:Frame \(frame)>\(objects)</tt:Frame>")
        return try #require(try MetadataParser.frames(of: bytes).first).objects
    }

    /// The example of the specification (§5.2.2): pixels of 320 × 240 from the lower left; the box is that of the whole
    /// picture.
    @Test func transformationsOfFramesAreResolved() throws {
        let object = try #require(
            try Self.objects(
                """
                <tt:Transformation><tt:Translate x="-1.0" y="-1.0"/><tt:Scale x="0.00625" y="0.00834"/>
                </tt:Transformation><tt:Object ObjectId="12"><tt:Appearance><tt:Shape>
                <tt:BoundingBox left="20.0" top="180.0" right="100.0" bottom="30.0"/>
                <tt:CenterOfGravity x="60.0" y="80.0"/></tt:Shape></tt:Appearance></tt:Object>
                """
            ).first)
        let box = try #require(object.box)
        // 20·0.00625 − 1, 180·0.00834 − 1, 100·0.00625 − 1, 30·0.00834 − 1.
        #expect(abs(box.left + 0.875) < 1e-12 && abs(box.top - 0.5012) < 1e-12)
        #expect(abs(box.right + 0.375) < 1e-12 && abs(box.bottom + 0.7498) < 1e-12)
        #expect(abs((object.centerOfGravity?.x ?? 0) + 0.625) < 1e-12)
    }

    /// By hand: x = ((4·2 + 1)·0.1 + 0.5), y = ((1·3 − 2)·0.1 − 0.5).
    @Test func transformationsOfObjectsComeOnTopOfTheFrames() throws {
        let object = try #require(
            try Self.objects(
                """
                <tt:Transformation><tt:Translate x="0.5" y="-0.5"/><tt:Scale x="0.1" y="0.1"/></tt:Transformation>
                <tt:Object ObjectId="1"><tt:Appearance><tt:Transformation><tt:Translate x="1" y="-2"/>
                <tt:Scale x="2" y="3"/></tt:Transformation><tt:Shape>
                <tt:BoundingBox left="4" top="1" right="5" bottom="0"/><tt:CenterOfGravity x="4" y="1"/></tt:Shape>
                </tt:Appearance></tt:Object><tt:Object ObjectId="2"><tt:Appearance><tt:Shape>
                <tt:BoundingBox left="1" top="1" right="5" bottom="0"/></tt:Shape></tt:Appearance></tt:Object>
                """
            ).first)
        let point = try #require(object.centerOfGravity)
        #expect(abs(point.x - 1.4) < 1e-12 && abs(point.y + 0.4) < 1e-12)
        #expect(abs((object.box?.left ?? 0) - 1.4) < 1e-12)
    }

    @Test func documentsMayStandBehindEachOther() throws {
        let one = MetadataWriter().document(of: [MetadataExamples.full])
        let bare = Array(String(decoding: one, as: UTF8.self).drop { $0 != "\n" }.utf8)
        let events = Array("<tt:MetadataStream xmlns:tt=\"u\"><tt:Event/></tt:MetadataStream>".utf8)
        let all = [0xEF, 0xBB, 0xBF] + one + [10, 0] + bare + events + Array("<!-- <a> -->".utf8) + one
        #expect(
            try MetadataParser.frames(of: all) == [MetadataExamples.full, MetadataExamples.full, MetadataExamples.full])
        #expect(try MetadataParser.frames(of: []) == [])
    }

    @Test func oldAndForeignWordsAreTaken() throws {
        let objects = try Self.objects(
            """
            <tt:Object ObjectId="1"><tt:Appearance><tt:Shape>
            <tt:BoundingBox left="0.5" top="-0.5" right="0" bottom="0.5"/></tt:Shape><tt:Color><tt:ColorCluster>
            <tt:Color X="255" Y="0" Z="0"/></tt:ColorCluster><tt:ColorCluster><tt:Color X="1" Y="2" Z="3"
            Colorspace="http://www.onvif.org/ver10/colorspace/HSV"/></tt:ColorCluster></tt:Color><tt:Class>
            <tt:ClassCandidate><tt:Type>Face</tt:Type><tt:Likelihood>0.25</tt:Likelihood></tt:ClassCandidate>
            <tt:ClassCandidate><tt:Type>Vehical</tt:Type><tt:Likelihood>0.5</tt:Likelihood></tt:ClassCandidate>
            </tt:Class></tt:Appearance></tt:Object><tt:Object UUID="a"/><tt:Object UUID="b" ParentUUID="a"/>
            <tt:Object/><x:Vendor xmlns:x="v"><x:Deep/></x:Vendor>
            """, in: "UtcTime=\"2026-01-01T12:00:00\" Colorspace=\"RGB\"")
        #expect(objects.count == 3)
        #expect(objects[0].types == [Likely("Vehicle", 0.5), Likely("HumanFace", 0.25)])
        #expect(objects[0].box == MetadataBox(left: 0, top: 0.5, right: 0.5, bottom: -0.5))
        // Red of JFIF: 0.299·255, 128 − 76.245/1.772, 128 + 178.755/1.402.
        let red = try #require(objects[0].colors.first)
        #expect(objects[0].colors.count == 1)
        #expect(abs(red.y - 76.245) < 1e-9 && abs(red.cb - 84.972) < 1e-3 && abs(red.cr - 255.5) < 1e-9)
        #expect(objects[1].id == MetadataParser.firstUUIDNumber && objects[2].parent == objects[1].id)
    }

    @Test func treesAreReadAsTheSchemaAndAsTheExamplesWriteThem() throws {
        let bytes = MetadataExamples.document(
            """
            <tt:Frame UtcTime="2026-01-01T12:00:00Z"><tt:ObjectTree><tt:Merge><tt:From ObjectId="12"/>
            <tt:From ObjectId="17"/><tt:To ObjectId="12"/></tt:Merge><tt:Split><tt:from ObjectId="1"/>
            <tt:to ObjectId="2"/><tt:to ObjectId="1"/></tt:Split><tt:Delete ObjectId="9"/></tt:ObjectTree></tt:Frame>
            """)
        let changes = try MetadataParser.frames(of: bytes).first?.changes
        #expect(changes == [.merge(from: [12, 17], to: 12), .split(from: 1, to: [2, 1]), .delete(9)])
    }

    @Test func whatIsNoSceneDescriptionIsRefusedWithItsPlace() throws {
        func error(_ bytes: [UInt8]) -> MetadataParseError? {
            do throws(MetadataParseError) {
                _ = try MetadataParser.frames(of: bytes)
                return nil
            } catch { return error }
        }
        #expect(error(Array("hello".utf8)) == .broken(offset: 0, what: "text outside of any element"))
        #expect(
            error(Array("<!DOCTYPE a>".utf8)) == .broken(offset: 0, what: "a document type declaration is not taken"))
        #expect(error(Array("<a><b></a>".utf8)) == .broken(offset: 6, what: "a tag closes what is not open"))
        #expect(error(Array("<a".utf8)) == .broken(offset: 0, what: "a tag does not end"))
        let cut = MetadataWriter().document(of: [MetadataExamples.full]).dropLast(20)
        guard case .broken? = error(Array(cut)) else {
            Issue.record("a document that is cut off is taken")
            return
        }
        let frames: [(String, (Int) -> MetadataParseError)] = [
            ("<tt:Frame/>", { .noTime(offset: $0, found: nil) }),
            ("<tt:Frame UtcTime=\"now\"/>", { .noTime(offset: $0, found: "now") }),
        ]
        for (text, wanted) in frames {
            let bytes = MetadataExamples.document(text)
            let text = String(decoding: bytes, as: UTF8.self)
            let place = try #require(text.range(of: "<tt:Frame")?.lowerBound)
            #expect(error(bytes) == wanted(text.utf8.distance(from: text.startIndex, to: place)))
        }
        let entity = error(MetadataExamples.document("<tt:Frame UtcTime=\"2026-01-01T12:00:00Z\">&x;</tt:Frame>"))
        guard case .frame(_, .notWellFormed(line: _, message: _))? = entity else {
            Issue.record("an entity that nobody declares is taken")
            return
        }
    }

    @Test func garbageIsRefusedOrReadButNothingElse() {
        let seed = MetadataWriter().document(of: [MetadataExamples.full, MetadataExamples.empty])
        var mutator = Mutator(seed: 6)
        var read = 0
        for _ in 0..<2000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &mutator) { bytes = mutator.mutate(bytes) }
            do throws(MetadataParseError) {
                let frames = try MetadataParser.frames(of: bytes)
                read += 1
                // What is read can be written, and read again.
                let again = try MetadataParser.frames(of: MetadataWriter().document(of: frames))
                #expect(again.count == frames.count)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(read > 0)
    }
}
