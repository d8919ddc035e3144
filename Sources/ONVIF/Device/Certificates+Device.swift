import Certificates
import Foundation
package import XML

// The certificate operations of the device service, from which newer editions of ONVIF Core have moved to the security
// service. They show the same keystore: what one service stores the other lists. CreateCertificate is not among them: its
// answer would have to wait for a key to be made.

/// An operation on certificates of the device service.
package protocol DeviceCertificateOperation: ServiceOperation {
    // Said again so that it is inferred from `apply` below.
    associatedtype Response

    /// Applies the operation whole; what it did before a fault is dropped.
    func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response
}

extension DeviceCertificateOperation {
    package static var service: Service { .device }

    package static func isSupported(by model: DeviceModel) -> Bool { model.security?.deviceCertificates == true }

    package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
        try device.changeSecurity { (security, model) throws(Fault) in try apply(to: &security, model) }
    }
}

extension DeviceService {
    /// Source: ONVIF device WSDL, GetCertificates.
    package struct GetCertificates: DeviceCertificateOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> DeviceCertificatesResponse {
            DeviceCertificatesResponse(
                element: "NvtCertificate", certificates: security.keystore.certificates.filter { !$0.isAuthority })
        }
    }

    /// Source: ONVIF device WSDL, GetCACertificates.
    package struct GetCACertificates: DeviceCertificateOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> DeviceCertificatesResponse {
            DeviceCertificatesResponse(
                element: "CACertificate", certificates: security.keystore.certificates.filter(\.isAuthority))
        }
    }

    /// `tt:Certificate`, any number of times.
    package struct DeviceCertificatesResponse: ResponseMessage, Equatable {
        let element: String
        let certificates: [KeystoreState.StoredCertificate]

        package func write(to writer: inout XMLWriter) {
            for certificate in certificates {
                writer.element(.tds, element) { writer in
                    writer.element(.tt, "CertificateID", certificate.id)
                    writer.element(.tt, "Certificate") { writer in
                        writer.element(.tt, "Data", certificate.certificate.der.base64EncodedString())
                    }
                }
            }
        }
    }

    /// Stores certificates that an authority issued for keys of the device.
    ///
    /// Source: ONVIF device WSDL, LoadCertificates.
    package struct LoadCertificates: DeviceCertificateOperation {
        package static let access = AccessClass.writeSystem

        private var certificates: [DeviceCertificate]

        package init(_ request: XMLElement) throws(Fault) {
            certificates = try DeviceCertificate.all(in: request, "NVTCertificate")
        }

        /// - Throws: `InvalidArgVal/CertificateFormat`, `InvalidArgVal/CertificateID`, `Action/NoMatchingPrivateKey`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            for certificate in certificates {
                let key = certificate.certificate.publicKey
                guard security.keystore.keys.contains(where: { $0.publicKey == key && $0.privateKey != nil }) else {
                    throw .receiver("Action", "NoMatchingPrivateKey", reason: "the device has no private key for it")
                }
                try security.keystore.store(certificate, model)
            }
            return EmptyResponse()
        }
    }

    /// Source: ONVIF device WSDL, LoadCACertificates.
    package struct LoadCACertificates: DeviceCertificateOperation {
        package static let access = AccessClass.writeSystem

        private var certificates: [DeviceCertificate]

        package init(_ request: XMLElement) throws(Fault) {
            certificates = try DeviceCertificate.all(in: request, "CACertificate")
        }

        /// - Throws: `InvalidArgVal/CertificateFormat`, `InvalidArgVal/CertificateID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            for certificate in certificates { try security.keystore.store(certificate, isAuthority: true, model) }
            return EmptyResponse()
        }
    }

    /// Stores certificates with the keys that were made with them elsewhere.
    ///
    /// Source: ONVIF device WSDL, LoadCertificateWithPrivateKey.
    package struct LoadCertificateWithPrivateKey: DeviceCertificateOperation {
        package static let access = AccessClass.writeSystem

        private var pairs: [(certificate: DeviceCertificate, key: PrivateKey)]

        package init(_ request: XMLElement) throws(Fault) {
            pairs = []
            for element in request.children("CertificateWithPrivateKey") {
                let certificate = try DeviceCertificate(element)
                let der = try element.required("PrivateKey").der("Data", orElse: "CertificateFormat")
                do {
                    pairs.append((certificate, try PrivateKey(pkcs8: der)))
                } catch {
                    throw .refused(error, malformed: "CertificateFormat")
                }
            }
            guard !pairs.isEmpty else { throw .sender("InvalidArgs", reason: "there is no CertificateWithPrivateKey") }
        }

        /// - Throws: `InvalidArgVal/` and one of `CertificateFormat`, `CertificateID`, `KeysNotMatching`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            for (certificate, key) in pairs {
                guard certificate.certificate.publicKey == key.publicKey else {
                    throw .sender("InvalidArgVal", "KeysNotMatching", reason: "the key is not that of the certificate")
                }
                try security.keystore.store(certificate, key: key, model)
            }
            return EmptyResponse()
        }
    }

    /// Deletes certificates and, as these operations know no keys, the keys that nothing uses any more.
    ///
    /// Source: ONVIF device WSDL, DeleteCertificates.
    package struct DeleteCertificates: DeviceCertificateOperation {
        package static let access = AccessClass.unrecoverable

        private var ids: [String]

        package init(_ request: XMLElement) throws(Fault) {
            ids = request.children("CertificateID").map(\.trimmedText)
            guard !ids.isEmpty else { throw .sender("InvalidArgs", reason: "there is no CertificateID") }
        }

        /// - Throws: `InvalidArgVal/CertificateID`, `InvalidArgVal/ReferenceExists`; none is deleted then.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            for id in ids {
                let index = try security.keystore.certificateIndex(id)
                try security.checkUnreferenced(.certificate(id))
                let key = security.keystore.certificates.remove(at: index).key
                if !security.isReferenced(.key(key)) { security.keystore.keys.removeAll { $0.id == key } }
            }
            return EmptyResponse()
        }
    }

    /// Source: ONVIF device WSDL, GetPkcs10Request.
    package struct GetPkcs10Request: DeviceCertificateOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String
        private var subject: String?

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificateID")
            subject = request.optionalString("Subject")
        }

        /// - Throws: `InvalidArgVal/CertificateID`, `InvalidArgVal/InvalidSubject`, `Action/Signature`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let stored = security.keystore.certificates[try security.keystore.certificateIndex(id)]
            guard let key = security.keystore.privateKey(ofCertificate: id) else {
                throw .receiver("Action", "Signature", reason: "the device has no private key for \(id)")
            }
            do {
                let name = try subject.map { try Name(text: $0) } ?? stored.certificate.subject
                let request = try CertificationRequest(
                    subject: name, key: key, algorithm: .usual(for: key.publicKey.algorithm))
                return Response(request: request.der)
            } catch {
                throw .sender("InvalidArgVal", "InvalidSubject", reason: "the subject is no name such as CN=camera,O=x")
            }
        }

        package struct Response: ResponseMessage, Equatable {
            let request: Data

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Pkcs10Request") { writer in
                    writer.element(.tt, "Data", request.base64EncodedString())
                }
            }
        }
    }

    /// Source: ONVIF device WSDL, GetCertificateInformation.
    package struct GetCertificateInformation: DeviceCertificateOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CertificateID")
        }

        /// - Throws: `InvalidArgVal/CertificateID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> Response {
            let stored = security.keystore.certificates[try security.keystore.certificateIndex(id)]
            return Response(id: id, certificate: stored.certificate)
        }

        package struct Response: ResponseMessage, Equatable {
            let id: String
            let certificate: X509Certificate

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "CertificateInformation") { writer in
                    writer.element(.tt, "CertificateID", id)
                    writer.element(.tt, "IssuerDN", certificate.issuer.description)
                    writer.element(.tt, "SubjectDN", certificate.subject.description)
                    if let usage = certificate.keyUsage {
                        writer.element(.tt, "KeyUsage", [("Critical", "\(usage.isCritical)")], usage.text)
                    }
                    writer.element(.tt, "KeyLength", certificate.publicKey.algorithm.length)
                    writer.element(.tt, "Version", "3")
                    writer.element(.tt, "SerialNum", certificate.serialNumber)
                    writer.element(.tt, "SignatureAlgorithm", certificate.signatureAlgorithm.name)
                    writer.element(.tt, "Validity") { writer in
                        writer.element(.tt, "From", XSDateTime.string(certificate.notBefore))
                        writer.element(.tt, "Until", XSDateTime.string(certificate.notAfter))
                    }
                }
            }
        }
    }
}

/// A certificate as a client sends it, under an identifier of its choice.
private struct DeviceCertificate {
    /// Nil where the device shall choose.
    let id: String?
    let certificate: X509Certificate

    static func all(in request: XMLElement, _ name: String) throws(Fault) -> [DeviceCertificate] {
        var all: [DeviceCertificate] = []
        for element in request.children(name) { all.append(try DeviceCertificate(element)) }
        guard !all.isEmpty else { throw .sender("InvalidArgs", reason: "\(request.name) has no \(name)") }
        return all
    }

    /// - Throws: `InvalidArgVal/CertificateFormat`, `InvalidArgVal` for an identifier that is too long.
    init(_ element: XMLElement) throws(Fault) {
        id = element.child("CertificateID") == nil ? nil : try element.token("CertificateID")
        let der = try element.required("Certificate").der("Data", orElse: "CertificateFormat")
        do {
            certificate = try X509Certificate(der: der)
        } catch {
            throw .refused(error, malformed: "CertificateFormat")
        }
    }
}

extension KeystoreState {
    /// - Throws: `InvalidArgVal/CertificateID` for an identifier that is taken or empty, and what is said of a full keystore.
    fileprivate mutating func store(
        _ certificate: DeviceCertificate, key: PrivateKey? = nil, isAuthority: Bool = false, _ model: SecurityModel
    ) throws(Fault) {
        if let id = certificate.id, id.isEmpty || certificates.contains(where: { $0.id == id }) {
            throw .sender("InvalidArgVal", "CertificateID", reason: "the identifier \"\(id)\" is taken or empty")
        }
        let key = try link(certificate.certificate.publicKey, key, alias: nil, limit: model.maximumKeys)
        _ = try store(
            certificate.certificate, as: certificate.id, key: key, alias: nil, isAuthority: isAuthority,
            limit: model.maximumCertificates)
    }
}

extension Name {
    /// A name such as `CN=camera,O=Glasseye`, the most specific part first and without escapes (RFC 4514).
    fileprivate init(text: String) throws(CertificateError) {
        var parts: [[Attribute]] = []
        for part in text.split(separator: ",").reversed() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { throw .invalidName }
            let type = sides[0].trimmed
            parts.append([Attribute(type: Name.types[type] ?? type, value: sides[1].trimmed)])
        }
        try self.init(parts)
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
