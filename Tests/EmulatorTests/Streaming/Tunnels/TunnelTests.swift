import AV
import Fuzzing
import NIOCore
import RTP
import RTSP
import Testing

@testable import Emulator

/// RTSP over HTTP: a GET and a POST that are one connection.
@Suite(.timeLimit(.minutes(5))) struct TunnelTests {
    private static let setUp = [("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")]

    @Test(arguments: ["1.0", "1.1"])
    func aWholeSessionDecodesAndEndsWithTEARDOWN(_ version: String) async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post, version: version) { client, out async throws in
                #expect(try await client.call("OPTIONS", "*", on: out).status == .ok)
                let describe = try await client.call("DESCRIBE", "http://camera.example:80/live", on: out)
                #expect(describe.headers["Content-Base"] == "http://camera.example:80/live/")
                let (session, _) = try await client.play(on: out)
                #expect(bench.server.sessionCount == 1)
                let result = try await RTSPServerTests.watch(client, bench.clock, pictures: 60)
                #expect(result.decoder.errors == 0)
                #expect(try await client.call("TEARDOWN", nil, [("Session", session)], on: out).status == .ok)
                #expect(bench.server.sessionCount == 0)
            }
            try await bench.until { try await bench.tunnelCount() == 0 }
            // The cookie is free again.
            let next = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", next) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
            }
        }
    }

    @Test func withoutCredentialsATunnelShowsNothing() async throws {
        try await TunnelBench(asks: true).run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
                for method in ["DESCRIBE", "SETUP", "PLAY", "TEARDOWN", "GET_PARAMETER"] {
                    #expect(try await client.call(method, nil, Self.setUp, on: out).status == .unauthorized)
                }
                let admitted = try await client.call("DESCRIBE", nil, [("Authorization", "let me in")], on: out)
                #expect(admitted.status == .ok)
            }
        }
    }

    @Test func aTunnelCarriesItsMediaItself() async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in
                let track = "\(client.url)/trackID=0"
                let datagrams = "RTP/AVP;unicast;client_port=5000-5001"
                let refused = try await client.call("SETUP", track, [("Transport", datagrams)], on: out)
                #expect(refused.status == .unsupportedTransport)
                let either = "\(datagrams),RTP/AVP/TCP;unicast;interleaved=4-5"
                let taken = try await client.call("SETUP", track, [("Transport", either)], on: out)
                #expect(taken.headers["Transport"]?.contains("interleaved=4-5") == true)
            }
        }
    }

    @Test func aPOSTMayEndAndBeFollowedByAnother() async throws {
        try await TunnelBench().run { bench async throws in
            let first = try await bench.connect(TunnelBench.post("a", ""))
            try await bench.withTunnel("a", first) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
                // A request begins in one POST and ends in the next.
                let request = Array(Request("OPTIONS", "*", headers: Headers([("CSeq", "77")])).bytes)
                let head = Base64.encode(Array(request[..<20]))
                try await first.writeAndFlush(ByteBuffer(string: head))
                try await first.close()
                let tail = Base64.encode(Array(request[20...]))
                let second = try await bench.connect(TunnelBench.post("a") + tail)
                guard case .response(let response) = try await client.next() else { return }
                #expect(response.headers["CSeq"] == "77")
                #expect(second.isActive)
            }
        }
    }

    @Test func aChunkedPOSTIsRead() async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(
                TunnelBench.post("a", "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"))
            try await bench.withTunnel("a", post) { client, _ in
                let text = Base64.encode(Request("OPTIONS", "*", headers: Headers([("CSeq", "5")])).bytes)
                let chunks = text.map { "1;x\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
                try await post.writeAndFlush(ByteBuffer(string: chunks))
                guard case .response(let response) = try await client.next() else { return }
                #expect(response.status == .ok)
                // The last chunk ends the POST, not the tunnel.
                try await post.closeFuture.get()
                #expect(try await bench.tunnelCount() == 1)
            }
        }
    }

    @Test func aPOSTThatIsSplitAnywhereSaysTheSame() async throws {
        try await TunnelBench().run { bench async throws in
            let text = TunnelBench.post("a") + "T1BUSU9OUyAqIFJU\r\nU1AvMS4w DQpDU2VxOiA3DQoNCg==\r\n"
            for split in 1..<text.utf8.count {
                let cut = text.utf8.index(text.startIndex, offsetBy: split)
                let post = try await bench.connect(String(text[..<cut]))
                try await bench.withTunnel("a", post) { client, _ in
                    try await post.writeAndFlush(ByteBuffer(string: String(text[cut...])))
                    guard case .response(let response) = try await client.next() else { return }
                    #expect(response.headers["CSeq"] == "7", "split at \(split)")
                }
                try? await post.close()
                try await bench.until { try await bench.tunnelCount() == 0 }
            }
        }
    }

    /// Whatever comes, the server goes on, and nothing of it stays.
    @Test func mutatedTunnelsHarmNobody() async throws {
        try await TunnelBench().run { bench async throws in
            var mutator = Mutator(seed: 14)
            let body = Base64.encode(Request("OPTIONS", "*", headers: Headers([("CSeq", "5")])).bytes)
            let chunked = TunnelBench.post("b", "Transfer-Encoding: chunked\r\n") + "8\r\nT1BUSU9O\r\n0\r\n\r\n"
            let sound = [TunnelBench.get("a"), TunnelBench.post("a") + body + "\r\n" + body, chunked]
            try await RTSPTestClient.with(port: bench.server.port) { client, out async throws in
                for round in 0..<600 {
                    let bytes = mutator.mutate(Array(sound[round % sound.count].utf8))
                    let channel = try await bench.connect("")
                    try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
                    if round % 3 == 2 { try? await channel.close() }
                    if round % 50 == 0 { #expect(try await client.call("OPTIONS", on: out).status == .ok) }
                }
                bench.clock.advance(by: .nanoseconds(TunnelDesk.halfOpenTime + RTSPServer.connectionTimeout))
                try await bench.until { try await bench.tunnelCount() == 0 }
            }
        }
    }

    // MARK: Ends

    @Test(arguments: [true, false])
    func whicheverHalfBreaksFreesTheSession(_ isDownload: Bool) async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in
                _ = try await client.play(on: out)
                #expect(bench.server.sessionCount == 1)
                if isDownload {
                    try await client.breakOff()
                } else {
                    try await post.breakOff()
                }
                try await bench.until { bench.server.sessionCount == 0 }
                try await bench.until { try await bench.tunnelCount() == 0 }
                if isDownload { try await post.closeFuture.get() } else { _ = try await client.drain() }
            }
        }
    }

    @Test func garbageInAPOSTEndsItsTunnelAndNoOther() async throws {
        try await TunnelBench().run { bench async throws in
            let sound = try await bench.connect(TunnelBench.post("sound"))
            try await bench.withTunnel("sound", sound) { client, out async throws in
                let post = try await bench.connect(TunnelBench.post("a"))
                try await bench.withTunnel("a", post) { broken, brokenOut in
                    _ = try await broken.play(on: brokenOut)
                    try await post.writeAndFlush(ByteBuffer(string: "!"))
                    _ = try await broken.drain()
                    #expect(bench.server.sessionCount == 0)
                }
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
            }
        }
    }

    @Test func aReaderThatDoesNotReadIsClosed() async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { slow, slowOut in
                let (slowSession, _) = try await slow.play(on: slowOut)
                try await RTSPTestClient.with(port: bench.server.port) { client, out async throws in
                    let (session, _) = try await client.play(on: out)
                    for _ in 0..<600 where bench.server.sessionCount == 2 {
                        let result = try await RTSPServerTests.watch(client, bench.clock, pictures: 25)
                        #expect(result.decoder.errors == 0)
                        for id in [session, slowSession] {
                            _ = try await client.call("GET_PARAMETER", nil, [("Session", id)], on: out)
                        }
                    }
                    #expect(bench.server.sessionCount == 1)
                }
                try await bench.until { try await bench.tunnelCount() == 0 }
            }
        }
    }

    // MARK: Half-open

    @Test(arguments: [TunnelBench.get("a"), TunnelBench.post("a"), TunnelBench.post("a") + "T1BUSU9O"])
    func aHalfWithoutTheOtherIsClosedInTime(_ half: String) async throws {
        try await TunnelBench().run { bench async throws in
            let channel = try await bench.connect(half)
            try await bench.until { try await bench.tunnelCount() == 1 }
            bench.clock.advance(by: .nanoseconds(TunnelDesk.halfOpenTime + 1))
            try await channel.closeFuture.get()
            #expect(try await bench.tunnelCount() == 0)
        }
    }

    @Test func aTunnelWithoutSessionIsClosedInTime() async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
                bench.clock.advance(by: .nanoseconds(RTSPServer.connectionTimeout + 1))
                #expect(try await client.drain() == [])
                try await post.closeFuture.get()
            }
        }
    }

    @Test func halvesBeyondTheLimitAreRefused() async throws {
        try await TunnelBench().run { bench async throws in
            for number in 0..<TunnelDesk.halfOpenLimit { _ = try await bench.connect(TunnelBench.post("\(number)")) }
            try await bench.until { try await bench.tunnelCount() == TunnelDesk.halfOpenLimit }
            for head in [TunnelBench.get("x"), TunnelBench.post("x")] {
                #expect(try await bench.answer(to: head).contains(" 503 "))
            }
            // Those that are complete do not count.
            let post = try await bench.connect(TunnelBench.post("0"))
            try await bench.withTunnel("0", post) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
            }
        }
    }

    @Test func aPOSTThatNobodyWaitsForIsHeldToALimit() async throws {
        try await TunnelBench().run { bench async throws in
            let text = String(repeating: "AAAA", count: TunnelUpload.heldLimit / 3 + 1)
            #expect(try await bench.answer(to: TunnelBench.post("a") + text) == "")
            #expect(try await bench.tunnelCount() == 0)
        }
    }

    @Test func oneCookieIsOneTunnel() async throws {
        try await TunnelBench().run { bench async throws in
            let post = try await bench.connect(TunnelBench.post("a"))
            try await bench.withTunnel("a", post) { client, out async throws in
                #expect(try await client.call("OPTIONS", on: out).status == .ok)
                #expect(try await bench.answer(to: TunnelBench.get("a")).contains(" 409 "))
                // A further POST takes the place of the first.
                let second = try await bench.connect(TunnelBench.post("a"))
                try await post.closeFuture.get()
                let request = Request("OPTIONS", "*", headers: Headers([("CSeq", "9")]))
                try await second.writeAndFlush(ByteBuffer(string: Base64.encode(request.bytes)))
                guard case .response(let response) = try await client.next() else { return }
                #expect(response.headers["CSeq"] == "9")
            }
        }
    }

    @Test(arguments: ["", String(repeating: "a", count: TunnelDesk.cookieLimit + 1)])
    func aCookieHasALength(_ cookie: String) async throws {
        try await TunnelBench().run { bench async throws in
            #expect(try await bench.answer(to: TunnelBench.get(cookie)).contains(" 400 "))
            #expect(try await bench.answer(to: TunnelBench.post(cookie)).contains(" 400 "))
        }
    }

    @Test func otherRequestsStayHTTP() async throws {
        try await TunnelBench().run { bench async throws in
            let post = "POST /a HTTP/1.0\r\nx-sessioncookie: a\r\nContent-Type: application/soap+xml\r\n\r\n"
            #expect(try await bench.answer(to: post).contains(" 200 OK"))
            #expect(try await bench.answer(to: "GET /a HTTP/1.0\r\nConnection: upgrade\r\n\r\n").contains(" 200 OK"))
        }
    }
}
