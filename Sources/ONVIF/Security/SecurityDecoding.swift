import Certificates
import Foundation
import XML

/// Reading the data types of the security service.
extension XMLElement {
    /// An alias that a client gives; nil where it gives none.
    func alias(_ name: String = "Alias") throws(Fault) -> String? {
        guard let text = child(name)?.text else { return nil }
        guard text.count <= KeystoreState.aliasLimit else {
            throw .sender(
                "InvalidArgVal", reason: "\(name) has more than \(KeystoreState.aliasLimit) characters")
        }
        return text
    }

    /// A `tas:Base64DERencodedASN1Value`.
    ///
    /// - Parameters:
    ///   - name: of the child element.
    ///   - subcode: of the fault for something else than base64.
    ///   - limit: bytes.
    /// - Returns: at least one byte.
    /// - Throws: `InvalidArgs`, and `InvalidArgVal/` with the subcode.
    func der(_ name: String, orElse subcode: String, limit: Int = KeystoreState.objectLimit) throws(Fault) -> Data {
        let text = try required(name).text
        guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }), !data.isEmpty else {
            throw .sender("InvalidArgVal", subcode, reason: "\(name) is not base64")
        }
        guard data.count <= limit else {
            throw .sender("InvalidArgVal", subcode, reason: "\(name) has more than \(limit) bytes")
        }
        return data
    }

    /// A `tas:AlgorithmIdentifier` of a signature.
    ///
    /// - Throws: `InvalidArgVal/UnsupportedSignatureAlgorithm`.
    func signatureAlgorithm() throws(Fault) -> SignatureAlgorithm {
        let identifier = try required("SignatureAlgorithm").string("algorithm")
        guard let algorithm = SignatureAlgorithm(rawValue: identifier) else {
            throw .sender(
                "InvalidArgVal", "UnsupportedSignatureAlgorithm",
                reason:
                    "\(identifier) is none of \(SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return algorithm
    }

    /// A `tas:DistinguishedName`; the parts keep their order.
    ///
    /// - Throws: `InvalidArgVal/InvalidSubject`.
    func distinguishedName(_ name: String) throws(Fault) -> Name {
        var relative: [[Name.Attribute]] = []
        for part in try required(name).children {
            if let type = Self.nameTypes[part.name] {
                relative.append([Name.Attribute(type: type, value: part.trimmedText)])
            } else if part.name == "GenericAttribute" {
                relative.append([try part.nameAttribute()])
            } else if part.name == "MultiValuedRDN" {
                var attributes: [Name.Attribute] = []
                for attribute in part.children("Attribute") { attributes.append(try attribute.nameAttribute()) }
                relative.append(attributes)
            } else {
                throw .sender("InvalidArgVal", "InvalidSubject", reason: "\(part.name) is no part of a name")
            }
        }
        do {
            return try Name(relative)
        } catch {
            throw .sender(
                "InvalidArgVal", "InvalidSubject", reason: "\(name) is empty or has a value that its type cannot hold")
        }
    }

    private func nameAttribute() throws(Fault) -> Name.Attribute {
        let type = try string("Type")
        return Name.Attribute(type: Name.types[type] ?? type, value: try string("Value"))
    }

    private static let nameTypes = [
        "Country": "2.5.4.6", "Organization": "2.5.4.10", "OrganizationalUnit": "2.5.4.11",
        "DistinguishedNameQualifier": "2.5.4.46", "StateOrProvinceName": "2.5.4.8", "CommonName": "2.5.4.3",
        "SerialNumber": "2.5.4.5", "Locality": "2.5.4.7", "Title": "2.5.4.12", "Surname": "2.5.4.4",
        "GivenName": "2.5.4.42", "Initials": "2.5.4.43", "Pseudonym": "2.5.4.65", "GenerationQualifier": "2.5.4.44",
        "DomainComponent": "0.9.2342.19200300.100.1.25",
    ]

    /// A `tas:X509v3Extension`.
    ///
    /// `subcode`: of the fault for one that is malformed.
    func certificateExtension(orElse subcode: String) throws(Fault) -> CertificateExtension {
        do {
            return try CertificateExtension(
                identifier: try string("extnOID"), isCritical: try optionalBoolean("critical") ?? false,
                value: try der("extnValue", orElse: subcode))
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .sender("InvalidArgVal", subcode, reason: "the extension's identifier or value is malformed")
        }
    }
}

extension Fault {
    /// What a certificate, key or container that cannot be used is refused with.
    ///
    /// `malformed`: the subcode for bytes that are not what they should be.
    static func refused(_ error: CertificateError, malformed: String) -> Fault {
        switch error {
        case .malformed: .sender("InvalidArgVal", malformed, reason: "the structure cannot be read")
        case .unsupportedPublicKey:
            .sender(
                "InvalidArgVal", "UnsupportedPublicKeyAlgorithm",
                reason: "keys are RSA of 2048 bits or more, or on secp256r1, secp384r1 or secp521r1")
        case .unsupportedSignatureAlgorithm:
            .sender(
                "InvalidArgVal", "UnsupportedSignatureAlgorithm",
                reason: "signatures are RSA PKCS#1 v1.5 or ECDSA with SHA-256, SHA-384 or SHA-512")
        case .keySignatureMismatch:
            .sender(
                "InvalidArgVal", "KeySignatureAlgorithmMismatch", reason: "the key cannot make signatures of that kind")
        case .unsupportedEncryption:
            .sender(
                "InvalidArgVal", malformed,
                reason: "encryption is PBES2 with PBKDF2 and AES-CBC; integrity HMAC with SHA")
        case .passphraseMissing, .decryptionFailed:
            .sender("InvalidArgVal", "DecryptionFailed", reason: "the passphrase is missing or does not open it")
        case .integrityFailed:
            .sender("InvalidArgVal", malformed, reason: "the integrity check fails")
        case .invalidName: .sender("InvalidArgVal", "InvalidSubject", reason: "the name is invalid")
        }
    }
}
