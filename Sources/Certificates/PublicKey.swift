import Crypto
import CryptoExtras
package import Foundation
import SwiftASN1
import X509

/// A public key as its `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
package struct PublicKey: Codable, Hashable, Sendable {
    /// DER.
    package let der: Data
    package let algorithm: KeyAlgorithm

    /// - Throws: `malformed`, `unsupportedPublicKey`.
    package init(der: Data) throws(CertificateError) {
        let key: Certificate.PublicKey
        _ = try ASN1Node.parse(der)
        do {
            key = try Certificate.PublicKey(derEncoded: Array(der))
        } catch {
            throw .unsupportedPublicKey
        }
        try self.init(key)
    }

    init(_ key: Certificate.PublicKey) throws(CertificateError) {
        if P256.Signing.PublicKey(key) != nil {
            algorithm = .ec(.p256)
        } else if P384.Signing.PublicKey(key) != nil {
            algorithm = .ec(.p384)
        } else if P521.Signing.PublicKey(key) != nil {
            algorithm = .ec(.p521)
        } else if let rsa = _RSA.Signing.PublicKey(key) {
            algorithm = .rsa(bits: rsa.keySizeInBits)
        } else {
            throw .unsupportedPublicKey
        }
        var serializer = DER.Serializer()
        do {
            try key.serialize(into: &serializer)
        } catch {
            throw .malformed
        }
        der = Data(serializer.serializedBytes)
    }

    /// Checks a signature in the encoding of certificates: PKCS#1 v1.5, or ECDSA as a DER sequence of r and s.
    package func isValid(_ signature: Data, for message: Data, by algorithm: SignatureAlgorithm) -> Bool {
        guard algorithm.fits(self.algorithm), let key = try? Certificate.PublicKey(derEncoded: Array(der)) else {
            return false
        }
        return key.isValidSignature(signature, for: message, signatureAlgorithm: algorithm.library)
    }

    /// Checks an ECDSA signature of P-256 and SHA-256 in the encoding of JSON Web Signatures: r and s, 32 bytes each
    /// (RFC 7518 §3.4).
    package func isValidES256(_ signature: Data, for message: Data) -> Bool {
        guard let library = try? Certificate.PublicKey(derEncoded: Array(der)),
            let key = P256.Signing.PublicKey(library),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

extension SignatureAlgorithm {
    var library: Certificate.SignatureAlgorithm {
        switch self {
        case .sha256WithRSA: .sha256WithRSAEncryption
        case .sha384WithRSA: .sha384WithRSAEncryption
        case .sha512WithRSA: .sha512WithRSAEncryption
        case .ecdsaWithSHA256: .ecdsaWithSHA256
        case .ecdsaWithSHA384: .ecdsaWithSHA384
        case .ecdsaWithSHA512: .ecdsaWithSHA512
        }
    }
}
