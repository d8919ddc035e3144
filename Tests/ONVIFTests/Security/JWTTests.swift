import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// JSON Web Tokens: whom the device takes them from, and what they allow.
struct JWTTests {
    private var bench = SecurityBench { $0.jsonWebTokens = true }
    private let signer: PrivateKey
    private let key: String

    init() throws {
        signer = try PrivateKey(generating: .rsa(bits: 2048))
        var bench = bench
        key = try bench.id("KeyID", of: "UploadKeyPairInPKCS8", SecurityBench.der("KeyPair", signer.secretDER))
        self.bench = bench
    }

    private static func configuration(_ content: String, audiences: String = "camera") -> String {
        "<tas:Configuration><tas:Audiences>\(audiences)</tas:Audiences>\(content)</tas:Configuration>"
    }

    private static func base64URL(_ data: Data) -> String {
        String(data.base64EncodedString().compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }

    private func token(
        _ change: (inout [String: Any]) -> Void = { _ in }, header: String = #"{"alg":"RS256","typ":"JWT"}"#
    ) throws -> String {
        let now = bench.camera.now.timeIntervalSince1970
        var claims: [String: Any] = [
            "iss": "https://issuer.example", "aud": ["camera"], "nbf": now - 10, "exp": now + 10,
            "roles": ["onvif:Operator"],
        ]
        change(&claims)
        let payload = try JSONSerialization.data(withJSONObject: claims)
        let signed = Self.base64URL(Data(header.utf8)) + "." + Self.base64URL(payload)
        return signed + "." + Self.base64URL(try signer.signature(for: Data(signed.utf8), by: .sha256WithRSA))
    }

    private func decide(
        _ token: String, _ access: AccessClass = .readMedia
    ) -> DeviceState.TLSDecision? {
        bench.camera.device.decideByTLS(
            access, clientName: nil, authorization: "Bearer " + token, now: bench.camera.now)
    }

    private static let refused = DeviceState.TLSDecision.challenge(
        "Bearer realm=\"glasseye\", error=\"invalid_token\"")

    @Test mutating func aSignedTokenGivesTheLevelOfItsRole() throws {
        #expect(decide(try token()) == nil, "not enabled without a key")
        try bench.call("SetJWTConfiguration", Self.configuration("<tas:KeyID>\(key)</tas:KeyID>"))
        guard case .allowed(let user)? = decide(try token()) else {
            Issue.record("the token is refused")
            return
        }
        #expect(user.level == .operator)
        #expect(decide(try token(), .writeSystem) == .forbidden)
        #expect(
            try bench.refusal("DeleteKey", "<tas:KeyID>\(key)</tas:KeyID>") == ["InvalidArgVal", "ReferenceExists"])
    }

    @Test mutating func aTokenThatDoesNotFitIsRefused() throws {
        try bench.call(
            "SetJWTConfiguration",
            Self.configuration(
                "<tas:TrustedIssuers>https://issuer.example/.well-known/openid-configuration</tas:TrustedIssuers>"
                    + "<tas:KeyID>\(key)</tas:KeyID><tas:CustomClaims><tas:Name>site</tas:Name>"
                    + "<tas:SupportedValues>north south</tas:SupportedValues></tas:CustomClaims>"))
        let now = bench.camera.now.timeIntervalSince1970
        #expect(decide(try token { $0["site"] = "south" }) != Self.refused)
        let changes: [(inout [String: Any]) -> Void] = [
            { _ in }, { $0["site"] = "west" },
            {
                $0["site"] = "south"; $0["exp"] = now
            },
            {
                $0["site"] = "south"; $0["nbf"] = now + 1
            },
            {
                $0["site"] = "south"; $0["exp"] = nil
            },
            {
                $0["site"] = "south"; $0["aud"] = "recorder"
            },
            {
                $0["site"] = "south"; $0["iss"] = "https://x.example"
            },
            {
                $0["site"] = "south"; $0["roles"] = []
            },
            {
                $0["site"] = "south"; $0["roles"] = "Emperor"
            },
        ]
        for change in changes { #expect(decide(try token(change)) == Self.refused) }
        let good = try token { $0["site"] = "south" }
        #expect(decide(String(good.dropLast(4)) + "AAAA") == Self.refused)
        for header in [#"{"alg":"none","typ":"JWT"}"#, #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"RS256"}"#] {
            #expect(decide(try token({ $0["site"] = "south" }, header: header)) == Self.refused)
        }
        for text in ["", "a.b", "a.b.c", "..", String(repeating: "x", count: 10_000)] {
            #expect(decide(text) == Self.refused)
        }
    }

    @Test func theTokenOfRFC7515IsVerifiedByES256() throws {
        // RFC 7515 annex A.3: the public key of the example, its signing input and its signature.
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        func data(_ text: String) throws -> Data {
            let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
            return try #require(Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)))
        }
        // SubjectPublicKeyInfo of a point on P-256 (RFC 5480 §2).
        let head = try #require(Data(base64Encoded: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"))
        let publicKey = try PublicKey(der: head + data(x) + data(y))
        let signed =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = try data(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
        #expect(publicKey.isValidES256(signature, for: Data(signed.utf8)))
        #expect(!publicKey.isValidES256(signature, for: Data(signed.dropLast().utf8)))
    }

    @Test mutating func theConfigurationIsKeptWithinItsBounds() throws {
        try bench.call(
            "SetJWTConfiguration", Self.configuration("<tas:KeyID>\(key)</tas:KeyID>", audiences: "camera all"))
        let shown = try bench.call("GetJWTConfiguration").at("Configuration")
        #expect(try shown.at("Audiences").text == "camera all")
        #expect(try shown.at("KeyID").text == key)
        let many = (0...16).map { "a\($0)" }.joined(separator: " ")
        let issuers = (0...4).map { "<tas:TrustedIssuers>https://i\($0).example</tas:TrustedIssuers>" }.joined()
        for (request, subcode) in [
            (Self.configuration("", audiences: many), "TooManyAudiences"),
            (Self.configuration(issuers), "MaxIssuersExceeded"),
            (Self.configuration("<tas:KeyID>x</tas:KeyID>"), "KeyID"),
            (Self.configuration("<tas:ValidationPolicy>x</tas:ValidationPolicy>"), "CertPathValidationPolicyID"),
        ] {
            #expect(try bench.refusal("SetJWTConfiguration", request) == ["InvalidArgVal", subcode])
        }
    }
}
