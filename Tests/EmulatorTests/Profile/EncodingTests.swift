import Testing

@testable import Emulator

struct EncodingTests {
    private static func text(_ line: String) -> String {
        """
        manufacturer: a
        model: b
        firmware: c
        hardware: d
        name: e
        location: f
        claims: [S]
        recordings: [x.mp4]
        \(line)
        """
    }

    @Test(arguments: [("", true), ("encode: true", true), ("encode: false", false)])
    func camerasEncodeUnlessTheyAreToldNotTo(_ line: String, _ encodes: Bool) throws {
        #expect(try ProfileFile(Self.text(line), file: "p.yaml").encodes == encodes)
    }

    @Test func anythingButABooleanIsNamedWithItsLine() {
        let error = #expect(throws: ProfileError.self) { try ProfileFile(Self.text("encode: often"), file: "p.yaml") }
        #expect(error?.description.contains("line 9") == true)
    }
}
