import Certificates
import Foundation
package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.3.4 UploadCertificateWithPrivateKeyInPKCS12.
    package struct UploadCertificateWithPrivateKeyInPKCS12: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var container: Data
        private var pathAlias: String?
        private var keyAlias: String?
        private var ignoresOthers: Bool
        private var integrityID: String?
        private var encryptionID: String?
        private var passphrase: String?

        package init(_ request: XMLElement) throws(Fault) {
            container = try request.der("CertWithPrivateKey", orElse: "BadPKCS12File")
            pathAlias = try request.alias("CertificationPathAlias")
            keyAlias = try request.alias("KeyAlias")
            ignoresOthers = try request.optionalBoolean("IgnoreAdditionalCertificates") ?? false
            integrityID = request.optionalString("IntegrityPassphraseID")
            encryptionID = request.optionalString("EncryptionPassphraseID")
            passphrase = request.child("Passphrase")?.text
        }

        /// - Throws: `Action/MaximumNumberOf…Reached`, `InvalidArgVal/` and one of `PassphraseID`, `DecryptionFailed`,
        ///   `BadPKCS12File`, `BadCertificate`, `UnsupportedPublicKeyAlgorithm`, `UnsupportedSignatureAlgorithm`,
        ///   `InvalidKeyStatus`, `PublicPrivateKeyMismatch`, `InvalidCertificationPath`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let (key, certificates) = try open(security.keystore)
            guard let own = certificates.first, own.publicKey == key.publicKey else {
                throw .sender(
                    "InvalidArgVal", "PublicPrivateKeyMismatch",
                    reason: "the first certificate does not certify the private key")
            }
            try KeystoreState.checkSignatures(certificates)
            var ids: [String] = []
            var ownKey = ""
            for certificate in certificates {
                let isOwn = certificate.publicKey == key.publicKey
                let id = try security.keystore.link(
                    certificate.publicKey, isOwn ? key : nil, alias: isOwn ? keyAlias : nil, limit: model.maximumKeys)
                if ids.isEmpty { ownKey = id }
                // A certificate that is there already is used as it is: there are no two copies of one.
                if let known = security.keystore.certificates.first(where: { $0.certificate == certificate }) {
                    ids.append(known.id)
                } else {
                    ids.append(
                        try security.keystore.store(
                            certificate, key: id, alias: nil, limit: model.maximumCertificates))
                }
            }
            let path = try security.keystore.storePath(
                ids, alias: pathAlias, limit: model.maximumCertificationPaths)
            return Response(path: path, key: ownKey)
        }

        private func open(_ keystore: KeystoreState) throws(Fault) -> (PrivateKey, [X509Certificate]) {
            let integrity = passphrase == nil ? try keystore.passphrase(nil, orStored: integrityID) : nil
            let encryption = try keystore.passphrase(passphrase, orStored: encryptionID)
            let opened: PKCS12
            do {
                opened = try PKCS12(der: container, integrity: integrity, encryption: encryption)
                if let passphrase, opened.hasIntegrity {
                    _ = try PKCS12(der: container, integrity: passphrase, encryption: passphrase)
                }
            } catch {
                throw .refused(error, malformed: "BadPKCS12File")
            }
            guard let key = opened.privateKey, !opened.certificates.isEmpty else {
                throw .sender(
                    "InvalidArgVal", "BadPKCS12File", reason: "a certificate and its private key must be in it")
            }
            var certificates: [X509Certificate] = []
            for der in opened.certificates.prefix(ignoresOthers ? 1 : KeystoreState.pathLimit) {
                do {
                    certificates.append(try X509Certificate(der: der))
                } catch {
                    throw .refused(error, malformed: "BadCertificate")
                }
            }
            return (key, certificates)
        }

        package struct Response: ResponseMessage, Equatable {
            package var path: String
            package var key: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "CertificationPathID", path)
                writer.element(.tas, "KeyID", key)
            }
        }
    }
}
