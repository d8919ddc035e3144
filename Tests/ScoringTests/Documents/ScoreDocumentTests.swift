import Scoring
import Testing

struct ScoreDocumentTests {
    @Test func keysKeepTheirOrderAndNumbersTheirBits() {
        let document = ScoreDocument.object([
            .init("z", .number(0.1 + 0.2)), .init("a", .counts([1])), .init("n", .number(.infinity)),
            .init("e", .list([])),
            .init("t", .text("\"\n")),
        ])
        let text = "{\n \"z\": 0.30000000000000004,\n \"a\": [\n  1\n ],\n \"n\": null,\n \"e\": [],\n"
        #expect(document.text == text + " \"t\": \"\\\"\\u000a\"\n}\n")
    }
}
