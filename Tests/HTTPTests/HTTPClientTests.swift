import FakeServer
import Glibc
import HTTP
import Testing

struct HTTPClientTests {
    private let client = HTTPClient(threadLimit: 2)

    private func outcome(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) { return .success(try await client.perform(request)) } catch { return .failure(error) }
    }

    @Test func sendsMethodHeadersAndBodyAndKeepsTheHeadersInOrder() async throws {
        try await FakeServer.serving { _ in
            .response(201, headers: ["X-A: 1", "x-b:2", "X-A: 3"], "hello")
        } _: { server in
            let response = try await client.perform(
                HTTPRequest(
                    method: "POST", url: server.address + "/path?q=1", headers: [HTTPHeader("Content-Type", "text/x")],
                    body: Array("asked".utf8)))
            #expect(response.status == 201)
            #expect(response.body == Array("hello".utf8))
            #expect(response.headers.map(\.name) == ["Content-Length", "X-A", "x-b", "X-A"])
            #expect(response.values(of: "x-a") == ["1", "3"])
            let request = try #require(server.requests.first)
            #expect(request.requestLine == "POST /path?q=1 HTTP/1.1")
            #expect(request.header("content-type") == "text/x")
            #expect(request.header("expect") == nil)
            #expect(request.body == "asked")
        }
    }

    @Test func doesNotFollowRedirects() async throws {
        try await FakeServer.serving { _ in
            .response(302, headers: ["Location: http://127.0.0.1:1/"], "")
        } _: {
            let status302 = try await client.perform(HTTPRequest(url: $0.address)).status
            #expect(status302 == 302)
        }
    }

    @Test func sendsCredentialsOnlyWhenAsked() async throws {
        try await FakeServer.serving {
            $0.header("authorization") == nil ? .response(401, "") : .response(200, "")
        } _: {
            let status401 = try await client.perform(HTTPRequest(url: $0.address)).status
            #expect(status401 == 401)
            let credentials = HTTPCredentials(scheme: .basic, user: "a", password: "b")
            let status200 = try await client.perform(HTTPRequest(url: $0.address, credentials: credentials)).status
            #expect(status200 == 200)
            let again = try await client.perform(HTTPRequest(url: $0.address)).status
            #expect(again == 401)
            // "a:b" in base64 (RFC 4648 §4, by hand).
            #expect($0.requests[1].header("authorization") == "Basic YTpi")
        }
    }

    @Test func answersADigestChallenge() async throws {
        let challenge = #"WWW-Authenticate: Digest realm="r", nonce="n", qop="auth""#
        try await FakeServer.serving {
            $0.header("authorization")?.hasPrefix("Digest ") == true
                ? .response(200, "in") : .response(401, headers: [challenge], "out")
        } _: {
            let credentials = HTTPCredentials(scheme: .digest, user: "a", password: "b")
            let response = try await client.perform(
                HTTPRequest(method: "POST", url: $0.address, body: [1], credentials: credentials))
            #expect(response.body == Array("in".utf8))
        }
    }

    @Test(arguments: [(10, true), (9, false)])
    func boundsTheBody(limit: Int, isTaken: Bool) async throws {
        try await FakeServer.serving { _ in
            .response(200, "0123456789")
        } _: {
            let result = await outcome(HTTPRequest(url: $0.address, bodyLimitBytes: limit))
            if isTaken {
                let response = try result.get()
                #expect(response.body.count == 10)
            } else {
                #expect(throws: HTTPError.tooLarge(limitBytes: 9)) { try result.get() }
            }
        }
    }

    @Test func endsAGigabyteAtTheLimit() async throws {
        try await FakeServer.serving { _ in
            .body(bytes: 1 << 30)
        } _: {
            let result = await outcome(HTTPRequest(url: $0.address, bodyLimitBytes: 1 << 20))
            #expect(throws: HTTPError.tooLarge(limitBytes: 1 << 20)) { try result.get() }
        }
    }

    @Test func boundsTheHeaders() async throws {
        let long = "X-Long: " + String(repeating: "x", count: 70_000)
        try await FakeServer.serving { _ in
            .response(200, headers: [long], "")
        } _: {
            let result = await outcome(HTTPRequest(url: $0.address))
            #expect(throws: HTTPError.malformedResponse(reason: "its headers are larger than 65536 bytes")) {
                try result.get()
            }
        }
    }

    @Test func aHangingPeerTimesOut() async throws {
        try await FakeServer.serving { _ in
            .hang
        } _: { server in
            let result = await outcome(HTTPRequest(url: server.address, totalTimeout: .milliseconds(50)))
            guard case .failure(.timedOut(let authority, .milliseconds(50))) = result else {
                Issue.record("\(result)")
                return
            }
            #expect("http://" + authority == server.address)
        }
    }

    @Test(arguments: [
        ("", HTTPError.closedEarly(receivedBytes: 0)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", HTTPError.closedEarly(receivedBytes: 2)),
    ])
    func tellsAnEarlyClose(bytes: String, error: HTTPError) async throws {
        try await FakeServer.serving { _ in
            .closing(bytes)
        } _: {
            let result = await outcome(HTTPRequest(url: $0.address))
            #expect(throws: error) { try result.get() }
        }
    }

    @Test func tellsGarbage() async throws {
        try await FakeServer.serving { _ in
            .closing("garbage\r\n\r\n")
        } _: {
            guard case .failure(.malformedResponse) = await outcome(HTTPRequest(url: $0.address)) else {
                Issue.record("garbage was taken for HTTP")
                return
            }
        }
    }

    @Test func tellsARefusedConnection() async throws {
        // Bound, so that nobody else gets the port, but nobody listens.
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        #expect(isBound)
        let address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
        let result = await outcome(HTTPRequest(url: address))
        #expect(throws: HTTPError.cannotConnect(authority: String(address.dropFirst(7)))) { try result.get() }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://h/", "h", "http://", "http://user@", "https:///x"])
    func takesOnlyHTTPAddresses(url: String) async {
        guard case .failure(.invalidURL) = await outcome(HTTPRequest(url: url)) else {
            Issue.record("\(url) was taken")
            return
        }
    }

    @Test func errorsHoldNoPassword() async {
        guard case .failure(let error) = await outcome(HTTPRequest(url: "ftp://user:secret@h/?password=secret")) else {
            Issue.record("the address was taken")
            return
        }
        #expect(!"\(error)".contains("secret"))
    }

    @Test func aCancelledTaskEndsItsTransfer() async throws {
        try await FakeServer.serving { _ in
            .hang
        } _: { server in
            let task = Task { await outcome(HTTPRequest(url: server.address, totalTimeout: .seconds(60))) }
            task.cancel()
            let result = await task.value
            #expect(throws: HTTPError.cancelled) { try result.get() }
        }
    }

    @Test func moreRequestsThanThreadsAllComeBack() async throws {
        try await FakeServer.serving {
            .response(200, $0.requestLine)
        } _: { server in
            let bodies = await withTaskGroup(of: [UInt8]?.self) { group in
                for number in 0..<20 {
                    group.addTask { try? await client.perform(HTTPRequest(url: server.address + "/\(number)")).body }
                }
                return await group.reduce(into: Set<[UInt8]?>()) { $0.insert($1) }
            }
            #expect(bodies == Set((0..<20).map { Array("GET /\($0) HTTP/1.1".utf8) }))
        }
    }
}
