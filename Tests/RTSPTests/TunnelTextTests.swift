import Fuzzing
import RTSP
import Testing

@Suite struct TunnelTextTests {
    private static func decode(_ text: String, piece: Int = .max) throws(TunnelText.TextError) -> String {
        var decoder = TunnelText()
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            bytes += try decoder.decode(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Examples of RFC 4648 §10, one behind the other, with line breaks and padding wherever they may be.
    private static let sound: [(text: String, plain: String)] = [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmFy", "foobar"),
        ("Zg==Zm8=Zm9vZg==", "ffofoof"), ("Z\r\ng\r\n=\r\n=\r\nZ m\t9v\n", "ffoo"), ("Zg=Zm9v", "ffoo"),
        ("\r\n\r\n", ""),
    ]

    @Test(arguments: sound.indices)
    func textIsDecodedHoweverItIsSplit(_ index: Int) throws {
        let (text, plain) = Self.sound[index]
        for piece in 1...max(1, text.utf8.count) { #expect(try Self.decode(text, piece: piece) == plain) }
    }

    @Test(arguments: [
        ("Zm9v!", TunnelText.TextError.foreign(0x21)), ("=", .strayPadding), ("Z=", .strayPadding),
        ("Zg===", .strayPadding), ("Zm8==", .strayPadding), ("Zm9v=", .strayPadding), ("Zm9v-_", .foreign(0x2D)),
        ("\u{0}", .foreign(0)),
    ])
    func whatIsNoBase64IsRefusedForGood(_ text: String, _ error: TunnelText.TextError) {
        #expect(throws: error) { try Self.decode(text) }
        var decoder = TunnelText()
        #expect(throws: error) { try decoder.decode(Array(text.utf8)) }
        #expect(throws: error) { try decoder.decode(Array("Zm9v".utf8)) }
    }

    @Test func mutatedTextNeitherTrapsNorGrows() {
        var mutator = Mutator(seed: 11)
        let whole = Array(Self.sound.map(\.text).joined(separator: "\r\n").utf8)
        for _ in 0..<20_000 {
            let text = mutator.mutate(whole)
            var decoder = TunnelText()
            let piece = Int.random(in: 1...16, using: &mutator)
            var count = 0
            for start in stride(from: 0, to: text.count, by: piece) {
                guard let bytes = try? decoder.decode(text[start..<min(start + piece, text.count)]) else { break }
                count += bytes.count
            }
            #expect(count <= text.count)
        }
    }
}
