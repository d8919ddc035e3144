import Testing

@testable import Authentication

struct DigestChallengeTests {
    /// RFC 7616 §3.9.1, both algorithms.
    @Test(arguments: [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func digestIsThatOfTheStandardsExample(algorithm: String, response: String) throws {
        let header =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=\(algorithm), "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        let challenge = try #require(DigestChallenge.best(of: ["Basic realm=\"x, y\"", header]))
        let authorization = challenge.authorization(
            user: "Mufasa", password: "Circle of Life", method: "GET", uri: "/dir/index.html", count: 1,
            clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        #expect(authorization.contains("response=\"\(response)\""))
        #expect(authorization.contains("nc=00000001"))
    }

    @Test func theStrongestOfSeveralChallengesCounts() {
        let header =
            "Digest realm=\"r\", nonce=\"1\", Basic realm=\"b\", Digest realm=\"r\", nonce=\"2\", "
            + "algorithm=SHA-256, qop=\"auth\""
        #expect(DigestChallenge.challenges(in: header).map(\.nonce) == ["1", "2"])
        #expect(DigestChallenge.best(of: [header])?.nonce == "2")
        #expect(DigestChallenge.best(of: ["Basic realm=\"b\"", "Digest realm=\"r\""]) == nil)
    }
}
