import CertificateFixtures
import Certificates
import Foundation
import Testing

struct CertificateTests {
    private static let key = Result { try PrivateKey(generating: .ec(.p256)) }
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func name(_ commonName: String) throws -> Name {
        try Name([
            [.init(type: "2.5.4.6", value: "DE")], [.init(type: "2.5.4.10", value: "Glasseye")],
            [.init(type: "2.5.4.3", value: commonName)],
        ])
    }

    private static func contents(
        _ commonName: String, extensions: [CertificateExtension] = []
    ) throws -> X509Certificate.Contents {
        X509Certificate.Contents(
            subject: try name(commonName), notBefore: now - 60, notAfter: now + 60, serialNumber: [1, 2],
            extensions: extensions)
    }

    @Test func aSelfSignedCertificateSaysWhatItWasToldAndIsSignedByItsKey() throws {
        let key = try Self.key.get()
        let made = try X509Certificate(
            selfSigned: Self.contents("camera", extensions: [try .host("192.0.2.1")]), key: key,
            algorithm: .ecdsaWithSHA384)
        let read = try X509Certificate(der: made.der)
        #expect(read == made)
        #expect(read.subject.description == "CN=camera,O=Glasseye,C=DE")
        #expect(read.issuer == read.subject)
        #expect(read.notBefore == Self.now - 60)
        #expect(read.notAfter == Self.now + 60)
        #expect(read.serialNumber == "0102")
        #expect(read.signatureAlgorithm == .ecdsaWithSHA384)
        #expect(read.publicKey == key.publicKey)
        #expect(read.isSigned(by: key.publicKey))
        #expect(!read.isSigned(by: try PrivateKey(generating: .ec(.p256)).publicKey))
        #expect(try JSONDecoder().decode(X509Certificate.self, from: JSONEncoder().encode(read)) == read)
    }

    @Test func certificatesOfOpenSSLAreReadOrRefusedForWhatTheyAre() throws {
        let client = try X509Certificate(der: CertificateFixtures.client)
        #expect(client.subject.commonNames == ["operator"])
        #expect(client.serialNumber == "7C2E894E0E62E11245BBBBF482031CCAA321F2E8")
        #expect(client.isForTLSClients)
        let authority = try X509Certificate(der: CertificateFixtures.authority)
        #expect(!authority.isForTLSClients)
        #expect(authority.keyUsage?.text == "keyCertSign, cRLSign")
        #expect(authority.keyUsage?.isCritical == true)
        #expect(client.isSigned(by: authority.publicKey))
        #expect(throws: CertificateError.unsupportedSignatureAlgorithm) {
            try X509Certificate(der: CertificateFixtures.pssCertificate)
        }
        #expect(throws: CertificateError.unsupportedPublicKey) {
            try X509Certificate(der: CertificateFixtures.edwardsCertificate)
        }
        #expect(throws: CertificateError.malformed) { try X509Certificate(der: CertificateFixtures.clientKey) }
    }

    @Test func aRequestCarriesSubjectKeyAndExtensions() throws {
        let key = try Self.key.get()
        let request = try CertificationRequest(
            subject: Self.name("camera"), key: key, algorithm: .ecdsaWithSHA256, extensions: [.host("camera.example")])
        let read = try CertificationRequest(der: request.der)
        #expect(try read.subject == Self.name("camera"))
        #expect(read.publicKey == key.publicKey)
        var tampered = request.der
        tampered[tampered.count - 3] ^= 1
        #expect(throws: CertificateError.malformed) { try CertificationRequest(der: tampered) }
        #expect(throws: CertificateError.keySignatureMismatch) {
            try CertificationRequest(subject: Self.name("camera"), key: key, algorithm: .sha256WithRSA)
        }
    }

    @Test(arguments: [
        [], [Name.Attribute(type: "2.5.4.6", value: "Germany")], [Name.Attribute(type: "2.5.4.3", value: "")],
        [Name.Attribute(type: "no identifier", value: "x")], [Name.Attribute(type: "2.5.4.3", value: "#0C0")],
        [Name.Attribute(type: "2.5.4.3", value: String(repeating: "x", count: 257))],
    ])
    func aNameThatItsTypesCannotHoldIsRefused(attributes: [Name.Attribute]) {
        #expect(throws: CertificateError.invalidName) { try Name([attributes]) }
    }

    @Test func aValueInHexadecimalKeepsItsEncoding() throws {
        // RFC 4514 §2.4: UTF8String "Lu".
        let name = try Name([[.init(type: "2.5.4.3", value: "#0C024C75")]])
        #expect(name.commonNames == ["Lu"])
    }

    // MARK: Containers

    @Test func aContainerOfOpenSSLIsOpenedByItsPassphraseAlone() throws {
        let secret = CertificateFixtures.passphrase
        let opened = try PKCS12(der: CertificateFixtures.container, integrity: secret, encryption: secret)
        #expect(opened.certificates == [CertificateFixtures.client, CertificateFixtures.authority])
        #expect(try opened.privateKey == PrivateKey(pkcs8: CertificateFixtures.clientKey))
        #expect(opened.hasIntegrity)
        #expect(throws: CertificateError.integrityFailed) {
            try PKCS12(der: CertificateFixtures.container, integrity: "wrong", encryption: secret)
        }
        #expect(throws: CertificateError.decryptionFailed) {
            try PKCS12(der: CertificateFixtures.container, integrity: secret, encryption: "wrong")
        }
        #expect(throws: CertificateError.passphraseMissing) {
            try PKCS12(der: CertificateFixtures.container, integrity: nil, encryption: nil)
        }
        #expect(throws: CertificateError.unsupportedEncryption) {
            try PKCS12(der: CertificateFixtures.oldContainer, integrity: secret, encryption: secret)
        }
    }

    // MARK: Validation

    private static let valid = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func aPathToATrustAnchorIsValidInItsTimeAndUnlessRevoked() async throws {
        let authority = try X509Certificate(der: CertificateFixtures.authority)
        var validator = PathValidator(trustAnchors: [authority], requiresClientUsage: true)
        let chain = [CertificateFixtures.client]
        #expect(await validator.validate(chain, at: Self.valid)?.subject.commonNames == ["operator"])
        #expect(await validator.validate(chain, at: Date(timeIntervalSince1970: 5_000_000_000)) == nil)
        #expect(await validator.validate([], at: Self.valid) == nil)
        #expect(await validator.validate([CertificateFixtures.clientKey], at: Self.valid) == nil)
        validator.revocationLists = [try RevocationList(der: CertificateFixtures.emptyList)]
        #expect(await validator.validate(chain, at: Self.valid) != nil)
        validator.revocationLists.append(try RevocationList(der: CertificateFixtures.revokingList))
        #expect(await validator.validate(chain, at: Self.valid) == nil)
        validator.revocationLists = []
        validator.trustAnchors = [
            try X509Certificate(selfSigned: Self.contents("other"), key: Self.key.get(), algorithm: .ecdsaWithSHA256)
        ]
        #expect(await validator.validate(chain, at: Self.valid) == nil)
    }

    @Test func theUsageOfTLSClientsIsAskedForOnlyIfThePolicySaysSo() async throws {
        let key = try Self.key.get()
        let authority = try X509Certificate(
            selfSigned: Self.contents("authority", extensions: [.authority(true)]), key: key,
            algorithm: .ecdsaWithSHA256)
        let leafKey = try PrivateKey(generating: .ec(.p256))
        func leaf(_ extensions: [CertificateExtension]) throws -> Data {
            try X509Certificate(
                Self.contents("client", extensions: extensions), key: leafKey.publicKey, issuer: authority.subject, key,
                .ecdsaWithSHA256
            ).der
        }
        for (requires, hasUsage) in [(false, false), (false, true), (true, false), (true, true)] {
            let validator = PathValidator(trustAnchors: [authority], requiresClientUsage: requires)
            let chain = [try leaf(hasUsage ? [.clientAuthentication()] : [])]
            #expect(await (validator.validate(chain, at: Self.now) != nil) == (hasUsage || !requires))
        }
    }

    @Test func aRevocationListOfSomebodyElseRevokesNothing() throws {
        let list = try RevocationList(der: CertificateFixtures.revokingList)
        let client = try X509Certificate(der: CertificateFixtures.client)
        let authority = try X509Certificate(der: CertificateFixtures.authority)
        #expect(list.revokes(client, issuedBy: authority.publicKey))
        #expect(!list.revokes(client, issuedBy: try Self.key.get().publicKey))
        #expect(!list.revokes(authority, issuedBy: authority.publicKey))
        #expect(throws: CertificateError.malformed) { try RevocationList(der: CertificateFixtures.authority) }
    }

    // MARK: Garbage

    @Test(arguments: [
        CertificateFixtures.client, CertificateFixtures.encryptedClientKey, CertificateFixtures.container,
        CertificateFixtures.revokingList,
    ])
    func mutilatedBytesAreRefusedAndNeverCrash(seed: Data) {
        for index in 0..<seed.count {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var bytes = seed
                bytes[index] ^= change
                Self.readAll(bytes)
            }
            Self.readAll(seed.prefix(index))
        }
    }

    private static func readAll(_ bytes: Data) {
        _ = try? X509Certificate(der: bytes)
        _ = try? PrivateKey(pkcs8: bytes)
        _ = try? RevocationList(der: bytes)
        _ = try? CertificationRequest(der: bytes)
        _ = try? PKCS12(der: bytes, integrity: nil, encryption: nil)
    }
}
