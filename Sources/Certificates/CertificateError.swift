/// Why bytes are no key, certificate, revocation list or container that can be used here.
package enum CertificateError: Error, Equatable, Sendable {
    /// Not the ASN.1 structure that it should be.
    case malformed
    /// A public key that is neither RSA of 2048 bits or more nor on a supported curve.
    case unsupportedPublicKey
    /// A signature algorithm other than those of `SignatureAlgorithm`.
    case unsupportedSignatureAlgorithm
    /// The key cannot make signatures of that algorithm.
    case keySignatureMismatch
    /// Encryption other than PBES2 with PBKDF2 and AES-CBC.
    case unsupportedEncryption
    /// Encrypted, and no passphrase was given.
    case passphraseMissing
    /// The passphrase does not open the container.
    case decryptionFailed
    /// The container's integrity check fails, or there is none where one was asked for.
    case integrityFailed
    /// A name without attributes, or with a value that its type cannot hold.
    case invalidName
}
