import Crypto
import Foundation
import Testing

@testable import Authentication

struct DigestAuthenticationTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let digest = DigestAuthentication(
        realm: "cam", key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)))

    private func nonce(at time: Date) throws -> String {
        let challenge = try #require(digest.challenges([.md5], at: time).first)
        return try #require(DigestFields(challenge)?["nonce"])
    }

    /// RFC 7616 §3.4.1 by hand, independent of the code under test but for the hash.
    private func header(
        nonce: String, uri: String = "/onvif", method: String = "POST", password: String = "pw",
        algorithm: String = "MD5", qop: Bool = true, username: String = "ann"
    ) -> String {
        func hash(_ text: String) -> String {
            let bytes = Array(text.utf8)
            let digest: [UInt8] =
                algorithm == "MD5" ? Array(Insecure.MD5.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
            return digest.map { String(format: "%02x", $0) }.joined()
        }
        let (a1, a2) = (hash("\(username):cam:\(password)"), hash("\(method):\(uri)"))
        let response = qop ? hash("\(a1):\(nonce):00000001:c0:auth:\(a2)") : hash("\(a1):\(nonce):\(a2)")
        return "Digest username=\"\(username)\", realm=\"cam\", nonce=\"\(nonce)\", uri=\"\(uri)\", "
            + "response=\"\(response)\", algorithm=\(algorithm)" + (qop ? ", qop=auth, nc=00000001, cnonce=\"c0\"" : "")
    }

    private func verdict(_ header: String, at time: Date? = nil, target: String = "/onvif")
        -> DigestAuthentication.Verdict
    {
        digest.verify(header, method: "POST", target: target, algorithms: [.md5, .sha256], at: time ?? now) {
            $0 == "ann" ? "pw" : nil
        }
    }

    /// The worked example of RFC 7616 §3.9.1, for the hash chain.
    @Test
    func agreesWithTheExampleOfTheStandard() {
        func md5(_ text: String) -> String { Insecure.MD5.hash(data: Array(text.utf8)).hexadecimal }
        let a1 = md5("Mufasa:http-auth@example.org:Circle of Life"), a2 = md5("GET:/dir/index.html")
        let response = md5(
            "\(a1):7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001:f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth:\(a2)"
        )
        #expect(response == "8ca523f5e9506fed4657c9700eebdbec")
    }

    @Test(arguments: ["MD5", "SHA-256"], [true, false])
    func acceptsRightCredentials(algorithm: String, qop: Bool) throws {
        let header = header(nonce: try nonce(at: now), algorithm: algorithm, qop: qop)
        #expect(verdict(header) == .accepted(username: "ann"))
    }

    @Test
    func acceptsAnAbsoluteURIForTheSameResource() throws {
        let header = header(nonce: try nonce(at: now), uri: "rtsp://host:554/onvif")
        #expect(verdict(header) == .accepted(username: "ann"))
    }

    @Test
    func refusesEverythingElse() throws {
        let nonce = try nonce(at: now)
        #expect(verdict(header(nonce: nonce, password: "pW")) == .refused)
        #expect(verdict(header(nonce: nonce, username: "bob")) == .refused)
        #expect(verdict(header(nonce: nonce, uri: "/other")) == .refused)
        #expect(verdict(header(nonce: nonce, method: "GET")) == .refused)
        #expect(verdict(header(nonce: String(nonce.dropLast()) + "0")) == .refused)
        #expect(verdict(header(nonce: "18f-00")) == .refused)
        #expect(verdict("Basic YW5uOnB3") == .refused)
        #expect(verdict(header(nonce: nonce) + ", nonce=\"again\"") == .refused)
        #expect(verdict("Digest username=\"ann") == .refused)
        #expect(verdict("") == .refused)
    }

    @Test(arguments: [(300.0, false), (301, true), (-300, false), (-301, true)])
    func callsAnOldNonceStale(age: Double, isStale: Bool) throws {
        let header = header(nonce: try nonce(at: now))
        #expect(verdict(header, at: now.addingTimeInterval(age)) == (isStale ? .stale : .accepted(username: "ann")))
    }
}
