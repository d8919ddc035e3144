package import Foundation
import SwiftASN1
import X509

/// An X.509 certificate (RFC 5280 §4); kept as the bytes it came in.
package struct X509Certificate: Equatable, Sendable {
    package let der: Data
    package let publicKey: PublicKey
    package let signatureAlgorithm: SignatureAlgorithm
    let library: Certificate
    let issuerDER: Data

    /// - Throws: `malformed`, `unsupportedSignatureAlgorithm`, `unsupportedPublicKey`.
    package init(der: Data) throws(CertificateError) {
        let outer = try ASN1Node.parse(der).elements
        guard outer.count == 3, outer[2].identifier == .bitString else { throw .malformed }
        let body = try Body(outer[0])
        guard let algorithm = SignatureAlgorithm(rawValue: try outer[1].algorithm.identifier) else {
            throw .unsupportedSignatureAlgorithm
        }
        signatureAlgorithm = algorithm
        try body.checkPublicKey()
        issuerDER = body.issuer
        do {
            library = try Certificate(derEncoded: Array(der))
        } catch {
            throw .malformed
        }
        publicKey = try PublicKey(library.publicKey)
        self.der = der
    }

    /// What the library does not hand out, or refuses a whole certificate for.
    private struct Body {
        let issuer: Data
        private let publicKey: ASN1Node

        init(_ node: ASN1Node) throws(CertificateError) {
            var nodes = try node.elements[...]
            if nodes.first?.isTagged(0) == true { nodes.removeFirst() }
            // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
            guard nodes.count >= 6 else { throw .malformed }
            issuer = Data(nodes[nodes.startIndex + 2].encodedBytes)
            publicKey = nodes[nodes.startIndex + 5]
        }

        func checkPublicKey() throws(CertificateError) {
            guard let algorithm = try publicKey.elements.first?.algorithm.identifier else { throw .malformed }
            guard PrivateKey.supported.contains(algorithm),
                (try? PublicKey(der: Data(publicKey.encodedBytes))) != nil
            else { throw .unsupportedPublicKey }
        }
    }

    /// What a new certificate says.
    package struct Contents: Sendable {
        package var subject: Name
        package var notBefore: Date
        package var notAfter: Date
        /// Big-endian, positive, at most 20 bytes.
        package var serialNumber: [UInt8]
        package var extensions: [CertificateExtension]

        package init(
            subject: Name, notBefore: Date, notAfter: Date, serialNumber: [UInt8],
            extensions: [CertificateExtension] = []
        ) {
            self.subject = subject
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.serialNumber = serialNumber
            self.extensions = extensions
        }
    }

    /// Makes a self-signed X.509 v3 certificate.
    ///
    /// - Throws: `keySignatureMismatch`, `malformed` for extensions given twice.
    package init(
        selfSigned contents: Contents, key privateKey: PrivateKey, algorithm: SignatureAlgorithm
    ) throws(CertificateError) {
        try self.init(contents, key: privateKey.publicKey, issuer: contents.subject, privateKey, algorithm)
    }

    /// Makes an X.509 v3 certificate that an issuer signs.
    ///
    /// - Throws: `keySignatureMismatch`, `malformed` for extensions given twice.
    package init(
        _ contents: Contents, key: PublicKey, issuer: Name, _ issuerKey: PrivateKey, _ algorithm: SignatureAlgorithm
    ) throws(CertificateError) {
        guard algorithm.fits(issuerKey.publicKey.algorithm) else { throw .keySignatureMismatch }
        let signer = try issuerKey.library
        do {
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(bytes: contents.serialNumber),
                publicKey: try .init(derEncoded: Array(key.der)), notValidBefore: contents.notBefore,
                notValidAfter: contents.notAfter, issuer: issuer.library, subject: contents.subject.library,
                signatureAlgorithm: algorithm.library, extensions: try .init(contents.extensions.map(\.library)),
                issuerPrivateKey: signer)
            var serializer = DER.Serializer()
            try certificate.serialize(into: &serializer)
            try self.init(der: Data(serializer.serializedBytes))
        } catch {
            throw .malformed
        }
    }

    package var subject: Name { Name(library.subject) }
    package var issuer: Name { Name(library.issuer) }
    package var notBefore: Date { library.notValidBefore }
    package var notAfter: Date { library.notValidAfter }
    /// Upper-case hexadecimal digits.
    package var serialNumber: String {
        library.serialNumber.bytes.map { String(format: "%02X", $0) }.joined()
    }

    /// Whether the issuer's key made the signature; names and dates do not count.
    package func isSigned(by key: PublicKey) -> Bool {
        guard let issuer = try? Certificate.PublicKey(derEncoded: Array(key.der)) else { return false }
        return issuer.isValidSignature(library.signature, for: library)
    }

    /// The key usages by name and whether they are critical; nil where the certificate does not tell.
    package var keyUsage: (text: String, isCritical: Bool)? {
        guard let usage = try? library.extensions.keyUsage,
            let isCritical = library.extensions[oid: .X509ExtensionID.keyUsage]?.critical
        else { return nil }
        let names: [(Bool, String)] = [
            (usage.digitalSignature, "digitalSignature"), (usage.nonRepudiation, "nonRepudiation"),
            (usage.keyEncipherment, "keyEncipherment"), (usage.dataEncipherment, "dataEncipherment"),
            (usage.keyAgreement, "keyAgreement"), (usage.keyCertSign, "keyCertSign"), (usage.cRLSign, "cRLSign"),
        ]
        return (names.filter(\.0).map(\.1).joined(separator: ", "), isCritical)
    }

    /// Whether a TLS client may authenticate by it, as the extended key usage says (RFC 5280 §4.2.1.12).
    package var isForTLSClients: Bool {
        ((try? library.extensions.extendedKeyUsage)?.flatMap(Array.init) ?? []).contains(.clientAuth)
    }
}

extension X509Certificate: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(der: try decoder.singleValueContainer().decode(Data.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(der)
    }

    package static func == (left: X509Certificate, right: X509Certificate) -> Bool { left.der == right.der }
}

/// An extension of a certificate, or one that a request asks for (RFC 5280 §4.2).
package struct CertificateExtension: Equatable, Sendable {
    /// A dotted object identifier.
    package let identifier: String
    package let isCritical: Bool
    /// The DER encoding of the extension's value.
    package let value: Data
    private let parsed: ASN1ObjectIdentifier

    /// - Throws: `malformed` for an identifier that is none, or a value that is not DER.
    package init(identifier: String, isCritical: Bool, value: Data) throws(CertificateError) {
        guard let parsed = try? ASN1ObjectIdentifier(dotRepresentation: identifier) else { throw .malformed }
        _ = try ASN1Node.parse(value)
        self.identifier = identifier
        self.isCritical = isCritical
        self.value = value
        self.parsed = parsed
    }

    var library: Certificate.Extension {
        Certificate.Extension(oid: parsed, critical: isCritical, value: Array(value)[...])
    }

    /// The host by which a server is reached: a name, or an IPv4 address (RFC 5280 §4.2.1.6).
    package static func host(_ host: String) throws(CertificateError) -> CertificateExtension {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        let name: GeneralName =
            octets.count == 4 ? .ipAddress(ASN1OctetString(contentBytes: octets[...])) : .dnsName(host)
        guard let made = try? Certificate.Extension(SubjectAlternativeNames([name]), critical: false) else {
            throw .malformed
        }
        return try CertificateExtension(
            identifier: made.oid.description, isCritical: made.critical, value: Data(made.value))
    }

    /// Whether the subject is a certificate authority (RFC 5280 §4.2.1.9).
    package static func authority(_ isAuthority: Bool) throws(CertificateError) -> CertificateExtension {
        let constraints: BasicConstraints =
            isAuthority ? .isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority
        guard let made = try? Certificate.Extension(constraints, critical: true) else { throw .malformed }
        return try CertificateExtension(
            identifier: made.oid.description, isCritical: made.critical, value: Data(made.value))
    }

    /// `id-kp-clientAuth`.
    package static func clientAuthentication() throws(CertificateError) -> CertificateExtension {
        guard let usage = try? ExtendedKeyUsage([.clientAuth]),
            let made = try? Certificate.Extension(usage, critical: false)
        else { throw .malformed }
        return try CertificateExtension(
            identifier: made.oid.description, isCritical: made.critical, value: Data(made.value))
    }
}
