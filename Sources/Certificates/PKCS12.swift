import Crypto
package import Foundation
import SwiftASN1

/// A PKCS#12 container: certificates and a private key (RFC 7292).
///
/// Encryption is PBES2 or none; integrity is by a password and HMAC with SHA-1 or SHA-2, or none. Containers that are
/// signed or encrypted by a public key are refused.
package struct PKCS12: Sendable {
    /// In the order of the container.
    package private(set) var certificates: [Data] = []
    /// The first one.
    package private(set) var privateKey: PrivateKey?
    package let hasIntegrity: Bool

    private static let dataType = "1.2.840.113549.1.7.1"
    private static let encryptedDataType = "1.2.840.113549.1.7.6"

    /// - Parameters:
    ///   - der: the PFX.
    ///   - integrity: the passphrase of the integrity check; nil leaves it out.
    ///   - encryption: the passphrase of what is encrypted.
    /// - Throws: `integrityFailed` for a check that fails, or that was asked for and is not there; `unsupportedEncryption`,
    ///   `passphraseMissing`, `decryptionFailed`, `malformed`.
    package init(der: Data, integrity: String?, encryption: String?) throws(CertificateError) {
        let outer = try ASN1Node.parse(der).elements
        guard outer.count >= 2, try outer[0].integer == 3 else { throw .malformed }
        let safe = try Self.data(outer[1])
        hasIntegrity = outer.count > 2
        if let integrity {
            guard hasIntegrity else { throw .integrityFailed }
            try Self.check(outer[2], safe, passphrase: integrity)
        }
        for content in try ASN1Node.parse(safe).elements {
            let nodes = try content.elements
            guard nodes.count == 2 else { throw .malformed }
            switch try nodes[0].objectIdentifier {
            case Self.dataType: try read(try ASN1Node.parse(try nodes[1].inner.primitive), encryption)
            case Self.encryptedDataType:
                let parts = try nodes[1].inner.elements
                guard parts.count >= 2 else { throw .malformed }
                let information = try parts[1].elements
                guard information.count == 3, information[2].isTagged(0) else { throw .malformed }
                guard let encryption else { throw .passphraseMissing }
                let opened = try PasswordBasedEncryption.decrypt(
                    try information[2].primitive, algorithm: information[1], passphrase: encryption)
                do {
                    try read(try ASN1Node.parse(opened), encryption)
                } catch .malformed {
                    throw .decryptionFailed
                }
            default: throw .unsupportedEncryption
            }
        }
    }

    /// The octets of a `ContentInfo` of plain data.
    private static func data(_ node: ASN1Node) throws(CertificateError) -> ArraySlice<UInt8> {
        let nodes = try node.elements
        guard nodes.count == 2 else { throw .malformed }
        guard try nodes[0].objectIdentifier == dataType else { throw .unsupportedEncryption }
        return try nodes[1].inner.primitive
    }

    /// Takes keys and certificates out of the bags; others are passed over.
    private mutating func read(_ bags: ASN1Node, _ passphrase: String?) throws(CertificateError) {
        for bag in try bags.elements {
            let nodes = try bag.elements
            guard nodes.count >= 2 else { throw .malformed }
            let value = try nodes[1].inner
            switch try nodes[0].objectIdentifier {
            case "1.2.840.113549.1.12.10.1.1", "1.2.840.113549.1.12.10.1.2":
                let key = try PrivateKey(pkcs8: Data(value.encodedBytes), passphrase: passphrase)
                privateKey = privateKey ?? key
            case "1.2.840.113549.1.12.10.1.3":
                let parts = try value.elements
                guard parts.count == 2, try parts[0].objectIdentifier == "1.2.840.113549.1.9.22.1" else {
                    throw .malformed
                }
                certificates.append(Data(try parts[1].inner.primitive))
            default: break
            }
        }
    }

    // MARK: Integrity

    /// The hashes of the integrity check by their object identifiers: SHA-1 and SHA-2.
    package static let macAlgorithms = [
        "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3",
    ]

    private static func check(
        _ node: ASN1Node, _ content: ArraySlice<UInt8>, passphrase: String
    ) throws(CertificateError) {
        let nodes = try node.elements
        guard nodes.count >= 2 else { throw .malformed }
        let information = try nodes[0].elements
        guard information.count == 2 else { throw .malformed }
        let salt = Array(try nodes[1].primitive)
        let rounds = nodes.count > 2 ? try nodes[2].integer : 1
        guard (1...PasswordBasedEncryption.roundsLimit).contains(rounds) else { throw .unsupportedEncryption }
        let digest = Array(try information[1].primitive)
        let isValid: Bool
        switch try information[0].algorithm.identifier {
        case "1.3.14.3.2.26": isValid = verify(Insecure.SHA1.self, digest, content, salt, rounds, passphrase)
        case "2.16.840.1.101.3.4.2.1": isValid = verify(SHA256.self, digest, content, salt, rounds, passphrase)
        case "2.16.840.1.101.3.4.2.2": isValid = verify(SHA384.self, digest, content, salt, rounds, passphrase)
        case "2.16.840.1.101.3.4.2.3": isValid = verify(SHA512.self, digest, content, salt, rounds, passphrase)
        default: throw .unsupportedEncryption
        }
        guard isValid else { throw .integrityFailed }
    }

    private static func verify<Hash: HashFunction>(
        _: Hash.Type, _ digest: [UInt8], _ content: ArraySlice<UInt8>, _ salt: [UInt8], _ rounds: Int,
        _ passphrase: String
    ) -> Bool {
        let key = derive(Hash.self, salt: salt, rounds: rounds, passphrase: passphrase)
        return HMAC<Hash>.isValidAuthenticationCode(digest, authenticating: content, using: SymmetricKey(data: key))
    }

    /// The key of the integrity check, as long as the hash (RFC 7292 annex B.2 with the identifier 3 of B.3).
    ///
    /// One hash is enough for it, so the steps that lengthen the output are left out.
    private static func derive<Hash: HashFunction>(
        _: Hash.Type, salt: [UInt8], rounds: Int, passphrase: String
    ) -> [UInt8] {
        let block = Hash.blockByteCount
        func filled(_ bytes: [UInt8]) -> [UInt8] {
            guard !bytes.isEmpty else { return [] }
            let count = (bytes.count + block - 1) / block * block
            return (0..<count).map { bytes[$0 % bytes.count] }
        }
        // UTF-16, big-endian, with a zero at the end.
        let text = passphrase.utf16.flatMap { (unit) -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] } + [0, 0]
        var hash = Array(Hash.hash(data: [UInt8](repeating: 3, count: block) + filled(salt) + filled(text)))
        for _ in 1..<max(1, rounds) { hash = Array(Hash.hash(data: hash)) }
        return hash
    }
}
