import Authentication
import FakeServer
import Foundation
import NIOCore
import Testing

@testable import Bench

struct LatenciesTests {
    /// Against a sorted list, which is the definition.
    @Test func percentilesAreThoseOfTheSortedListToAThirtySecond() {
        var latencies = Latencies()
        var values: [UInt64] = []
        var state: UInt64 = 1
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            let value = (state >> 33) >> (state % 31)
            values.append(value)
            latencies.record(microseconds: value)
        }
        values.sort()
        for share in [0.0, 0.01, 0.5, 0.95, 0.99, 1.0] {
            let exact = values[max(1, Int((share * 5000).rounded(.up))) - 1]
            let told = latencies.percentile(share)
            #expect(told >= exact && told - exact <= exact / 32, "\(share): \(told) for \(exact)")
        }
        #expect(latencies.maximum == values.last)
        #expect(Latencies().percentile(0.5) == 0)
    }

    @Test func theLongestLatencyHasAPlaceToo() {
        var latencies = Latencies()
        latencies.record(microseconds: .max)
        latencies.record(microseconds: 0)
        #expect(latencies.percentile(0.1) == 0)
        #expect(latencies.count == 2)
    }
}

struct AnswerHeadTests {
    private static func read(_ text: String) -> [Int]? {
        AnswerHead.read(Array(text.utf8).span).map { [$0.status, $0.length] }
    }

    @Test func statusAndWholeLengthAreRead() {
        let head = "HTTP/1.1 200 OK\r\nServer: x\r\nCONTENT-length:  17\r\nA: b\r\n\r\n"
        #expect(Self.read(head) == [200, head.utf8.count + 17])
        #expect(Self.read("HTTP/1.1 200 OK\r\nContent-Le") == nil)
        for strange in [
            "HTTP/1.1 200 OK\r\nA: b\r\n\r\n", "nonsense and more\r\n\r\n", "HTTP/1.1 200\r\nContent-Length: x\r\n\r\n",
        ] {
            #expect(Self.read(strange) == [0, 0], "\(strange)")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct LoadTests {
    private static func plan(_ address: String, _ authentication: BenchAuthentication = .none) throws -> LoadPlan {
        let url = try #require(URLComponents(string: address))
        return LoadPlan(
            host: "127.0.0.1", port: try #require(url.port), path: "/onvif/device_service",
            operation: .getDeviceInformation, authentication: authentication, user: "admin", password: "secret",
            connections: 4, seconds: 0.2)
    }

    @Test func answersAreCountedAndTimed() async throws {
        let result = try await FakeServer.serving({ _ in .soap("<x/>") }) { server in
            try await Self.plan(server.address).run()
        }
        #expect(result.answers >= 4)
        #expect(result.errors == 0 && result.firstError == nil)
        #expect(result.latencies.count == UInt64(result.answers))
        #expect(result.requestsPerSecond > 0)
    }

    @Test func faultsAreErrorsWithTheirReason() async throws {
        let result = try await FakeServer.serving({ _ in .fault("env:Sender", "ter:NotAuthorized", reason: "go away") })
        {
            try await Self.plan($0.address).run()
        }
        #expect(result.answers == 0 && result.errors >= 4)
        #expect(result.firstError?.contains("go away") == true, "\(result.firstError ?? "")")
    }

    @Test func everyTokenIsFreshAndRight() async throws {
        let requests = try await FakeServer.serving({ _ in .soap("<x/>") }) { server in
            _ = try await Self.plan(server.address, .token).run()
            return server.requests
        }
        var checker = UsernameTokenChecker(window: 300)
        for request in requests.prefix(50) {
            func value(_ name: String) throws -> String? {
                let start = try #require(request.body.range(of: "<\(name)( [^>]*)?>", options: .regularExpression))
                return String(request.body[start.upperBound...].prefix { $0 != "<" })
            }
            let (name, password, nonce) = (try value("Username"), try value("Password"), try value("Nonce"))
            let created = try #require(try value("Created"))
            let date = ISO8601DateFormatter().date(from: created)
            let user = try checker.verify(
                username: name, password: password, type: UsernameTokenChecker.digestType, nonce: nonce,
                createdText: created, created: date, at: Date()
            ) { _ in "secret" }
            #expect(user == "admin")
        }
    }

    @Test func aDigestChallengeIsTakenUp() async throws {
        let digest = DigestAuthentication(realm: "bench")
        let result = try await FakeServer.serving({ request in
            let verdict = request.header("Authorization").map {
                digest.verify(
                    $0, method: "POST", target: "/onvif/device_service", algorithms: [.sha256], at: Date()
                ) { _ in "secret" }
            }
            guard case .accepted = verdict else {
                let challenges = digest.challenges([.sha256], at: Date())
                return .response(401, headers: challenges.map { "WWW-Authenticate: \($0)" }, "")
            }
            return .soap("<x/>")
        }) { try await Self.plan($0.address, .digest).run() }
        #expect(result.answers > 0 && result.errors == 0, "\(result.firstError ?? "")")
    }

    @Test func wrongCredentialsEndInErrorsRatherThanInALoop() async throws {
        let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        let result = try await FakeServer.serving({ _ in .response(401, headers: [challenge], "") }) {
            try await Self.plan($0.address, .digest).run()
        }
        #expect(result.answers == 0 && result.firstError?.hasPrefix("HTTP 401") == true)
    }

    @Test func aServerThatIsNotThereIsSaidSo() async throws {
        var plan = try await FakeServer.serving({ _ in .soap("") }) { try Self.plan($0.address) }
        plan.connections = 1
        await #expect(throws: LoadError.self) { try await plan.run() }
    }
}
