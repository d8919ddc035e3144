import Crypto
import CryptoExtras
package import Foundation
import SwiftASN1
import X509

/// A private key as PKCS#8 (RFC 5958); shows itself nowhere.
package struct PrivateKey: Codable, Equatable, Sendable {
    /// DER, unencrypted; for the TLS server and the device's own storage alone.
    package let secretDER: Data
    package let publicKey: PublicKey

    /// Makes a key pair; takes up to seconds for RSA.
    ///
    /// - Throws: `unsupportedPublicKey` for a length or curve that is not made here.
    package init(generating algorithm: KeyAlgorithm) throws(CertificateError) {
        do {
            switch algorithm {
            case .rsa(let bits):
                guard KeyAlgorithm.rsaLengths.contains(bits) else { throw CertificateError.unsupportedPublicKey }
                let key = try _RSA.Signing.PrivateKey(keySize: .init(bitCount: bits))
                try self.init(Certificate.PrivateKey(key), key.pkcs8DERRepresentation)
            case .ec(.p256):
                let key = P256.Signing.PrivateKey()
                try self.init(Certificate.PrivateKey(key), key.derRepresentation)
            case .ec(.p384):
                let key = P384.Signing.PrivateKey()
                try self.init(Certificate.PrivateKey(key), key.derRepresentation)
            case .ec(.p521):
                let key = P521.Signing.PrivateKey()
                try self.init(Certificate.PrivateKey(key), key.derRepresentation)
            }
        } catch {
            throw .unsupportedPublicKey
        }
    }

    /// Reads a `PrivateKeyInfo`, unencrypted.
    ///
    /// - Throws: `malformed`, `unsupportedPublicKey`.
    package init(pkcs8 der: Data) throws(CertificateError) {
        let nodes = try ASN1Node.parse(der).elements
        guard nodes.count >= 3, (try? nodes[0].integer) != nil else { throw .malformed }
        let algorithm = try nodes[1].algorithm.identifier
        guard Self.supported.contains(algorithm) else { throw .unsupportedPublicKey }
        let key: Certificate.PrivateKey
        do {
            key = try Certificate.PrivateKey(derBytes: Array(der))
        } catch {
            // The structure was read; what is inside is too short or on another curve.
            throw .unsupportedPublicKey
        }
        try self.init(key, der)
    }

    /// `rsaEncryption` and `id-ecPublicKey`.
    static let supported: Set = ["1.2.840.113549.1.1.1", "1.2.840.10045.2.1"]

    private init(_ key: Certificate.PrivateKey, _ der: Data) throws(CertificateError) {
        secretDER = der
        publicKey = try PublicKey(key.publicKey)
    }

    var library: Certificate.PrivateKey {
        get throws(CertificateError) {
            do {
                return try Certificate.PrivateKey(derBytes: Array(secretDER))
            } catch {
                throw .malformed
            }
        }
    }

    /// PEM, as a TLS library reads it.
    package var secretPEM: String {
        "-----BEGIN PRIVATE KEY-----\n\(secretDER.base64EncodedString(options: .lineLength64Characters))\n"
            + "-----END PRIVATE KEY-----\n"
    }

    /// Signs in the encoding of certificates.
    package func signature(for message: Data, by algorithm: SignatureAlgorithm) throws(CertificateError) -> Data {
        guard algorithm.fits(publicKey.algorithm) else { throw .keySignatureMismatch }
        let key = try library
        do {
            let signature = try key.sign(bytes: message, signatureAlgorithm: algorithm.library)
            return Data(signature.rawRepresentation)
        } catch {
            throw .keySignatureMismatch
        }
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "a private key of \(publicKey.algorithm)" }
    /// Without the secret, so that no dump shows it.
    package var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
