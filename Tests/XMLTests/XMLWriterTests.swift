import Testing
import XML

struct XMLWriterTests {
    private static let a = XMLNamespace("a", "urn:a", index: 0)
    private static let b = XMLNamespace("b", "urn:b", index: 1)
    private static let vocabulary = [a, b]

    private func text(_ content: (inout XMLWriter) -> Void) -> String {
        var writer = XMLWriter()
        content(&writer)
        return String(decoding: writer.document(root: Self.a, "r", vocabulary: Self.vocabulary), as: UTF8.self)
    }

    @Test
    func declaresWhatIsUsedAndNothingElse() {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        #expect(text { _ in } == head + #"<a:r xmlns:a="urn:a"></a:r>"#)
        #expect(
            text { $0.element(Self.b, "x", 1) } == head + #"<a:r xmlns:a="urn:a" xmlns:b="urn:b"><b:x>1</b:x></a:r>"#)
        #expect(text { $0.use(Self.b) } == head + #"<a:r xmlns:a="urn:a" xmlns:b="urn:b"></a:r>"#)
    }

    @Test(arguments: ["<&>\"'", "tab\tnew\nline", "\u{1}\u{8}", "äöü 漢字 🎥", ""])
    func whatIsWrittenIsReadAgain(value: String) throws {
        let bytes = Array(text { $0.element(Self.a, "x", [("k", value)], value) }.utf8)
        let read = try XMLParser.parse(bytes).children[0]
        let carried = value.replacing("\u{1}", with: "\u{FFFD}").replacing("\u{8}", with: "\u{FFFD}")
        #expect(read.text == carried)
        // XML 1.0 §3.3.3: white space in attribute values is normalised to spaces.
        #expect(read.attribute("k") == carried.replacing("\t", with: " ").replacing("\n", with: " "))
    }

    @Test(arguments: [
        (0.0, "0"), (-1.0, "-1"), (0.5, "0.5"), (-0.25, "-0.25"), (1e-7, "1e-07"), (Double.infinity, "INF"),
        (-Double.infinity, "-INF"), (Double.nan, "NaN"), (3e20, "3e+20"),
    ])
    func writesNumbersAsXMLSchemaReadsThem(value: Double, expected: String) {
        #expect(XMLWriter.string(value) == expected)
    }

    @Test
    func writesTreesUnderItsOwnPrefixesAndForeignOnesUnderAnother() throws {
        let source = Array(#"<q:x xmlns:q="urn:b" k="1"><y xmlns="urn:else" q:m="2">t</y></q:x>"#.utf8)
        let tree = try XMLParser.parse(source)
        let again = try XMLParser.parse(Array(text { $0.element(tree, vocabulary: Self.vocabulary) }.utf8)).children[0]
        #expect(again == tree)
    }
}
