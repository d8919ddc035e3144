import Fuzzing
import NIOCore
import Testing

@testable import Emulator

struct HTTPRequestParserTests {
    /// Everything that comes out of the bytes, given in pieces of that size.
    private static func parse(_ text: String, piece: Int = .max) throws(HTTPRequestError) -> [HTTPRequestParser.Part] {
        var parser = HTTPRequestParser()
        var parts: [HTTPRequestParser.Part] = []
        var received = ByteBuffer()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            received.writeBytes(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            while let part = try parser.next(&received) { parts.append(part) }
        }
        return parts
    }

    private static let sound = [
        "POST /onvif/device_service HTTP/1.1\r\nHost: camera:80\r\nContent-Length: 5\r\n\r\nhello",
        "GET /snapshot/A HTTP/1.0\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\nHost: x\n\n",
        "POST / HTTP/1.1\r\nHost:x\r\ntransfer-encoding: CHUNKED\r\n\r\n3;a=b\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: \t x \t\r\nConnection: close, TE\r\nAuthorization: Digest a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    ]

    @Test func requestsAreReadWholeHoweverTheyArrive() throws {
        let whole = try Self.sound.flatMap { try Self.parse($0) }
        #expect(whole.count == Self.sound.count)
        for piece in [1, 2, 3, 7, 16, 64, 1000] {
            #expect(try Self.parse(Self.sound.joined(), piece: piece) == whole)
        }
        guard case .request(let first, let body) = whole[0], case .request(let second, _) = whole[1],
            case .request(_, let chunked) = whole[3], case .request(let last, _) = whole[4]
        else { return }
        #expect((first.method, first.target, first.host) == ("POST", "/onvif/device_service", "camera:80"))
        #expect(first.isKeptAlive)
        #expect(String(decoding: body, as: UTF8.self) == "hello")
        #expect(second.method == "GET" && second.host.isEmpty && !second.isKeptAlive)
        #expect(String(decoding: chunked, as: UTF8.self) == "abc0123456789")
        #expect(last.host == "x" && last.authorization == "Digest a" && !last.isKeptAlive)
    }

    @Test func aClientThatAsksBeforeItSendsIsAnsweredOnce() throws {
        let head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
        #expect(try Self.parse(head) == [.expectation])
        var parts = try Self.parse(head + "ab")
        #expect(parts.count == 1, "the body is there already")
        parts = try Self.parse(head + "ab", piece: head.utf8.count)
        #expect(parts.count == 2 && parts[0] == .expectation)
    }

    @Test(arguments: [
        ("\u{0}\u{1}\u{2}\r\n\r\n", 400), ("GET\r\n\r\n", 400), ("GET / HTTP/1.1 \r\n\r\n", 400),
        ("GET  / x HTTP/1.1\r\n\r\n", 400), (" GET / HTTP/1.1\r\n\r\n", 400), ("G(T / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\n\r\n", 505), ("GET / HTTP/2.0\r\n\r\n", 505),
        ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400), ("GET / HTTP/1.1\r\n folded: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nx-sessioncookie: a\r\nX-SessionCookie: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400), ("GET / HTTP/1.1\r\nA: \u{7}\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400), ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: \(HTTPServer.bodyLimit + 1)\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n", 413),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
        (String(repeating: "x", count: HTTPRequestParser.headLimit + 1), 431),
        ("GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: HTTPRequestParser.headLimit) + "\r\n\r\n", 431),
    ])
    func whatIsNoRequestIsRefused(text: String, status: Int) throws {
        for piece in [1, Int.max] {
            do {
                _ = try Self.parse(text, piece: piece)
                Issue.record("\(text.prefix(40)) was read")
            } catch {
                #expect(error.status == status, "\(text.prefix(40))")
            }
        }
    }

    /// Heads that ask for another protocol, with what comes behind them.
    private static let takeovers: [(text: String, kind: HTTPTakeoverKind)] = [
        (TunnelBench.get("a b"), .tunnelDownload(cookie: "a b")),
        (TunnelBench.post("a") + "T1BUSU9O", .tunnelUpload(cookie: "a")),
        (TunnelBench.post("a", "Content-Length: 999999999999\r\n") + "T1BUSU9O", .tunnelUpload(cookie: "a")),
        (TunnelBench.post("a", "Transfer-Encoding: chunked\r\n") + "8\r\nT1BUSU9O\r\n", .tunnelUpload(cookie: "a")),
        (
            WebSocketTests.request() + "x",
            .webSocket(
                HTTPUpgrade(
                    protocols: "websocket", isWanted: true, webSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
                    webSocketVersion: "13", webSocketProtocols: "rtsp.onvif.org"))
        ),
    ]

    @Test(arguments: takeovers.indices)
    func aRequestForAnotherProtocolLeavesWhatIsBehindItsHead(_ index: Int) throws {
        let (text, kind) = Self.takeovers[index]
        var parser = HTTPRequestParser()
        var received = ByteBuffer(string: text)
        guard case .takeover(let head, let found) = try parser.next(&received) else {
            Issue.record("\(text) was taken for HTTP")
            return
        }
        #expect(found == kind)
        #expect(head.isChunked == text.contains("chunked"))
        #expect(text.hasSuffix("\r\n\r\n" + String(buffer: received)))
    }

    @Test func garbageNeverTrapsAndNeverReadsMoreThanItsLimits() {
        var mutator = Mutator(seed: 7)
        let sound = Self.sound + Self.takeovers.map(\.text)
        for round in 0..<8000 {
            let bytes = mutator.mutate(Array(sound[round % sound.count].utf8))
            var (parser, received) = (HTTPRequestParser(), ByteBuffer(bytes: bytes))
            do throws(HTTPRequestError) {
                while let part = try parser.next(&received) {
                    if case .request(_, let body) = part { #expect(body.count <= bytes.count) }
                }
            } catch {
                #expect((400...505).contains(error.status))
            }
        }
    }
}
