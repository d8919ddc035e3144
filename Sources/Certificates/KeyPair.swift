package import CryptoExtras

/// A private key that the keystore holds.
package enum KeyPair: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
}
