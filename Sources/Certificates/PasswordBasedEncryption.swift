import Crypto
import CryptoExtras
package import Foundation
import SwiftASN1

/// Password-based encryption by PBES2: PBKDF2 and AES-CBC (RFC 8018 §6.2). The older schemes of PKCS#12 are refused.
package enum PasswordBasedEncryption {
    /// As capabilities name what `decrypt` reads.
    package static let algorithms = ["1.2.840.113549.1.5.13"]
    /// The most rounds of a derivation, some tenths of a second; tools write 2,048 to 100,000.
    package static let roundsLimit = 200_000

    /// - Parameters:
    ///   - ciphertext: whole blocks.
    ///   - node: the `AlgorithmIdentifier` of the encryption.
    ///   - passphrase: its UTF-8 bytes are used.
    /// - Returns: the plaintext without its padding.
    /// - Throws: `unsupportedEncryption`, `decryptionFailed`, `malformed`.
    static func decrypt(
        _ ciphertext: ArraySlice<UInt8>, algorithm node: ASN1Node, passphrase: String
    ) throws(CertificateError) -> Data {
        let (identifier, parameters) = try node.algorithm
        guard identifier == algorithms[0] else { throw .unsupportedEncryption }
        guard let nodes = try parameters?.elements, nodes.count == 2 else { throw .malformed }
        let (cipher, iv) = try nodes[1].algorithm
        guard let keyLength = keyLengths[cipher] else { throw .unsupportedEncryption }
        guard let iv = try iv?.primitive else { throw .malformed }
        let key = try derive(nodes[0], passphrase: passphrase, count: keyLength)
        do {
            return try AES._CBC.decrypt(ciphertext, using: key, iv: .init(ivBytes: iv))
        } catch {
            throw .decryptionFailed
        }
    }

    private static func derive(
        _ node: ASN1Node, passphrase: String, count: Int
    ) throws(CertificateError) -> SymmetricKey {
        let (identifier, parameters) = try node.algorithm
        guard identifier == "1.2.840.113549.1.5.12" else { throw .unsupportedEncryption }
        guard var nodes = try parameters?.elements[...], nodes.count >= 2 else { throw .malformed }
        let salt = try nodes.removeFirst().primitive
        let rounds = try nodes.removeFirst().integer
        guard (1...roundsLimit).contains(rounds) else { throw .unsupportedEncryption }
        if let length = nodes.first, length.identifier == .integer {
            guard try nodes.removeFirst().integer == count else { throw .malformed }
        }
        let prf = try nodes.first?.algorithm.identifier ?? "1.2.840.113549.2.7"
        guard let hash = hashes[prf] else { throw .unsupportedEncryption }
        do {
            return try KDF.Insecure.PBKDF2.deriveKey(
                from: Data(passphrase.utf8), salt: salt, using: hash, outputByteCount: count,
                unsafeUncheckedRounds: rounds)
        } catch {
            throw .decryptionFailed
        }
    }

    /// AES-128, -192 and -256 in CBC mode, bytes of the key.
    private static let keyLengths = [
        "2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32,
    ]
    /// HMAC with SHA-1 (the default of the structure), SHA-256, SHA-384 and SHA-512.
    private static let hashes: [String: KDF.Insecure.PBKDF2.HashFunction] = [
        "1.2.840.113549.2.7": .insecureSHA1, "1.2.840.113549.2.9": .sha256, "1.2.840.113549.2.10": .sha384,
        "1.2.840.113549.2.11": .sha512,
    ]
}

extension PrivateKey {
    /// Reads a `PrivateKeyInfo` or an `EncryptedPrivateKeyInfo` (RFC 5958).
    ///
    /// - Throws: `passphraseMissing` for an encrypted key without a passphrase, and what decryption throws.
    package init(pkcs8 der: Data, passphrase: String?) throws(CertificateError) {
        let nodes = try ASN1Node.parse(der).elements
        guard let first = nodes.first, nodes.count == 2, first.identifier == .sequence else {
            try self.init(pkcs8: der)
            return
        }
        guard let passphrase else { throw .passphraseMissing }
        let opened = try PasswordBasedEncryption.decrypt(
            try nodes[1].primitive, algorithm: first, passphrase: passphrase)
        do {
            try self.init(pkcs8: opened)
        } catch .malformed {
            // A wrong passphrase may by chance leave a valid padding.
            throw .decryptionFailed
        }
    }
}
