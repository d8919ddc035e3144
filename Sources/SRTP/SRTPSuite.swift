/// A pair of cipher and authentication, by the name that SDP and ONVIF give it.
///
/// Source: RFC 4568 §6.2 (AES-128 in counter mode), RFC 6188 §3 (AES-256), RFC 7714 §12 (AEAD), ONVIF Streaming 25.12
/// §Cryptographic algorithm negotiation.
package enum SRTPSuite: String, CaseIterable, Hashable, Sendable {
    case aesCM128HMACSHA1Tag80 = "AES_CM_128_HMAC_SHA1_80"
    case aesCM128HMACSHA1Tag32 = "AES_CM_128_HMAC_SHA1_32"
    case aesCM256HMACSHA1Tag80 = "AES_256_CM_HMAC_SHA1_80"
    case aesCM256HMACSHA1Tag32 = "AES_256_CM_HMAC_SHA1_32"
    case aeadAES128GCM = "AEAD_AES_128_GCM"
    case aeadAES256GCM = "AEAD_AES_256_GCM"

    /// Bytes of an authentication key of HMAC-SHA1 (RFC 3711 §5.2).
    static let authenticationKeyLength = 20

    /// True where one algorithm both encrypts and authenticates.
    package var isAEAD: Bool { self == .aeadAES128GCM || self == .aeadAES256GCM }

    /// Bytes of the master key and of the session key.
    package var keyLength: Int {
        switch self {
        case .aesCM128HMACSHA1Tag80, .aesCM128HMACSHA1Tag32, .aeadAES128GCM: 16
        case .aesCM256HMACSHA1Tag80, .aesCM256HMACSHA1Tag32, .aeadAES256GCM: 32
        }
    }

    /// Bytes of the master salt and of the session salt.
    package var saltLength: Int { isAEAD ? 12 : 14 }

    /// Bytes of the tag of an RTP packet.
    package var tagLength: Int {
        switch self {
        case .aesCM128HMACSHA1Tag80, .aesCM256HMACSHA1Tag80: 10
        case .aesCM128HMACSHA1Tag32, .aesCM256HMACSHA1Tag32: 4
        case .aeadAES128GCM, .aeadAES256GCM: 16
        }
    }

    /// Bytes of the tag of an RTCP packet, which is never the short one (RFC 4568 §6.2.2).
    package var controlTagLength: Int { isAEAD ? 16 : 10 }
}
