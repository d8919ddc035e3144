import Fuzzing
import SRTP
import Testing

struct CryptoAttributeTests {
    /// The example of RFC 4568 §4.1, with an identifier.
    private static let example =
        "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:32"

    @Test func theExampleIsRead() throws {
        let attribute = try CryptoAttribute(parsing: Self.example)
        #expect(attribute.tag == 1)
        let key = try #require(attribute.keys.first)
        #expect(key.suite == .aesCM128HMACSHA1Tag80)
        // `base64 -d` of the value: 16 bytes of key, 14 of salt.
        #expect(key.key == Array("=-n@%^x!Bjufr9)?".utf8))
        #expect(key.salt == Array(",#5h\\`=&]{qiPQ".utf8))
        #expect(key.identifier == [UInt8](repeating: 0, count: 31) + [1])
    }

    @Test(arguments: SRTPSuite.allCases, [[], [0, 0, 1, 0]])
    func whatIsWrittenIsRead(_ suite: SRTPSuite, _ identifier: [UInt8]) throws {
        var mutator = Mutator(seed: 4)
        let attribute = CryptoAttribute(
            tag: 3, keys: [.random(suite: suite, identifier: identifier, using: &mutator)])
        #expect(try CryptoAttribute(parsing: attribute.text) == attribute)
    }

    @Test func whatChangesThePacketsIsRefused() {
        #expect(throws: CryptoAttribute.ParseError.unsupportedParameter("UNENCRYPTED_SRTP")) {
            try CryptoAttribute(parsing: Self.example + " UNENCRYPTED_SRTP")
        }
        #expect(throws: Never.self) { try CryptoAttribute(parsing: Self.example + " WSH=64") }
        #expect(throws: CryptoAttribute.ParseError.unknownSuite("F8_128_HMAC_SHA1_80")) {
            try CryptoAttribute(parsing: "1 F8_128_HMAC_SHA1_80 inline:AA")
        }
    }

    @Test(arguments: [
        "", "1", "1 AES_CM_128_HMAC_SHA1_80", "x AES_CM_128_HMAC_SHA1_80 inline:AAAA",
        "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA", "1 AES_CM_128_HMAC_SHA1_80 uri:x", "1 AES_CM_128_HMAC_SHA1_80 inline:",
        "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|1:999",
        "9999999999 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR",
    ])
    func malformedValuesAreRefused(_ text: String) {
        #expect(throws: CryptoAttribute.ParseError.self) { try CryptoAttribute(parsing: text) }
    }

    @Test func garbageIsReadOrRefused() {
        var mutator = Mutator(seed: 12)
        for _ in 0..<5000 {
            let bytes = mutator.mutate(Array(Self.example.utf8))
            _ = try? CryptoAttribute(parsing: String(decoding: bytes, as: UTF8.self))
        }
    }
}
