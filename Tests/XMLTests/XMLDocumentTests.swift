import Testing
import XML

struct XMLDocumentTests {
    static let names = ["a": "urn:a", "b": "urn:b"]
    static let text = """
        <x:root xmlns:x="urn:a" xmlns="urn:b">
          <x:item token="1">one</x:item>
          <item token="2" x:kind="k">t<inner>w</inner>o</item>
        </x:root>
        """

    @Test func findsByNamespaceWhateverThePrefix() throws {
        let document = try XMLDocument(Array(Self.text.utf8))
        #expect(try document.evaluate("string(/a:root/a:item)", namespaces: Self.names) == .string("one"))
        #expect(try document.evaluate("count(/a:root/*)", namespaces: Self.names) == .number(2))
        #expect(try document.evaluate("/a:root/b:missing", namespaces: Self.names) == .nodes([]))
        #expect(try document.evaluate("boolean(//b:inner)", namespaces: Self.names) == .boolean(true))
    }

    @Test func copiesTextAttributesLineAndPlaceOfAnElement() throws {
        let document = try XMLDocument(Array(Self.text.utf8))
        guard case .nodes(let found) = try document.evaluate("//b:item", namespaces: Self.names) else {
            Issue.record("no node set")
            return
        }
        let item = try #require(found.first)
        #expect(item.text == "two")
        #expect(item.namespace == "urn:b")
        #expect(item.line == 3)
        #expect(item.attribute("token") == "2")
        #expect(item.attributes.last == XMLAttribute(namespace: "urn:a", name: "kind", value: "k"))
        #expect(item.path == XMLElementPath(indices: [1]))
        #expect(try document.evaluate("string(b:inner)", from: item.path, namespaces: Self.names) == .string("w"))
    }

    @Test func writesAnElementWithThePrefixesInScope() throws {
        let document = try XMLDocument(Array(Self.text.utf8))
        let written = document.serialized(XMLElementPath(indices: [0]))
        let text = try #require(written)
        let again = try XMLDocument(Array(text.utf8))
        #expect(try again.evaluate("string(/a:item/@token)", namespaces: Self.names) == .string("1"))
        #expect(text.contains(#"xmlns="urn:b""#))
    }

    @Test(arguments: [
        ("<a/>", "//a[", false), ("<a/>", "/q:a", false), ("<a/>", "nofunction()", false), ("<a/>", "/a", true),
    ])
    func namesTheMistakeOfAnExpression(text: String, expression: String, isSound: Bool) throws {
        let document = try XMLDocument(Array(text.utf8))
        var mistake: XPathError?
        do throws(XPathError) { _ = try document.evaluate(expression) } catch { mistake = error }
        if case .expression(expression, _)? = mistake { #expect(!isSound) } else { #expect(isSound) }
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>",
    ])
    func refusesADocumentType(text: String) {
        var refusal: XMLDocumentError?
        do throws(XMLDocumentError) { _ = try XMLDocument(Array(text.utf8)) } catch { refusal = error }
        #expect(refusal == .documentType)
    }

    @Test(arguments: ["", "<a>", "no xml", "<a/><b/>", "\u{0}"])
    func refusesWhatIsNotWellFormed(text: String) {
        var refused = false
        do throws(XMLDocumentError) { _ = try XMLDocument(Array(text.utf8)) } catch {
            if case .notWellFormed = error { refused = true }
        }
        #expect(refused)
    }

    @Test(arguments: [(256, true), (258, false)])
    func boundsTheDepth(depth: Int, isSound: Bool) {
        let text = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        #expect(isSound == ((try? XMLDocument(Array(text.utf8)).evaluate("1")) != nil))
    }

    @Test(arguments: [(4, true), (3, false)])
    func boundsTheSize(limit: Int, isSound: Bool) {
        #expect(isSound == ((try? XMLDocument(Array("<a/>".utf8), sizeLimitBytes: limit).evaluate("1")) != nil))
    }
}
