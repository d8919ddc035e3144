import CertificateFixtures
import Certificates
import Foundation
import Testing

struct KeyTests {
    @Test(arguments: [KeyAlgorithm.rsa(bits: 2048)] + EllipticCurve.allCases.map(KeyAlgorithm.ec))
    func aMadeKeySignsAndItsPublicHalfVerifies(algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey(generating: algorithm)
        #expect(key.publicKey.algorithm == algorithm)
        let message = Data("message".utf8)
        for signature in SignatureAlgorithm.allCases {
            guard signature.fits(algorithm) else {
                #expect(throws: CertificateError.keySignatureMismatch) {
                    try key.signature(for: message, by: signature)
                }
                continue
            }
            let made = try key.signature(for: message, by: signature)
            #expect(key.publicKey.isValid(made, for: message, by: signature))
            #expect(!key.publicKey.isValid(made, for: message + [0], by: signature))
        }
    }

    @Test func aLengthThatIsNotMadeIsRefused() {
        #expect(throws: CertificateError.unsupportedPublicKey) { try PrivateKey(generating: .rsa(bits: 1024)) }
    }

    @Test func aKeyComesBackFromPKCS8AndFromJSON() throws {
        for algorithm in [KeyAlgorithm.rsa(bits: 2048), .ec(.p521)] {
            let key = try PrivateKey(generating: algorithm)
            #expect(try PrivateKey(pkcs8: key.secretDER) == key)
            #expect(try JSONDecoder().decode(PrivateKey.self, from: JSONEncoder().encode(key)) == key)
            #expect(try PublicKey(der: key.publicKey.der) == key.publicKey)
        }
    }

    @Test func noDescriptionOfAKeyShowsItsSecret() throws {
        let key = try PrivateKey(pkcs8: CertificateFixtures.clientKey)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains(key.secretDER.base64EncodedString()))
            #expect(!text.contains("secretDER") && !text.contains("\(key.secretDER)"))
        }
    }

    @Test func keysOfOpenSSLAreReadPlainAndEncrypted() throws {
        let plain = try PrivateKey(pkcs8: CertificateFixtures.clientKey)
        #expect(plain.publicKey.algorithm == .ec(.p256))
        let encrypted = CertificateFixtures.encryptedClientKey
        #expect(try PrivateKey(pkcs8: encrypted, passphrase: CertificateFixtures.passphrase) == plain)
        #expect(try PrivateKey(pkcs8: CertificateFixtures.authorityKey).publicKey.algorithm == .rsa(bits: 2048))
        #expect(throws: CertificateError.passphraseMissing) { try PrivateKey(pkcs8: encrypted, passphrase: nil) }
        #expect(throws: CertificateError.decryptionFailed) { try PrivateKey(pkcs8: encrypted, passphrase: "wrong") }
        #expect(throws: CertificateError.unsupportedEncryption) {
            try PrivateKey(
                pkcs8: CertificateFixtures.oldEncryptedClientKey, passphrase: CertificateFixtures.passphrase)
        }
        #expect(throws: CertificateError.malformed) { try PrivateKey(pkcs8: CertificateFixtures.client.dropLast()) }
    }
}
