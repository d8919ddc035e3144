import Foundation
import Testing

@testable import Authentication

struct UsernameTokenTests {
    private let now = Date(timeIntervalSince1970: 1_300_000_000)
    private let nonce = Data("0123456789abcdef".utf8).base64EncodedString()
    private let created = "2011-03-13T07:06:40Z"

    private func verify(
        _ checker: inout UsernameTokenChecker, digest: String? = nil, username: String? = "ann",
        type: String? = UsernameTokenChecker.digestType, nonce: String?, created: String?, skew: Double = 0
    ) -> Result<String, UsernameTokenChecker.Refusal> {
        let bytes = nonce.flatMap { Data(base64Encoded: $0) } ?? Data()
        let digest = digest ?? UsernameTokenChecker.digest(nonce: Array(bytes), created: created ?? "", password: "pw")
        do {
            return .success(
                try checker.verify(
                    username: username, password: digest, type: type, nonce: nonce, createdText: created,
                    created: created == nil ? nil : now.addingTimeInterval(skew), at: now
                ) { $0 == "ann" ? "pw" : nil })
        } catch {
            return .failure(error)
        }
    }

    /// The worked example that the ONVIF Application Programmer's Guide §6.1.1.3 gives for user, nonce and date.
    @Test
    func computesTheDigestOfTheProgrammersGuide() throws {
        let nonce = try #require(Data(base64Encoded: "LKqI6G/AikKCQrN0zqZFlg=="))
        let digest = UsernameTokenChecker.digest(
            nonce: Array(nonce), created: "2010-09-16T07:50:45Z", password: "userpassword")
        #expect(digest == "tuOSpGlFlIXsozq4HFNeeGeFLEI=")
    }

    @Test
    func acceptsATokenOnceAndRefusesItsReplay() {
        var checker = UsernameTokenChecker(window: 10)
        #expect(verify(&checker, nonce: nonce, created: created) == .success("ann"))
        #expect(verify(&checker, nonce: nonce, created: created) == .failure(.replayed))
        #expect(verify(&checker, nonce: nonce, created: created + " ") == .success("ann"))
    }

    @Test
    func refusesWhatTheProfileForbids() {
        var checker = UsernameTokenChecker(window: 10)
        #expect(verify(&checker, nonce: nil, created: created) == .failure(.noNonce))
        #expect(verify(&checker, nonce: "", created: created) == .failure(.noNonce))
        #expect(verify(&checker, nonce: nonce, created: nil) == .failure(.noCreated))
        #expect(verify(&checker, type: nil, nonce: nonce, created: created) == .failure(.noDigest))
        #expect(verify(&checker, type: "#PasswordText", nonce: nonce, created: created) == .failure(.noDigest))
        #expect(verify(&checker, digest: "pw", nonce: nonce, created: created) == .failure(.wrongCredentials))
        #expect(verify(&checker, username: "bob", nonce: nonce, created: created) == .failure(.wrongCredentials))
    }

    @Test(arguments: [(10.0, true), (10.1, false), (-10, true), (-10.1, false)])
    func keepsTheClockWindow(skew: Double, isAccepted: Bool) {
        var checker = UsernameTokenChecker(window: 10)
        let result = verify(&checker, nonce: nonce, created: created, skew: skew)
        #expect(result == (isAccepted ? .success("ann") : .failure(.outsideWindow)))
    }

    @Test
    func aRefusedTokenDoesNotUseUpItsNonce() {
        var checker = UsernameTokenChecker(window: 10)
        #expect(verify(&checker, digest: "x", nonce: nonce, created: created) == .failure(.wrongCredentials))
        #expect(verify(&checker, nonce: nonce, created: created) == .success("ann"))
    }
}
