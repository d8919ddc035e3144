import Certificates
package import Foundation
package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.3.1 CreatePKCS10CSR.
    package struct CreatePKCS10CSR: SecurityOperation {
        package static let access = AccessClass.readSystem

        private var request: XMLElement
        private var key: String

        package init(_ request: XMLElement) throws(Fault) {
            // The arguments are judged in the order that makes the most telling fault; see `apply`.
            key = try request.string("KeyID")
            self.request = request
        }

        /// - Throws: `Action/CSRCreationFailed` for a key without its private half; `InvalidArgVal/` and one of `KeyID`,
        ///   `InvalidKeyStatus`, `UnsupportedSignatureAlgorithm`, `KeySignatureAlgorithmMismatch`, `InvalidSubject`,
        ///   `InvalidAttribute`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let (privateKey, algorithm) = try security.keystore.signer(key, request, orElse: "CSRCreationFailed")
            let subject = try request.distinguishedName("Subject")
            var extensions: [CertificateExtension] = []
            var attributes: [CertificationRequest.Attribute] = []
            for attribute in request.children("CSRAttribute") {
                if let asked = attribute.child("X509v3Extension") {
                    extensions.append(try asked.certificateExtension(orElse: "InvalidAttribute"))
                } else if let basic = attribute.child("BasicRequestAttribute") {
                    attributes.append(try Self.attribute(basic))
                } else {
                    throw .sender("InvalidArgVal", "InvalidAttribute", reason: "the attribute is of no known kind")
                }
            }
            do {
                return Response(
                    request: try CertificationRequest(
                        subject: subject, key: privateKey, algorithm: algorithm, extensions: extensions,
                        attributes: attributes
                    ).der)
            } catch {
                throw .refused(error, malformed: "InvalidAttribute")
            }
        }

        private static func attribute(_ element: XMLElement) throws(Fault) -> CertificationRequest.Attribute {
            let identifier = try element.string("OID")
            let value = try element.der("value", orElse: "InvalidAttribute")
            do {
                return try CertificationRequest.Attribute(identifier: identifier, value: value)
            } catch {
                throw .refused(error, malformed: "InvalidAttribute")
            }
        }

        package struct Response: ResponseMessage, Equatable {
            /// DER
            package var request: Data

            package func write(to writer: inout XMLWriter) {
                writer.element(.tas, "PKCS10CSR", request.base64EncodedString())
            }
        }
    }
}

extension KeystoreState {
    /// The key that a request names, and the algorithm by which it shall sign.
    ///
    /// - Throws: `Action/` and the given subcode for a key without its private half; `InvalidArgVal/` and one of `KeyID`,
    ///   `InvalidKeyStatus`, `UnsupportedSignatureAlgorithm`, `KeySignatureAlgorithmMismatch`.
    func signer(
        _ id: String, _ request: XMLElement, orElse subcode: String
    ) throws(Fault) -> (PrivateKey, SignatureAlgorithm) {
        let key = keys[try keyIndex(id)]
        guard key.status == .ok, let publicKey = key.publicKey else {
            throw .sender("InvalidArgVal", "InvalidKeyStatus", reason: "\(id) is \(key.status.rawValue)")
        }
        let algorithm = try request.signatureAlgorithm()
        guard algorithm.fits(publicKey.algorithm) else {
            throw .refused(.keySignatureMismatch, malformed: subcode)
        }
        guard let privateKey = key.privateKey else {
            throw .receiver("Action", subcode, reason: "the device has only the public half of \(id)")
        }
        return (privateKey, algorithm)
    }
}
