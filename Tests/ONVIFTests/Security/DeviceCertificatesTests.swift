import CertificateFixtures
import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// The certificate operations that the device service once had, over the same keystore.
struct DeviceCertificatesTests {
    private var camera: ControlHarness = {
        var security = SecurityModel()
        security.deviceCertificates = true
        return ControlHarness(.dome { $0.security = security })
    }()

    private static func certificate(_ id: String?, _ der: Data) -> String {
        (id.map { "<tt:CertificateID>\($0)</tt:CertificateID>" } ?? "")
            + "<tt:Certificate><tt:Data>\(der.base64EncodedString())</tt:Data></tt:Certificate>"
    }

    private static func pair(_ id: String?, key: Data = CertificateFixtures.clientKey) -> String {
        "<tds:LoadCertificateWithPrivateKey><tds:CertificateWithPrivateKey>"
            + certificate(id, CertificateFixtures.client)
            + "<tt:PrivateKey><tt:Data>\(key.base64EncodedString())</tt:Data></tt:PrivateKey>"
            + "</tds:CertificateWithPrivateKey></tds:LoadCertificateWithPrivateKey>"
    }

    private static let authority =
        "<tds:LoadCACertificates><tds:CACertificate>" + certificate("ca", CertificateFixtures.authority)
        + "</tds:CACertificate></tds:LoadCACertificates>"

    private static func request(_ name: String, _ id: String) -> String {
        "<tds:\(name)><tds:CertificateID>\(id)</tds:CertificateID></tds:\(name)>"
    }

    private static func status(_ id: String, _ isUsed: Bool) -> String {
        "<tds:SetCertificatesStatus><tds:CertificateStatus><tt:CertificateID>\(id)</tt:CertificateID>"
            + "<tt:Status>\(isUsed)</tt:Status></tds:CertificateStatus></tds:SetCertificatesStatus>"
    }

    @Test func aModelWithoutThemRefusesThem() {
        let model = DeviceModel.dome { $0.security = SecurityModel() }
        for name in ["GetCertificates", "LoadCACertificates", "SetCertificatesStatus", "GetClientCertificateMode"] {
            let entry = Operations.entry(for: XMLElement(namespace: XMLNamespace.tds.uri, name: name))
            #expect(entry?.isSupported(by: model) == false)
        }
    }

    @Test mutating func aLoadedPairIsListedDescribedAndServed() throws {
        try camera.call(Self.pair("web"))
        try camera.call(Self.authority)
        let listed = try camera.call("<tds:GetCertificates/>")
        #expect(listed.children.count == 1)
        #expect(try listed.at("NvtCertificate", "CertificateID").text == "web")
        #expect(try camera.call("<tds:GetCACertificates/>").at("CACertificate", "CertificateID").text == "ca")
        let information = try camera.call(Self.request("GetCertificateInformation", "ca")).at("CertificateInformation")
        #expect(try information.at("SubjectDN").text == "CN=Test CA,O=Glasseye")
        #expect(try information.at("KeyUsage").text == "keyCertSign, cRLSign")
        #expect(try information.at("KeyUsage").attribute("Critical") == "true")
        #expect(try information.at("KeyLength").text == "2048")
        #expect(try information.at("SignatureAlgorithm").text == "sha256WithRSAEncryption")
        func used() throws -> String {
            try camera.call("<tds:GetCertificatesStatus/>").at("CertificateStatus", "Status").text
        }
        #expect(try used() == "false")
        try camera.call(Self.status("web", true))
        #expect(try used() == "true")
        #expect(camera.device.security?.tls.paths.count == 1)
        #expect(
            try camera.fault(Self.request("DeleteCertificates", "web")).subcodes == [
                "InvalidArgVal", "ReferenceExists",
            ])
        try camera.call(Self.status("web", false))
        try camera.call(Self.request("DeleteCertificates", "web"))
        #expect(camera.device.security?.keystore.keys.count == 1, "the authority's remains")
    }

    @Test mutating func aRequestIsSignedByTheKeyAndItsCertificateLoaded() throws {
        try camera.call(Self.pair("web"))
        let text = try camera.call(
            "<tds:GetPkcs10Request><tds:CertificateID>web</tds:CertificateID>"
                + "<tds:Subject>CN=camera, O=Glasseye</tds:Subject></tds:GetPkcs10Request>"
        ).at("Pkcs10Request", "Data").text
        let request = try CertificationRequest(der: try #require(Data(base64Encoded: text)))
        #expect(request.subject?.description == "CN=camera,O=Glasseye")
        let issued = try X509Certificate(
            .init(
                subject: try #require(request.subject), notBefore: camera.now, notAfter: camera.now + 60,
                serialNumber: [9]),
            key: try #require(request.publicKey), issuer: X509Certificate(der: CertificateFixtures.authority).subject,
            PrivateKey(pkcs8: CertificateFixtures.authorityKey), .sha256WithRSA)
        func load(_ der: Data) -> String {
            "<tds:LoadCertificates><tds:NVTCertificate>\(Self.certificate("issued", der))</tds:NVTCertificate>"
                + "</tds:LoadCertificates>"
        }
        try camera.call(load(issued.der))
        #expect(try camera.fault(load(issued.der)).subcodes == ["InvalidArgVal", "CertificateID"])
        #expect(try camera.fault(load(CertificateFixtures.authority)).subcodes == ["Action", "NoMatchingPrivateKey"])
        #expect(
            try camera.fault(load(CertificateFixtures.clientKey)).subcodes == ["InvalidArgVal", "CertificateFormat"])
        #expect(
            try camera.fault(
                "<tds:GetPkcs10Request><tds:CertificateID>web</tds:CertificateID><tds:Subject>x</tds:Subject>"
                    + "</tds:GetPkcs10Request>"
            ).subcodes == ["InvalidArgVal", "InvalidSubject"])
    }

    @Test mutating func clientCertificatesNeedAnAuthority() throws {
        func mode(_ isEnabled: Bool) -> String {
            "<tds:SetClientCertificateMode><tds:Enabled>\(isEnabled)</tds:Enabled></tds:SetClientCertificateMode>"
        }
        #expect(try camera.fault(mode(true)).subcodes == ["InvalidArgVal", "ClientAuth"])
        try camera.call(Self.authority)
        try camera.call(mode(true))
        #expect(try camera.call("<tds:GetClientCertificateMode/>").at("Enabled").text == "true")
        #expect(camera.device.clientValidators.first?.trustAnchors.map(\.der) == [CertificateFixtures.authority])
        try camera.call(mode(false))
        #expect(try camera.call("<tds:GetClientCertificateMode/>").at("Enabled").text == "false")
    }

    @Test mutating func whatIsUnknownOrDoesNotFitIsRefusedByName() throws {
        for name in ["DeleteCertificates", "GetPkcs10Request", "GetCertificateInformation"] {
            #expect(try camera.fault(Self.request(name, "x")).subcodes == ["InvalidArgVal", "CertificateID"])
        }
        #expect(try camera.fault(Self.status("x", true)).subcodes == ["InvalidArgVal", "CertificateID"])
        #expect(
            try camera.fault(Self.pair(nil, key: CertificateFixtures.authorityKey)).subcodes
                == ["InvalidArgVal", "KeysNotMatching"])
        #expect(
            try camera.fault(Self.pair(nil, key: CertificateFixtures.client)).subcodes
                == ["InvalidArgVal", "CertificateFormat"])
        try camera.call(Self.authority)
        #expect(try camera.fault(Self.status("ca", true)).subcodes == ["InvalidArgVal", "NoPrivateKey"])
        #expect(try camera.fault(Self.authority).subcodes == ["InvalidArgVal", "CertificateID"])
    }
}
