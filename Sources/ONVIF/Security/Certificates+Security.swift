import Certificates
import Foundation
package import XML

extension SecurityService {
    /// Stores a certificate and links it to the key pair of its public key.
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.3.3 UploadCertificate.
    package struct UploadCertificate: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var der: Data
        private var alias: String?
        private var keyAlias: String?
        private var requiresPrivateKey: Bool

        package init(_ request: XMLElement) throws(Fault) {
            der = try request.der("Certificate", orElse: "BadCertificate")
            alias = try request.alias()
            keyAlias = try request.alias("KeyAlias")
            requiresPrivateKey = try request.optionalBoolean("PrivateKeyRequired") ?? false
        }

        /// - Throws: `Action/MaximumNumberOfCertificatesReached`, `Action/MaximumNumberOfKeysReached`,
        ///   `Action/NoMatchingPrivateKey`; `InvalidArgVal/` and one of `BadCertificate`, `UnsupportedPublicKeyAlgorithm`,
        ///   `UnsupportedSignatureAlgorithm`, `InvalidKeyStatus`, `Duplicate`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let certificate: X509Certificate
            do {
                certificate = try X509Certificate(der: der)
            } catch {
                throw .refused(error, malformed: "BadCertificate")
            }
            if let known = security.keystore.certificates.first(where: { $0.certificate == certificate }) {
                throw .sender("InvalidArgVal", "Duplicate", reason: "the certificate is there as \(known.id)")
            }
            let pair = security.keystore.keys.first { $0.publicKey == certificate.publicKey }
            guard !requiresPrivateKey || pair?.privateKey != nil else {
                throw .receiver("Action", "NoMatchingPrivateKey", reason: "the device has no private key for it")
            }
            let key = try security.keystore.link(certificate.publicKey, alias: keyAlias, limit: model.maximumKeys)
            let id = try security.keystore.store(
                certificate, key: key, alias: alias, limit: model.maximumCertificates)
            return Response(certificate: id, key: key)
        }

        package struct Response: ResponseMessage, Equatable {
            package var certificate: String
            package var key: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "CertificateID", certificate)
                writer.element(.tas, "KeyID", key)
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.3.5 GetCertificate.
    package struct GetCertificate: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificateID")
        }

        /// - Throws: `InvalidArgVal/CertificateID`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> CertificatesResponse {
            CertificatesResponse(
                certificates: [security.keystore.certificates[try security.keystore.certificateIndex(id)]],
                keystore: security.keystore)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.3.6 GetAllCertificates.
    package struct GetAllCertificates: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> CertificatesResponse {
            CertificatesResponse(certificates: security.keystore.certificates, keystore: security.keystore)
        }
    }

    /// `tas:X509Certificate`, any number of times.
    package struct CertificatesResponse: ResponseMessage {
        let certificates: [KeystoreState.StoredCertificate]
        let keystore: KeystoreState

        package func write(to writer: inout XMLWriter) {
            for certificate in certificates {
                writer.element(.tas, "Certificate") { writer in
                    writer.element(.tas, "CertificateID", certificate.id)
                    writer.element(.tas, "KeyID", certificate.key)
                    writer.optional(.tas, "Alias", certificate.alias)
                    writer.element(.tas, "CertificateContent", certificate.certificate.der.base64EncodedString())
                    writer.element(.tas, "HasPrivateKey", keystore.privateKey(ofCertificate: certificate.id) != nil)
                }
            }
        }
    }

    /// Deletes a certificate; its key stays.
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.3.7 DeleteCertificate.
    package struct DeleteCertificate: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificateID")
        }

        /// - Throws: `InvalidArgVal/CertificateID`, `InvalidArgVal/ReferenceExists`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            let index = try security.keystore.certificateIndex(id)
            try security.checkUnreferenced(.certificate(id))
            security.keystore.certificates.remove(at: index)
            return EmptyResponse()
        }
    }
}
