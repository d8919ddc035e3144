import Fuzzing
import RTSP
import Testing

@Suite struct MessageParserTests {
    /// One table for decoding, encoding and fuzzing: bytes and what they mean.
    static let table: [(text: String, message: Message)] = [
        (
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
            .request(Request("OPTIONS", "*", headers: Headers([("CSeq", "1")])))
        ),
        (
            "DESCRIBE rtsp://[::1]:554/a?b=c RTSP/1.0\r\nCSeq: 2\r\nAccept: application/sdp\r\n\r\n",
            .request(
                Request(
                    "DESCRIBE", "rtsp://[::1]:554/a?b=c",
                    headers: Headers([("CSeq", "2"), ("Accept", "application/sdp")])))
        ),
        (
            "SET_PARAMETER rtsp://h/a RTSP/1.0\r\nCSeq: 3\r\nSession: 7\r\nContent-Length: 6\r\n\r\na: b\r\n",
            .request(
                Request(
                    "SET_PARAMETER", "rtsp://h/a",
                    headers: Headers([("CSeq", "3"), ("Session", "7"), ("Content-Length", "6")]),
                    body: Array("a: b\r\n".utf8)))
        ),
        (
            "RTSP/1.0 401 Unauthorized\r\nCSeq: 4\r\nWWW-Authenticate: Digest realm=\"a\"\r\n"
                + "WWW-Authenticate: Basic realm=\"a\"\r\n\r\n",
            .response(
                Response(
                    .unauthorized,
                    headers: Headers([
                        ("CSeq", "4"), ("WWW-Authenticate", "Digest realm=\"a\""),
                        ("WWW-Authenticate", "Basic realm=\"a\""),
                    ])))
        ),
        ("RTSP/1.0 200 OK\r\n\r\n", .response(Response(.ok))),
        ("$\u{01}\u{00}\u{03}abc", .interleaved(channel: 1, Array("abc".utf8)[...])),
        ("$\u{00}\u{00}\u{00}", .interleaved(channel: 0, [])),
    ]

    static var stream: [UInt8] { table.flatMap { Array($0.text.utf8) } }

    static func all(_ parser: inout MessageParser) throws(MessageParser.ParseError) -> [Message] {
        var messages: [Message] = []
        while let message = try parser.next() { messages.append(message) }
        return messages
    }

    @Test(arguments: table.indices)
    func eachMessageIsReadAndWrittenAgain(_ index: Int) throws {
        let (text, message) = Self.table[index]
        var parser = MessageParser()
        parser.append(Array(text.utf8))
        #expect(try parser.next() == message)
        #expect(try parser.next() == nil)
        #expect(message.bytes == Array(text.utf8))
    }

    @Test(arguments: [1, 2, 3, 5, 7, 64, 1000])
    func messagesSurviveAnySplit(_ size: Int) throws {
        var parser = MessageParser()
        var messages: [Message] = []
        for start in stride(from: 0, to: Self.stream.count, by: size) {
            parser.append(Self.stream[start..<min(start + size, Self.stream.count)])
            messages += try Self.all(&parser)
        }
        #expect(messages == Self.table.map(\.message))
        #expect(parser.bufferedCount == 0)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", MessageParser.ParseError.malformedStartLine),
        ("OPTIONS *\r\n\r\n", .malformedStartLine),
        ("OPTIONS * RTSP/1.0 x\r\n\r\n", .malformedStartLine),
        ("OPTIONS * RTSP/1.0\r\nCSeq 1\r\n\r\n", .malformedField),
        ("OPTIONS * RTSP/1.0\r\n folded: 1\r\n\r\n", .malformedField),
        ("OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n", .malformedContentLength),
        ("OPTIONS * RTSP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .malformedContentLength),
        ("OPTIONS * RTSP/1.0\r\nContent-Length: 65537\r\n\r\n", .bodyTooLong(bytes: 65537, limit: 65536)),
        ("RTSP/1.0 20 OK\r\n\r\n", .malformedStartLine),
    ])
    func whatIsNoRTSPIsRefused(_ text: String, _ error: MessageParser.ParseError) {
        var parser = MessageParser()
        parser.append(Array(text.utf8))
        #expect(throws: error) { try parser.next() }
        #expect(throws: error) { try parser.next() }
    }

    @Test func aHeadAtTheLimitIsReadAndOneByteMoreIsNot() throws {
        let frame = "OPTIONS * RTSP/1.0\r\nX: \r\n\r\n".utf8.count
        for (excess, isRead) in [(0, true), (1, false)] {
            let filler = String(repeating: "x", count: MessageParser.headLimit - frame + excess)
            var parser = MessageParser()
            parser.append(Array("OPTIONS * RTSP/1.0\r\nX: \(filler)\r\n\r\n".utf8))
            if isRead {
                #expect(try parser.next() != nil)
            } else {
                #expect(throws: MessageParser.ParseError.headTooLong(limit: 16384)) { try parser.next() }
            }
        }
    }

    @Test func endlessHeadsAreNotHoarded() {
        var parser = MessageParser()
        #expect(throws: MessageParser.ParseError.headTooLong(limit: 16384)) {
            for _ in 0..<100 {
                parser.append([UInt8](repeating: 0x61, count: 1024))
                _ = try parser.next()
            }
        }
        #expect(parser.bufferedCount == 0)
    }

    /// 20,000 mutated streams; the bound is on memory, the expectation is that nothing traps.
    @Test func mutatedBytesNeverTrapAndNeverGrowTheBuffer() {
        var generator = Mutator(seed: 1)
        for _ in 0..<20_000 {
            var parser = MessageParser()
            let bytes = generator.mutate(Self.stream)
            parser.append(bytes)
            while let message = (try? parser.next()) ?? nil { _ = message.bytes }
            #expect(parser.bufferedCount <= bytes.count)
        }
    }
}
