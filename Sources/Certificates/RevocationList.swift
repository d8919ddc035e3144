package import Foundation
import SwiftASN1
import X509

/// A certificate revocation list, complete and direct (RFC 5280 §5).
package struct RevocationList: Equatable, Sendable {
    package let der: Data
    package let signatureAlgorithm: SignatureAlgorithm
    /// The issuer's name, DER.
    let issuer: Data
    /// What the issuer signed.
    private let body: Data
    private let signature: Data
    /// Serial numbers, big-endian without leading zeros.
    private let revoked: Set<Data>

    /// - Throws: `malformed`, `unsupportedSignatureAlgorithm`.
    package init(der: Data) throws(CertificateError) {
        let outer = try ASN1Node.parse(der).elements
        guard outer.count == 3 else { throw .malformed }
        guard let algorithm = SignatureAlgorithm(rawValue: try outer[1].algorithm.identifier) else {
            throw .unsupportedSignatureAlgorithm
        }
        guard let bits = try? ASN1BitString(derEncoded: outer[2]) else { throw .malformed }
        var nodes = try outer[0].elements[...]
        // version, there for version 2 only
        if nodes.first?.identifier == .integer { nodes.removeFirst() }
        guard nodes.count >= 3, nodes.removeFirst().identifier == .sequence, let issuer = nodes.popFirst(),
            issuer.identifier == .sequence, let thisUpdate = nodes.popFirst(), Self.isTime(thisUpdate)
        else { throw .malformed }
        if let next = nodes.first, Self.isTime(next) { nodes.removeFirst() }
        var revoked: Set<Data> = []
        if let entries = nodes.first, entries.identifier == .sequence {
            for entry in try entries.elements {
                guard let serial = try entry.elements.first, serial.identifier == .integer else { throw .malformed }
                revoked.insert(Data(try serial.primitive.drop { $0 == 0 }))
            }
        }
        self.der = der
        self.issuer = Data(issuer.encodedBytes)
        self.revoked = revoked
        signatureAlgorithm = algorithm
        body = Data(outer[0].encodedBytes)
        signature = Data(bits.bytes)
    }

    private static func isTime(_ node: ASN1Node) -> Bool {
        node.identifier == .utcTime || node.identifier == .generalizedTime
    }

    /// Whether the list is that key's, and tells of that certificate.
    ///
    /// - Parameters:
    ///   - certificate: whose status is asked.
    ///   - key: that of the certificate's issuer, which must have signed the list too.
    /// - Returns: true only for a list with a valid signature by that key.
    package func revokes(_ certificate: X509Certificate, issuedBy key: PublicKey) -> Bool {
        guard certificate.issuerDER == issuer,
            revoked.contains(Data(certificate.library.serialNumber.bytes.drop { $0 == 0 }))
        else { return false }
        return key.isValid(signature, for: body, by: signatureAlgorithm)
    }
}

extension RevocationList: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(der: try decoder.singleValueContainer().decode(Data.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(der)
    }
}
