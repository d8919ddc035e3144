import Fuzzing
import Testing

@testable import Emulator

@Suite struct ChunkedStreamTests {
    private static let sound = "5\r\nhello\r\n1;name=value\r\n,\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nbehind"

    @Test func theDataComesOutHoweverItIsSplit() throws {
        let bytes = Array(Self.sound.utf8)
        for piece in 1...bytes.count {
            var stream = ChunkedStream()
            var data: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: piece) {
                data += try stream.decode(bytes[start..<min(start + piece, bytes.count)])
            }
            #expect(String(decoding: data, as: UTF8.self) == "hello,0123456789")
            #expect(stream.isFinished)
        }
    }

    @Test(arguments: [
        "x\r\n", "\r\n", "123456789\r\n", "-1\r\n", "1\r\nab", "0\r\n" + String(repeating: "a", count: 300),
    ])
    func whatIsNotChunkedIsRefused(_ text: String) {
        var stream = ChunkedStream()
        #expect(throws: ChunkedStream.Malformed()) { try stream.decode(Array(text.utf8)) }
    }

    @Test func mutatedBodiesDoNotTrap() {
        var mutator = Mutator(seed: 12)
        for _ in 0..<20_000 {
            let bytes = mutator.mutate(Array(Self.sound.utf8))
            var stream = ChunkedStream()
            #expect(((try? stream.decode(bytes))?.count ?? 0) <= bytes.count)
        }
    }
}
