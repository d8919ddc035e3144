import CertificateFixtures
import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// Certificates, requests, paths, revocation lists and validation policies of the security service.
struct CertificateManagementTests {
    // MARK: Making

    @Test func aSelfSignedCertificateIsMadeAsAsked() throws {
        var bench = SecurityBench()
        let key = try bench.key()
        let host = try CertificateExtension.host("camera.example")
        let id = try bench.id(
            "CertificateID", of: "CreateSelfSignedCertificate",
            """
            <tas:X509Version>3</tas:X509Version><tas:Subject><tas:Country>DE</tas:Country>\
            <tas:CommonName>camera</tas:CommonName><tas:GenericAttribute><tas:Type>L</tas:Type><tas:Value>Ulm</tas:Value>\
            </tas:GenericAttribute></tas:Subject><tas:KeyID>\(key)</tas:KeyID><tas:Alias>mine</tas:Alias>\
            <tas:notValidBefore>2026-01-01T00:00:00Z</tas:notValidBefore>\(SecurityBench.ecdsa)\
            <tas:Extension><tas:extnOID>\(host.identifier)</tas:extnOID><tas:critical>false</tas:critical>\
            \(SecurityBench.der("extnValue", host.value))</tas:Extension>
            """)
        let answer = try bench.call("GetCertificate", "<tas:CertificateID>\(id)</tas:CertificateID>").at("Certificate")
        #expect(try answer.at("KeyID").text == key)
        #expect(try answer.at("Alias").text == "mine")
        #expect(try answer.at("HasPrivateKey").text == "true")
        let made = try X509Certificate(
            der: try #require(Data(base64Encoded: try answer.at("CertificateContent").text)))
        #expect(made.subject.description == "L=Ulm,CN=camera,C=DE")
        #expect(made.isSigned(by: made.publicKey))
        #expect(made.notBefore == Date(timeIntervalSince1970: 1_767_225_600))
        #expect(made.notAfter == SecurityService.CreateSelfSignedCertificate.noExpiry)
    }

    @Test func twoCertificatesOfOneSubjectHaveTheirOwnSerialNumbers() throws {
        var bench = SecurityBench()
        let key = try bench.key()
        for _ in 1...3 { _ = try bench.selfSigned(key) }
        let numbers = try #require(bench.camera.device.security).keystore.certificates.map(\.certificate.serialNumber)
        #expect(Set(numbers).count == 3)
    }

    @Test func whatACertificateCannotBeMadeFromIsRefusedByName() throws {
        var bench = SecurityBench { $0.maximumCertificates = 1 }
        let key = "<tas:KeyID>\(try bench.key())</tas:KeyID>"
        let (subject, ecdsa) = (SecurityBench.subject, SecurityBench.ecdsa)
        let unknown = "<tas:SignatureAlgorithm><tas:algorithm>1.2.3</tas:algorithm></tas:SignatureAlgorithm>"
        let end = "<tas:notValidAfter>2000-01-01T00:00:00Z</tas:notValidAfter>"
        for (request, subcode) in [
            ("<tas:X509Version>1</tas:X509Version>" + subject + key + ecdsa, "UnsupportedX509Version"),
            (subject + "<tas:KeyID>x</tas:KeyID>" + ecdsa, "KeyID"),
            (subject + key + unknown, "UnsupportedSignatureAlgorithm"),
            (subject + key + SecurityBench.algorithm(.sha256WithRSA), "KeySignatureAlgorithmMismatch"),
            ("<tas:Subject/>" + key + ecdsa, "InvalidSubject"),
            ("<tas:Subject><tas:Country>Germany</tas:Country></tas:Subject>" + key + ecdsa, "InvalidSubject"),
            (subject + key + end + ecdsa, "InvalidDateTime"),
            (subject + key + "<tas:notValidAfter>soon</tas:notValidAfter>" + ecdsa, "InvalidDateTime"),
            (subject + "<tas:KeyID>\(try bench.startKey())</tas:KeyID>" + ecdsa, "InvalidKeyStatus"),
        ] {
            #expect(try bench.refusal("CreateSelfSignedCertificate", request) == ["InvalidArgVal", subcode])
        }
        try bench.call("CreateSelfSignedCertificate", subject + key + ecdsa)
        #expect(
            try bench.refusal("CreateSelfSignedCertificate", subject + key + ecdsa)
                == ["Action", "MaximumNumberOfCertificatesReached"])
    }

    @Test func aKeyWithoutItsPrivateHalfSignsNothing() throws {
        var bench = SecurityBench()
        let key = try bench.call("UploadCertificate", SecurityBench.der("Certificate", CertificateFixtures.client))
            .at("KeyID").text
        let request = SecurityBench.subject + "<tas:KeyID>\(key)</tas:KeyID>" + SecurityBench.ecdsa
        #expect(
            try bench.refusal("CreateSelfSignedCertificate", request) == ["Action", "CertificateCreationFailed"])
        #expect(try bench.refusal("CreatePKCS10CSR", request) == ["Action", "CSRCreationFailed"])
    }

    @Test func aRequestIsMadeForAnAuthorityAndItsCertificateFindsTheKey() throws {
        var bench = SecurityBench()
        let key = try bench.key()
        let host = try CertificateExtension.host("camera.example")
        let text = try bench.id(
            "PKCS10CSR", of: "CreatePKCS10CSR",
            """
            \(SecurityBench.subject)<tas:KeyID>\(key)</tas:KeyID><tas:CSRAttribute><tas:X509v3Extension>\
            <tas:extnOID>\(host.identifier)</tas:extnOID><tas:critical>false</tas:critical>\
            \(SecurityBench.der("extnValue", host.value))</tas:X509v3Extension></tas:CSRAttribute>\(SecurityBench.ecdsa)
            """)
        let request = try CertificationRequest(der: try #require(Data(base64Encoded: text)))
        let authority = try PrivateKey(pkcs8: CertificateFixtures.authorityKey)
        let subject = try #require(request.subject)
        let issued = try X509Certificate(
            .init(
                subject: subject, notBefore: bench.camera.now, notAfter: bench.camera.now + 60, serialNumber: [7]),
            key: try #require(request.publicKey), issuer: X509Certificate(der: CertificateFixtures.authority).subject,
            authority, .sha256WithRSA)
        let uploaded = try bench.call(
            "UploadCertificate",
            SecurityBench.der("Certificate", issued.der) + "<tas:PrivateKeyRequired>true</tas:PrivateKeyRequired>")
        #expect(try uploaded.at("KeyID").text == key)
        let root = try bench.upload(CertificateFixtures.authority)
        _ = try bench.path(try uploaded.at("CertificateID").text, root)
    }

    @Test func whatARequestCannotBeMadeFromIsRefusedByName() throws {
        var bench = SecurityBench()
        let key = "<tas:KeyID>\(try bench.key())</tas:KeyID>"
        let (subject, ecdsa) = (SecurityBench.subject, SecurityBench.ecdsa)
        func attribute(_ value: String) -> String { "<tas:CSRAttribute>\(value)</tas:CSRAttribute>" }
        let basic =
            "<tas:BasicRequestAttribute><tas:OID>x</tas:OID><tas:value>BQA=</tas:value></tas:BasicRequestAttribute>"
        for (request, subcode) in [
            (subject + "<tas:KeyID>x</tas:KeyID>" + ecdsa, "KeyID"),
            (subject + key + SecurityBench.algorithm(.sha256WithRSA), "KeySignatureAlgorithmMismatch"),
            ("<tas:Subject><tas:Nickname>x</tas:Nickname></tas:Subject>" + key + ecdsa, "InvalidSubject"),
            (subject + key + attribute(basic) + ecdsa, "InvalidAttribute"),
            (subject + key + attribute("<tas:anyAttribute/>") + ecdsa, "InvalidAttribute"),
        ] {
            #expect(try bench.refusal("CreatePKCS10CSR", request) == ["InvalidArgVal", subcode])
        }
    }

    // MARK: Uploading

    @Test func aCertificateThatCannotBeUsedIsRefusedByName() throws {
        var bench = SecurityBench { $0.maximumCertificates = 1 }
        for (der, subcode) in [
            (CertificateFixtures.clientKey, "BadCertificate"),
            (CertificateFixtures.client.dropLast(), "BadCertificate"),
            (CertificateFixtures.pssCertificate, "UnsupportedSignatureAlgorithm"),
            (CertificateFixtures.edwardsCertificate, "UnsupportedPublicKeyAlgorithm"),
            (Data(repeating: 0x30, count: KeystoreState.objectLimit + 1), "BadCertificate"),
        ] {
            #expect(
                try bench.refusal("UploadCertificate", SecurityBench.der("Certificate", der))
                    == ["InvalidArgVal", subcode])
        }
        let client = SecurityBench.der("Certificate", CertificateFixtures.client)
        #expect(
            try bench.refusal("UploadCertificate", client + "<tas:PrivateKeyRequired>true</tas:PrivateKeyRequired>")
                == ["Action", "NoMatchingPrivateKey"])
        try bench.call("UploadCertificate", client)
        #expect(try bench.refusal("UploadCertificate", client) == ["InvalidArgVal", "Duplicate"])
        #expect(
            try bench.refusal("UploadCertificate", SecurityBench.der("Certificate", CertificateFixtures.authority))
                == ["Action", "MaximumNumberOfCertificatesReached"])
    }

    @Test func aContainerBringsKeyCertificatesAndPath() throws {
        var bench = SecurityBench()
        let container = SecurityBench.der("CertWithPrivateKey", CertificateFixtures.container)
        let answer = try bench.call(
            "UploadCertificateWithPrivateKeyInPKCS12",
            container + "<tas:CertificationPathAlias>chain</tas:CertificationPathAlias><tas:KeyAlias>key</tas:KeyAlias>"
                + "<tas:Passphrase>passphrase</tas:Passphrase>")
        let path = try bench.call(
            "GetCertificationPath",
            "<tas:CertificationPathID>\(try answer.at("CertificationPathID").text)</tas:CertificationPathID>"
        ).at("CertificationPath")
        #expect(path.children("CertificateID").count == 2)
        #expect(try path.at("Alias").text == "chain")
        let keys = try bench.call("GetAllKeys").children
        #expect(keys.map { $0.child("hasPrivateKey")?.text } == ["true", "false"])
        #expect(try keys[0].at("KeyID").text == answer.at("KeyID").text)
        #expect(try bench.call("GetAllCertificates").children.count == 2)
    }

    @Test func onlyTheFirstCertificateOfAContainerIsTakenIfAsked() throws {
        var bench = SecurityBench()
        let passphrase = try bench.passphrase()
        try bench.call(
            "UploadCertificateWithPrivateKeyInPKCS12",
            SecurityBench.der("CertWithPrivateKey", CertificateFixtures.container)
                + "<tas:IgnoreAdditionalCertificates>true</tas:IgnoreAdditionalCertificates>"
                + "<tas:IntegrityPassphraseID>\(passphrase)</tas:IntegrityPassphraseID>"
                + "<tas:EncryptionPassphraseID>\(passphrase)</tas:EncryptionPassphraseID>")
        #expect(try bench.call("GetAllCertificates").children.count == 1)
    }

    @Test func aContainerThatDoesNotOpenIsRefusedByName() throws {
        var bench = SecurityBench()
        let container = SecurityBench.der("CertWithPrivateKey", CertificateFixtures.container)
        for (request, subcode) in [
            (container, "DecryptionFailed"), (container + "<tas:Passphrase>wrong</tas:Passphrase>", "DecryptionFailed"),
            (container + "<tas:EncryptionPassphraseID>x</tas:EncryptionPassphraseID>", "PassphraseID"),
            (SecurityBench.der("CertWithPrivateKey", CertificateFixtures.client), "BadPKCS12File"),
            (
                SecurityBench.der("CertWithPrivateKey", CertificateFixtures.oldContainer)
                    + "<tas:Passphrase>passphrase</tas:Passphrase>", "BadPKCS12File"
            ),
        ] {
            #expect(
                try bench.refusal("UploadCertificateWithPrivateKeyInPKCS12", request) == ["InvalidArgVal", subcode])
        }
        #expect(try bench.call("GetAllKeys").children.isEmpty)
    }

    // MARK: Paths

    @Test func aPathIsASequenceOfSignatures() throws {
        var bench = SecurityBench { $0.maximumCertificationPaths = 2 }
        let client = try bench.upload(CertificateFixtures.client)
        let authority = try bench.upload(CertificateFixtures.authority)
        let path = try bench.path(client, authority)
        for (ids, subcode) in [
            ([authority, client], "InvalidCertificationPath"), ([client, "x"], "CertificateID"),
            ([], "InvalidCertificationPath"),
        ] {
            #expect(
                try bench.refusal("CreateCertificationPath", SecurityBench.ids(ids)) == ["InvalidArgVal", subcode])
        }
        let id = "<tas:CertificationPathID>\(path)</tas:CertificationPathID>"
        try bench.call(
            "SetCertificationPath",
            id + "<tas:CertificationPath><tas:CertificateID>\(client)</tas:CertificateID><tas:Alias>short</tas:Alias>"
                + "</tas:CertificationPath>")
        let changed = try bench.call("GetCertificationPath", id).at("CertificationPath")
        #expect(changed.children("CertificateID").map(\.text) == [client])
        #expect(
            try bench.refusal("DeleteCertificate", "<tas:CertificateID>\(client)</tas:CertificateID>")
                == ["InvalidArgVal", "ReferenceExists"])
        _ = try bench.path(authority)
        #expect(
            try bench.refusal("CreateCertificationPath", SecurityBench.ids([authority]))
                == ["Action", "MaximumNumberOfCertificationPathsReached"])
        #expect(try bench.call("GetAllCertificationPaths").children.count == 2)
        try bench.call("DeleteCertificationPath", id)
        for operation in ["GetCertificationPath", "DeleteCertificationPath"] {
            #expect(try bench.refusal(operation, id) == ["InvalidArgVal", "CertificationPathID"])
        }
        #expect(
            try bench.refusal("SetCertificationPath", id + "<tas:CertificationPath/>")
                == ["InvalidArgVal", "CertificationPathID"])
    }

    @Test(arguments: ["GetCertificate", "DeleteCertificate"])
    func aCertificateThatIsNotThereIsNamed(operation: String) throws {
        var bench = SecurityBench()
        #expect(
            try bench.refusal(operation, "<tas:CertificateID>x</tas:CertificateID>")
                == ["InvalidArgVal", "CertificateID"])
    }

    // MARK: Revocation lists

    @Test func revocationListsAreKept() throws {
        var bench = SecurityBench { $0.maximumRevocationLists = 1 }
        let list = SecurityBench.der("Crl", CertificateFixtures.revokingList)
        #expect(
            try bench.refusal("UploadCRL", SecurityBench.der("Crl", CertificateFixtures.client))
                == ["InvalidArgVal", "BadCRL"])
        let id = try bench.id("CrlID", of: "UploadCRL", list + "<tas:Alias>list</tas:Alias>")
        #expect(try bench.refusal("UploadCRL", list) == ["Action", "MaximumNumberOfCRLsReached"])
        let answer = try bench.call("GetCRL", "<tas:CrlID>\(id)</tas:CrlID>").at("Crl")
        #expect(try answer.at("CRLContent").text == CertificateFixtures.revokingList.base64EncodedString())
        #expect(try answer.at("Alias").text == "list")
        #expect(try bench.call("GetAllCRLs").children.count == 1)
        try bench.call("DeleteCRL", "<tas:CrlID>\(id)</tas:CrlID>")
        for operation in ["GetCRL", "DeleteCRL"] {
            #expect(try bench.refusal(operation, "<tas:CrlID>\(id)</tas:CrlID>") == ["InvalidArgVal", "CRLID"])
        }
    }

    // MARK: Validation policies

    @Test func policiesAreKeptAndHoldTheirTrustAnchors() throws {
        var bench = SecurityBench { $0.maximumValidationPolicies = 1 }
        let anchor = try bench.upload(CertificateFixtures.authority)
        #expect(
            try bench.refusal("CreateCertPathValidationPolicy", SecurityBench.policy("x"))
                == ["InvalidArgVal", "CertificateID"])
        #expect(
            try bench.refusal(
                "CreateCertPathValidationPolicy",
                SecurityBench.policy(anchor, parameters: "<tas:UseDeltaCRLs>true</tas:UseDeltaCRLs>"))
                == ["InvalidArgVal", "CertPathValidationParameters"])
        let policy = try bench.policy(anchor)
        #expect(
            try bench.refusal("CreateCertPathValidationPolicy", SecurityBench.policy(anchor))
                == ["Action", "MaximumNumberOfCertPathValidationPoliciesReached"])
        #expect(
            try bench.refusal("DeleteCertificate", "<tas:CertificateID>\(anchor)</tas:CertificateID>")
                == ["InvalidArgVal", "ReferenceExists"])
        let id = "<tas:CertPathValidationPolicyID>\(policy)</tas:CertPathValidationPolicyID>"
        let usage = "<tas:RequireTLSWWWClientAuthExtendedKeyUsage>true</tas:RequireTLSWWWClientAuthExtendedKeyUsage>"
        let changed =
            "<tas:CertPathValidationPolicy>\(id)<tas:Alias>strict</tas:Alias>"
            + SecurityBench.policy(anchor, parameters: usage) + "</tas:CertPathValidationPolicy>"
        try bench.call("SetCertPathValidationPolicy", changed)
        let answer = try bench.call("GetCertPathValidationPolicy", id).at("CertPathValidationPolicy")
        #expect(try answer.at("Alias").text == "strict")
        #expect(try answer.at("Parameters", "RequireTLSWWWClientAuthExtendedKeyUsage").text == "true")
        #expect(try answer.at("TrustAnchor", "CertificateID").text == anchor)
        #expect(try bench.call("GetAllCertPathValidationPolicies").children.count == 1)
        try bench.call("AddCertPathValidationPolicyAssignment", id)
        #expect(try bench.refusal("SetCertPathValidationPolicy", changed) == ["InvalidArgVal", "ReferenceExists"])
        #expect(try bench.refusal("DeleteCertPathValidationPolicy", id) == ["InvalidArgVal", "ReferenceExists"])
        try bench.call("RemoveCertPathValidationPolicyAssignment", id)
        try bench.call("DeleteCertPathValidationPolicy", id)
        for operation in ["GetCertPathValidationPolicy", "DeleteCertPathValidationPolicy"] {
            #expect(try bench.refusal(operation, id) == ["InvalidArgVal", "CertPathValidationPolicyID"])
        }
    }
}
