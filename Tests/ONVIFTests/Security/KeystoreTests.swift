import CertificateFixtures
import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// Passphrases and keys of the security service.
struct KeystoreTests {
    @Test func aDeviceWithoutAKeystoreHasNoSecurityService() throws {
        #expect(!Service.security.isOffered(by: .dome))
        var camera = ControlHarness()
        #expect(try camera.fault("<tas:GetAllKeys/>").subcodes == ["ActionNotSupported"])
    }

    @Test func capabilitiesTellTheModel() throws {
        var bench = SecurityBench {
            $0.maximumKeys = 5; $0.dot1X = true
        }
        let capabilities = try bench.call("GetServiceCapabilities").at("Capabilities")
        let keystore = try capabilities.at("KeystoreCapabilities")
        #expect(keystore.attribute("MaximumNumberOfKeys") == "5")
        #expect(keystore.attribute("RSAKeyLengths") == "2048 3072 4096")
        #expect(keystore.attribute("EllipticCurves") == "secp256r1 secp384r1 secp521r1")
        #expect(keystore.children("SignatureAlgorithms").count == 6)
        #expect(try capabilities.at("TLSServerCapabilities").attribute("TLSServerSupported") == "1.2 1.3")
        #expect(try capabilities.at("Dot1XCapabilities").attribute("MaximumNumberOfDot1XConfigurations") == "4")
        #expect(try capabilities.at("MediaSigning").attribute("MediaSigningSupported") == "false")

        let device = try bench.camera.call("<tds:GetServiceCapabilities/>").at("Capabilities", "Security")
        #expect(device.attribute("TLS1.2") == "true")
        #expect(device.attribute("OnboardKeyGeneration") == "true")
        let old = try bench.camera.call("<tds:GetCapabilities/>").at("Capabilities", "Device", "Security")
        #expect(try old.at("TLS1.2").text == "true")
        #expect(try old.at("TLS1.1").text == "false")
        #expect(
            try bench.camera.call(
                "<tds:GetServices><tds:IncludeCapability>true</tds:IncludeCapability></tds:GetServices>"
            ).children("Service").contains { $0.child("Namespace")?.text == XMLNamespace.tas.uri })
    }

    // MARK: Passphrases

    @Test func passphrasesAreKeptAndNeverShown() throws {
        var bench = SecurityBench()
        let id = try bench.id(
            "PassphraseID", of: "UploadPassphrase",
            "<tas:Passphrase>top secret</tas:Passphrase><tas:PassphraseAlias>mine</tas:PassphraseAlias>")
        let all = try bench.call("GetAllPassphrases")
        #expect(try all.at("PassphraseAttribute", "PassphraseID").text == id)
        #expect(try all.at("PassphraseAttribute", "Alias").text == "mine")
        #expect(!"\(all)".contains("top secret"))
        try bench.call("DeletePassphrase", "<tas:PassphraseID>\(id)</tas:PassphraseID>")
        #expect(
            try bench.refusal("DeletePassphrase", "<tas:PassphraseID>\(id)</tas:PassphraseID>")
                == ["InvalidArgVal", "PassphraseID"])
    }

    @Test(arguments: [(0, false), (1, true), (40, true), (128, true), (129, false)])
    func aPassphraseHasABound(length: Int, isTaken: Bool) throws {
        var bench = SecurityBench()
        let request = "<tas:Passphrase>\(String(repeating: "x", count: length))</tas:Passphrase>"
        if isTaken {
            try bench.call("UploadPassphrase", request)
        } else {
            #expect(try bench.refusal("UploadPassphrase", request) == ["InvalidArgVal", "BadPassphrase"])
        }
    }

    @Test func theKeystoreIsFullAtItsLimits() throws {
        var bench = SecurityBench {
            $0.maximumPassphrases = 1; $0.maximumKeys = 1
        }
        _ = try bench.passphrase()
        #expect(
            try bench.refusal("UploadPassphrase", "<tas:Passphrase>x</tas:Passphrase>")
                == ["Action", "MaximumNumberOfPassphrasesReached"])
        _ = try bench.startKey()
        #expect(
            try bench.refusal("CreateRSAKeyPair", "<tas:KeyLength>2048</tas:KeyLength>")
                == ["Action", "MaximumNumberOfKeysReached"])
        #expect(
            try bench.refusal("UploadCertificate", SecurityBench.der("Certificate", CertificateFixtures.client))
                == ["Action", "MaximumNumberOfKeysReached"])
        #expect(
            try bench.refusal("UploadKeyPairInPKCS8", SecurityBench.der("KeyPair", CertificateFixtures.clientKey))
                == ["Action", "MaximumNumberOfKeysReached"])
    }

    // MARK: Keys

    @Test func aKeyIsGeneratedElsewhereAndItsStatusIsTold() throws {
        var bench = SecurityBench()
        let subscribed = try bench.camera.call("<tev:CreatePullPointSubscription/>", path: "/onvif/event_service")
        let address = try subscribed.at("SubscriptionReference", "Address").text
        let answer = try bench.call(
            "CreateRSAKeyPair", "<tas:KeyLength>3072</tas:KeyLength><tas:Alias>https</tas:Alias>")
        let id = try answer.at("KeyID").text
        #expect(try answer.at("EstimatedCreationTime").text == "PT2S")
        #expect(bench.takeEffects() == [.generateKey(id: id, .rsa(bits: 3072))])
        #expect(try bench.id("KeyStatus", of: "GetKeyStatus", "<tas:KeyID>\(id)</tas:KeyID>") == "generating")
        #expect(
            try bench.id("hasPrivateKey", of: "GetPrivateKeyStatus", "<tas:KeyID>\(id)</tas:KeyID>") == "false")

        bench.camera.device.finishGeneration(of: id, try PrivateKey(generating: .ec(.p256)), at: bench.camera.now)
        #expect(try bench.id("KeyStatus", of: "GetKeyStatus", "<tas:KeyID>\(id)</tas:KeyID>") == "ok")
        let key = try bench.call("GetAllKeys").at("KeyAttribute")
        #expect(try key.at("Alias").text == "https")
        #expect(try key.at("hasPrivateKey").text == "true")
        #expect(try key.at("externallyGenerated").text == "false")

        let pulled = try bench.camera.call(
            "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit></tev:PullMessages>",
            path: try #require(URL(string: address)).path)
        let told = pulled.children("NotificationMessage").filter {
            $0.child("Topic")?.trimmedText == "tns1:Advancedsecurity/Keystore/KeyStatus"
        }
        let data = try told.map { message in
            try message.at("Message", "Message", "Data").children.compactMap { $0.attribute("Value") }
        }
        #expect(data == [["generating"], ["generating", "ok"]])
    }

    @Test func aGenerationThatFailsLeavesACorruptKey() throws {
        var bench = SecurityBench()
        let failed = try bench.startKey()
        bench.camera.device.finishGeneration(of: failed, nil, at: bench.camera.now)
        let lost = try bench.startKey()
        bench.camera.device.restart(at: bench.camera.now)
        for id in [failed, lost] {
            #expect(try bench.id("KeyStatus", of: "GetKeyStatus", "<tas:KeyID>\(id)</tas:KeyID>") == "corrupt")
        }
    }

    @Test func aKeyDeletedWhileItIsGeneratedDoesNotComeBack() throws {
        var bench = SecurityBench()
        let id = try bench.startKey()
        try bench.call("DeleteKey", "<tas:KeyID>\(id)</tas:KeyID>")
        bench.camera.device.finishGeneration(of: id, try PrivateKey(generating: .ec(.p256)), at: bench.camera.now)
        #expect(try bench.call("GetAllKeys").children.isEmpty)
        #expect(try bench.startKey() != id, "identifiers are not used again")
    }

    @Test(arguments: ["0", "1024", "2047", "8192"])
    func anRSALengthThatIsNotOfferedIsRefused(length: String) throws {
        var bench = SecurityBench()
        #expect(
            try bench.refusal("CreateRSAKeyPair", "<tas:KeyLength>\(length)</tas:KeyLength>")
                == ["InvalidArgVal", "KeyLength"])
    }

    @Test func aCurveThatIsNotOfferedIsRefused() throws {
        var bench = SecurityBench { $0.ellipticCurves = [.p256] }
        for curve in ["secp384r1", "x25519", ""] {
            #expect(
                try bench.refusal("CreateECCKeyPair", "<tas:EllipticCurve>\(curve)</tas:EllipticCurve>")
                    == ["InvalidArgVal", "UnsupportedEllipticCurve"])
        }
    }

    @Test func anAliasHasABound() throws {
        var bench = SecurityBench()
        let curve = "<tas:EllipticCurve>secp256r1</tas:EllipticCurve>"
        try bench.call("CreateECCKeyPair", curve + "<tas:Alias>\(String(repeating: "x", count: 256))</tas:Alias>")
        #expect(
            try bench.refusal(
                "CreateECCKeyPair", curve + "<tas:Alias>\(String(repeating: "x", count: 257))</tas:Alias>")
                == ["InvalidArgVal"])
    }

    @Test(arguments: ["GetKeyStatus", "GetPrivateKeyStatus", "DeleteKey"])
    func aKeyThatIsNotThereIsNamed(operation: String) throws {
        var bench = SecurityBench()
        #expect(try bench.refusal(operation, "<tas:KeyID>Key_9</tas:KeyID>") == ["InvalidArgVal", "KeyID"])
    }

    @Test func aKeyThatACertificateUsesIsNotDeleted() throws {
        var bench = SecurityBench()
        let key = try bench.key()
        let certificate = try bench.selfSigned(key)
        #expect(
            try bench.refusal("DeleteKey", "<tas:KeyID>\(key)</tas:KeyID>") == ["InvalidArgVal", "ReferenceExists"])
        try bench.call("DeleteCertificate", "<tas:CertificateID>\(certificate)</tas:CertificateID>")
        try bench.call("DeleteKey", "<tas:KeyID>\(key)</tas:KeyID>")
    }

    @Test func anUploadedKeyPairCompletesThePublicKeyOfItsCertificate() throws {
        var bench = SecurityBench()
        let uploaded = try bench.call(
            "UploadCertificate",
            SecurityBench.der("Certificate", CertificateFixtures.client) + "<tas:KeyAlias>half</tas:KeyAlias>")
        let key = try uploaded.at("KeyID").text
        #expect(try bench.call("GetAllKeys").at("KeyAttribute", "hasPrivateKey").text == "false")
        let passphrase = try bench.passphrase()
        let encrypted = SecurityBench.der("KeyPair", CertificateFixtures.encryptedClientKey)
        #expect(try bench.refusal("UploadKeyPairInPKCS8", encrypted) == ["InvalidArgVal", "DecryptionFailed"])
        #expect(
            try bench.refusal(
                "UploadKeyPairInPKCS8", encrypted + "<tas:EncryptionPassphraseID>x</tas:EncryptionPassphraseID>")
                == ["InvalidArgVal", "PassphraseID"])
        let id = try bench.id(
            "KeyID", of: "UploadKeyPairInPKCS8",
            encrypted + "<tas:EncryptionPassphraseID>\(passphrase)</tas:EncryptionPassphraseID>")
        #expect(id == key)
        let attribute = try bench.call("GetAllKeys").at("KeyAttribute")
        #expect(try attribute.at("hasPrivateKey").text == "true")
        #expect(try attribute.at("externallyGenerated").text == "true")
        #expect(try attribute.at("Alias").text == "half")
        #expect(
            try bench.refusal("UploadKeyPairInPKCS8", SecurityBench.der("KeyPair", CertificateFixtures.client))
                == ["InvalidArgVal", "BadPKCS8File"])
        #expect(
            try bench.refusal("UploadKeyPairInPKCS8", "<tas:KeyPair>?</tas:KeyPair>") == [
                "InvalidArgVal", "BadPKCS8File",
            ])
    }

    @Test func theStateComesBackFromJSONAndNoDumpShowsASecret() throws {
        var bench = SecurityBench { $0.dot1X = true }
        let key = try bench.key()
        _ = try bench.path(try bench.selfSigned(key))
        _ = try bench.passphrase("a passphrase that nobody may see")
        _ = try bench.id("CrlID", of: "UploadCRL", SecurityBench.der("Crl", CertificateFixtures.emptyList))
        let state = try #require(bench.camera.device.security)
        #expect(try JSONDecoder().decode(SecurityState.self, from: JSONEncoder().encode(state)) == state)
        let secret = try #require(state.keystore.keys.first?.privateKey?.secretDER.base64EncodedString())
        var dumped = ""
        dump(state, to: &dumped)
        for text in ["\(state)", dumped] {
            #expect(!text.contains(secret))
            #expect(!text.contains("nobody may see"))
        }
    }
}
