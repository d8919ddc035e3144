import Certificates
package import Foundation
package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.3.2 CreateSelfSignedCertificate.
    package struct CreateSelfSignedCertificate: ServiceOperation {
        package static let service = Service.security
        package static let access = AccessClass.writeSystem
        /// The only version of X.509 that is made.
        package static let version = 3

        private var request: XMLElement
        private var key: String

        package init(_ request: XMLElement) throws(Fault) {
            key = try request.string("KeyID")
            self.request = request
        }

        /// - Throws: `Action/MaximumNumberOfCertificatesReached`, `Action/CertificateCreationFailed`; `InvalidArgVal/` and
        ///   one of `UnsupportedX509Version`, `KeyID`, `InvalidKeyStatus`, `UnsupportedSignatureAlgorithm`,
        ///   `KeySignatureAlgorithmMismatch`, `InvalidSubject`, `InvalidDateTime`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> IdentifierResponse {
            try device.changeSecurity { (security, model) throws(Fault) in
                try apply(to: &security, model, now: call.now)
            }
        }

        private func apply(
            to security: inout SecurityState, _ model: SecurityModel, now: Date
        ) throws(Fault) -> IdentifierResponse {
            if let version = try request.optionalInteger("X509Version"), version != Self.version {
                throw .sender("InvalidArgVal", "UnsupportedX509Version", reason: "certificates are X.509 v3")
            }
            let (privateKey, algorithm) = try security.keystore.signer(
                key, request, orElse: "CertificateCreationFailed")
            let subject = try request.distinguishedName("Subject")
            let notBefore = try date("notValidBefore") ?? now
            let notAfter = try date("notValidAfter") ?? Self.noExpiry
            guard notBefore < notAfter else {
                throw .sender("InvalidArgVal", "InvalidDateTime", reason: "notValidAfter is not after notValidBefore")
            }
            var extensions: [CertificateExtension] = []
            for element in request.children("Extension") {
                extensions.append(try element.certificateExtension(orElse: "InvalidExtension"))
            }
            let keystore = security.keystore
            try keystore.room(
                keystore.certificates.count, model.maximumCertificates, "certificates",
                "MaximumNumberOfCertificatesReached")
            let certificate: X509Certificate
            do {
                certificate = try X509Certificate(
                    selfSigned: .init(
                        subject: subject, notBefore: notBefore, notAfter: notAfter,
                        serialNumber: security.keystore.newSerialNumber(at: now), extensions: extensions),
                    key: privateKey, algorithm: algorithm)
            } catch {
                throw .receiver(
                    "Action", "CertificateCreationFailed", reason: "the certificate cannot be made: \(error)")
            }
            let id = try security.keystore.store(
                certificate, key: key, alias: try request.alias(), limit: model.maximumCertificates)
            return IdentifierResponse(element: "CertificateID", id: id)
        }

        /// - Throws: `InvalidArgVal/InvalidDateTime`.
        private func date(_ name: String) throws(Fault) -> Date? {
            guard let text = request.optionalString(name) else { return nil }
            guard let date = XSDateTime.parse(text) else {
                throw .sender("InvalidArgVal", "InvalidDateTime", reason: "\(name) is \"\(text)\", not a date and time")
            }
            return date
        }

        /// 9999-12-31T23:59:59Z, which stands for a certificate without end (RFC 5280 §4.1.2.5).
        package static let noExpiry = Date(timeIntervalSince1970: 253_402_300_799)
    }
}

extension KeystoreState {
    /// Unlike every other of this device: the time in microseconds and a number that is given once.
    mutating func newSerialNumber(at now: Date) -> [UInt8] {
        let time = UInt64(max(0, now.timeIntervalSince1970) * 1_000_000)
        return [1] + bytes(of: time) + bytes(of: UInt32(truncatingIfNeeded: newNumber()))
    }

    private func bytes(of value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
