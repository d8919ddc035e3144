import Fuzzing
import Testing
import XML

struct XMLParserTests {
    @Test
    func resolvesNamesToNamespacesAndKeepsPrefixesForContent() throws {
        let root = try XMLParser.parse(
            Array(
                #"<a:r xmlns:a="urn:1" xmlns="urn:2" k="v&amp;w" a:k="q"><c xmlns:a="urn:3">a:x</c> t<a:c/></a:r>"#.utf8
            ))
        #expect(root.isNamed("r", in: "urn:1"))
        #expect(root.attribute("k") == "v&w")
        #expect(root.attributes.contains(XMLAttribute(namespace: "urn:1", name: "k", value: "q")))
        #expect(root.children.map(\.namespace) == ["urn:2", "urn:1"])
        #expect(root.children[0].scope?.namespace(of: "a") == "urn:3")
        #expect(root.children[1].scope?.namespace(of: "a") == "urn:1")
        #expect(root.scope?.namespace(of: "") == "urn:2")
        #expect(root.trimmedText == "t")
    }

    @Test(arguments: [
        (#"<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>"#, XMLParseError.documentType),
        (#"<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>"#, .documentType),
        ("<a><b></a>", .notWellFormed(line: 1, message: "Opening and ending tag mismatch: b line 1 and a")),
        ("<a>&undeclared;</a>", .notWellFormed(line: 1, message: "Entity 'undeclared' not defined")),
    ])
    func refusesWhatIsNoMessage(text: String, expected: XMLParseError) {
        #expect(throws: expected) { try XMLParser.parse(Array(text.utf8)) }
    }

    @Test(arguments: ["", " ", "<", "text", "<a", "\u{0}", "<a/><b/>", "<a:b/>\u{FF}", "<p:a/>&"])
    func refusesGarbage(text: String) {
        #expect(throws: XMLParseError.self) { try XMLParser.parse(Array(text.utf8)) }
    }

    @Test
    func keepsItsBounds() throws {
        let limits = XMLLimits(bytes: 60, depth: 3, elements: 5)
        func parse(_ text: String) throws { _ = try XMLParser.parse(Array(text.utf8), limits: limits) }
        try parse("<a><b><c/></b></a>")
        #expect(throws: XMLParseError.tooDeep(limit: 3)) { try parse("<a><b><c><d/></c></b></a>") }
        try parse("<a><b/><b/><b/><b/></a>")
        #expect(throws: XMLParseError.tooManyElements(limit: 5)) { try parse("<a><b/><b/><b/><b/><b/></a>") }
        try parse("<a>" + String(repeating: "x", count: 53) + "</a>")
        #expect(throws: XMLParseError.tooLarge(bytes: 61, limit: 60)) {
            try parse("<a>" + String(repeating: "x", count: 54) + "</a>")
        }
    }

    /// A seeded mutator over a sound message: an error or a tree, never a crash, and never a hang.
    @Test
    func survivesMutatedMessages() {
        let sound = Array(
            #"<e:E xmlns:e="urn:e"><e:B a="1">text &lt; <![CDATA[raw]]><c xmlns="urn:c"/></e:B></e:E>"#.utf8)
        var mutator = Mutator(seed: 1)
        var refused = 0
        for _ in 0..<5000 {
            do { _ = try XMLParser.parse(mutator.mutate(sound)) } catch { refused += 1 }
        }
        #expect(refused > 1000)
    }
}
