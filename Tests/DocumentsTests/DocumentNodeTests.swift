import Documents
import Testing

@Suite struct DocumentNodeTests {
    private static func top(_ text: String) throws -> DocumentNode {
        let node = try #require(try DocumentNode.compose(text, file: "f.yaml"))
        return try DocumentNode(node, file: "f.yaml", name: "", known: ["a", "b", "list"])
    }

    private enum Fruit: String, CaseIterable { case apple, pear }

    @Test func aKeyThatNobodyReadsIsRefusedAtItsLine() {
        let error = #expect(throws: DocumentError.self) { try Self.top("a: 1\nc: 2\n") }
        #expect(error == .unknownKey(file: "f.yaml", line: 2, key: "c", inside: "", known: ["a", "b", "list"]))
        #expect(error?.description == "f.yaml, line 2: unknown key \"c\"; use one of a, b, list")
    }

    @Test func whatIsNoMappingIsRefused() {
        let error = #expect(throws: DocumentError.self) { try Self.top("- 1\n") }
        #expect(error?.description == "f.yaml, line 1: the file is \"a list\"; write the keys a, b, list below it")
    }

    @Test func textThatIsNoYAMLTellsItsLine() {
        let error = #expect(throws: DocumentError.self) { try DocumentNode.compose("a: 1\nb: [\n", file: "f.yaml") }
        #expect(error?.line == 3)
    }

    @Test func aTextWithoutContentIsNothing() throws {
        #expect(try DocumentNode.compose("# nothing\n", file: "f.yaml") == nil)
    }

    @Test func aNameIsOneOfThoseOfItsEnumeration() throws {
        let top = try Self.top("a: pear\n\nb: plum\n")
        #expect(try top.name("a", as: Fruit.self) == .pear)
        let error = #expect(throws: DocumentError.self) { try top.name("b", as: Fruit.self) }
        #expect(error?.description == "f.yaml, line 3: \"b\" is \"plum\"; write one of apple, pear")
        #expect(top.line(of: "b") == 3)
        #expect(top.line(of: "list") == 1)
    }

    @Test func aFileThatIsNotThereIsUnreadable() {
        let error = #expect(throws: DocumentError.self) { try DocumentNode.text("/no/such/file.yaml") }
        #expect(error?.isUnreadable == true)
        #expect(error?.line == nil)
    }
}
