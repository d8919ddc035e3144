import CertificateFixtures
import Certificates
import Foundation
import ONVIF
import Testing
import XML

/// A camera with a keystore, and what the tests of the security service do over and over.
struct SecurityBench {
    var camera: ControlHarness

    init(_ change: (inout SecurityModel) -> Void = { _ in }) {
        var security = SecurityModel()
        change(&security)
        camera = ControlHarness(.dome { $0.security = security })
    }

    static let subject = "<tas:Subject><tas:CommonName>camera</tas:CommonName></tas:Subject>"
    static let ecdsa = algorithm(.ecdsaWithSHA256)

    static func algorithm(_ algorithm: SignatureAlgorithm) -> String {
        "<tas:SignatureAlgorithm><tas:algorithm>\(algorithm.rawValue)</tas:algorithm></tas:SignatureAlgorithm>"
    }

    @discardableResult
    mutating func call(_ name: String, _ content: String = "") throws -> XMLElement {
        try camera.call("<tas:\(name)>\(content)</tas:\(name)>")
    }

    /// Subcodes of the fault, the outer one first.
    mutating func refusal(_ name: String, _ content: String = "") throws -> [String] {
        try camera.fault("<tas:\(name)>\(content)</tas:\(name)>").subcodes
    }

    mutating func id(_ element: String, of name: String, _ content: String = "") throws -> String {
        try call(name, content).at(element).text
    }

    /// A key whose generation has ended.
    mutating func key(_ algorithm: KeyAlgorithm = .ec(.p256)) throws -> String {
        let id = try startKey()
        camera.device.finishGeneration(of: id, try PrivateKey(generating: algorithm), at: camera.now)
        return id
    }

    /// A key that is still generated.
    mutating func startKey() throws -> String {
        try id("KeyID", of: "CreateECCKeyPair", "<tas:EllipticCurve>secp256r1</tas:EllipticCurve>")
    }

    mutating func selfSigned(_ key: String) throws -> String {
        try id(
            "CertificateID", of: "CreateSelfSignedCertificate",
            Self.subject + "<tas:KeyID>\(key)</tas:KeyID>" + Self.ecdsa)
    }

    mutating func path(_ certificates: String...) throws -> String {
        try id("CertificationPathID", of: "CreateCertificationPath", Self.ids(certificates))
    }

    static func ids(_ certificates: [String]) -> String {
        let ids = certificates.map { "<tas:CertificateID>\($0)</tas:CertificateID>" }.joined()
        return "<tas:CertificateIDs>\(ids)</tas:CertificateIDs>"
    }

    mutating func upload(_ certificate: Data) throws -> String {
        try id("CertificateID", of: "UploadCertificate", Self.der("Certificate", certificate))
    }

    mutating func policy(_ anchor: String) throws -> String {
        try id("CertPathValidationPolicyID", of: "CreateCertPathValidationPolicy", Self.policy(anchor))
    }

    static func policy(_ anchor: String, parameters: String = "") -> String {
        "<tas:Parameters>\(parameters)</tas:Parameters>"
            + "<tas:TrustAnchor><tas:CertificateID>\(anchor)</tas:CertificateID></tas:TrustAnchor>"
    }

    static func der(_ name: String, _ data: Data) -> String {
        "<tas:\(name)>\(data.base64EncodedString())</tas:\(name)>"
    }

    mutating func passphrase(_ text: String = CertificateFixtures.passphrase) throws -> String {
        try id("PassphraseID", of: "UploadPassphrase", "<tas:Passphrase>\(text)</tas:Passphrase>")
    }

    mutating func takeEffects() -> [Effect] {
        defer { camera.device.effects = [] }
        return camera.device.effects
    }
}
