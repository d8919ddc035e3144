/// What kind of key pair: the cryptosystem with its size.
package enum KeyAlgorithm: Codable, Hashable, Sendable {
    /// `bits`: length of the modulus.
    case rsa(bits: Int)
    case ec(EllipticCurve)

    /// Bits of the modulus or of the field, as certificates are described by them.
    package var length: Int {
        switch self {
        case .rsa(let bits): bits
        case .ec(.p256): 256
        case .ec(.p384): 384
        case .ec(.p521): 521
        }
    }

    /// The RSA lengths that can be made, bits.
    package static let rsaLengths = [2048, 3072, 4096]
}

/// The curves by their names among the TLS Supported Groups (IANA), as ONVIF names them.
package enum EllipticCurve: String, Codable, CaseIterable, Sendable {
    case p256 = "secp256r1"
    case p384 = "secp384r1"
    case p521 = "secp521r1"
}

/// The signature algorithms of certificates, requests and revocation lists by their object identifiers.
///
/// Source: ONVIF Security Baseline 26.06, Signatures. RSASSA-PSS is not among them: swift-certificates has no certificates
/// signed by it.
package enum SignatureAlgorithm: String, Codable, CaseIterable, Sendable {
    case sha256WithRSA = "1.2.840.113549.1.1.11"
    case sha384WithRSA = "1.2.840.113549.1.1.12"
    case sha512WithRSA = "1.2.840.113549.1.1.13"
    case ecdsaWithSHA256 = "1.2.840.10045.4.3.2"
    case ecdsaWithSHA384 = "1.2.840.10045.4.3.3"
    case ecdsaWithSHA512 = "1.2.840.10045.4.3.4"

    package var isRSA: Bool {
        switch self {
        case .sha256WithRSA, .sha384WithRSA, .sha512WithRSA: true
        case .ecdsaWithSHA256, .ecdsaWithSHA384, .ecdsaWithSHA512: false
        }
    }

    /// Whether a key of that kind can make such signatures.
    package func fits(_ key: KeyAlgorithm) -> Bool {
        if case .rsa = key { isRSA } else { !isRSA }
    }

    /// The usual choice for a key.
    package static func usual(for key: KeyAlgorithm) -> SignatureAlgorithm {
        switch key {
        case .rsa: .sha256WithRSA
        case .ec(.p256): .ecdsaWithSHA256
        case .ec(.p384): .ecdsaWithSHA384
        case .ec(.p521): .ecdsaWithSHA512
        }
    }

    /// As RFC 4055 and RFC 5758 name it.
    package var name: String {
        switch self {
        case .sha256WithRSA: "sha256WithRSAEncryption"
        case .sha384WithRSA: "sha384WithRSAEncryption"
        case .sha512WithRSA: "sha512WithRSAEncryption"
        case .ecdsaWithSHA256: "ecdsa-with-SHA256"
        case .ecdsaWithSHA384: "ecdsa-with-SHA384"
        case .ecdsaWithSHA512: "ecdsa-with-SHA512"
        }
    }
}
