package import Foundation
import SwiftASN1
import X509

/// A PKCS#10 request (RFC 2986).
package struct CertificationRequest: Equatable, Sendable {
    package let der: Data

    /// An attribute beside the extensions.
    package struct Attribute: Equatable, Sendable {
        fileprivate let identifier: ASN1ObjectIdentifier
        fileprivate let values: [ASN1Any]

        /// - Parameters:
        ///   - identifier: a dotted object identifier.
        ///   - value: DER; a set is taken for the set of all values, anything else for the only one.
        /// - Throws: `malformed`.
        package init(identifier: String, value: Data) throws(CertificateError) {
            guard let identifier = try? ASN1ObjectIdentifier(dotRepresentation: identifier) else { throw .malformed }
            let node = try ASN1Node.parse(value)
            self.identifier = identifier
            values =
                node.identifier == .set ? try node.elements.map(ASN1Any.init(derEncoded:)) : [ASN1Any(derEncoded: node)]
            guard !values.isEmpty else { throw .malformed }
        }
    }

    /// - Throws: `keySignatureMismatch`; `malformed` for attributes or extensions given twice.
    package init(
        subject: Name, key: PrivateKey, algorithm: SignatureAlgorithm, extensions: [CertificateExtension] = [],
        attributes: [Attribute] = []
    ) throws(CertificateError) {
        guard algorithm.fits(key.publicKey.algorithm) else { throw .keySignatureMismatch }
        let signer = try key.library
        do {
            var all = attributes.map { CertificateSigningRequest.Attribute(oid: $0.identifier, values: $0.values) }
            if !extensions.isEmpty {
                let asked = ExtensionRequest(extensions: try .init(extensions.map(\.library)))
                all.append(try .init(asked))
            }
            let request = try CertificateSigningRequest(
                version: .v1, subject: subject.library, privateKey: signer, attributes: .init(all),
                signatureAlgorithm: algorithm.library)
            var serializer = DER.Serializer()
            try request.serialize(into: &serializer)
            der = Data(serializer.serializedBytes)
        } catch {
            throw .malformed
        }
    }

    /// Reads a request and checks its signature, as an authority does.
    package init(der: Data) throws(CertificateError) {
        guard let request = try? CertificateSigningRequest(derEncoded: Array(der)),
            request.publicKey.isValidSignature(request.signature, for: request)
        else { throw .malformed }
        self.der = der
    }

    package var subject: Name? { library.map { Name($0.subject) } }
    package var publicKey: PublicKey? { library.flatMap { try? PublicKey($0.publicKey) } }
    private var library: CertificateSigningRequest? { try? CertificateSigningRequest(derEncoded: Array(der)) }
}
