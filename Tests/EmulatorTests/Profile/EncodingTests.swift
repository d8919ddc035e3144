import Documents
import ONVIF
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

    @Test(arguments: [
        ("", nil), ("encodings: [H264]", [VideoModel.Codec.h264]),
        ("encodings: [JPEG, MPEG4, H265]", [.jpeg, .mpeg4, .h265]),
    ])
    func theEncoderMakesWhatTheProfileSays(_ line: String, _ encodings: [VideoModel.Codec]?) throws {
        #expect(try ProfileFile(Self.text(line), file: "p.yaml").chosenEncodings == encodings)
    }

    @Test(arguments: [
        "encodings: [VP9]", "encodings: [H264, H264]", "encodings: []", "encodings: H264",
        "encodings: [H264]\nencode: false",
    ])
    func encodingsThatNobodyMakesAreRefusedWithTheirLine(_ line: String) {
        let error = #expect(throws: ProfileError.self) { try ProfileFile(Self.text(line), file: "p.yaml") }
        #expect(error?.description.contains("line 9") == true)
    }

    @Test(arguments: [("claims: [S]", true), ("claims: [T]", true), ("claims: []", false)])
    func multicastGoesWithAClaimUnlessTheProfileSaysOtherwise(_ claims: String, _ multicast: Bool) throws {
        let text = Self.text("").replacing("claims: [S]", with: claims)
        #expect(try ProfileFile(text, file: "p.yaml").multicast == multicast)
        #expect(try ProfileFile(text + "\nmulticast: \(!multicast)\n", file: "p.yaml").multicast == !multicast)
    }

    @Test func anythingButABooleanIsNamedWithItsLine() {
        let error = #expect(throws: ProfileError.self) { try ProfileFile(Self.text("encode: often"), file: "p.yaml") }
        #expect(error?.description.contains("line 9") == true)
    }
}
