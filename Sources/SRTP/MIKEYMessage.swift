/// A MIKEY message whose keys are not encrypted, since TLS carries it.
///
/// Source: RFC 3830 §6 Payload Encoding; ONVIF Streaming 25.12 §MIKEY, which wants the pre-shared key exchange with NULL
/// encryption.
package struct MIKEYMessage: Hashable, Sendable {
    /// Bytes of a message at most; ours have less than 200.
    package static let limit = 4 << 10
    /// Payloads, keys and parameters of a policy that are read at most.
    package static let partLimit = 32

    /// What the message is for (RFC 3830 §6.1, table 6.1.a).
    package enum Kind: UInt8, Hashable, Sendable {
        case preSharedKey = 0
        case preSharedKeyVerification = 1
        case error = 6
    }

    /// One stream of packets that the keys are for (RFC 3830 §6.1.1 SRTP ID).
    package struct CryptoSession: Hashable, Sendable {
        /// Number of the security policy.
        package var policy: UInt8
        package var ssrc: UInt32
        package var rolloverCounter: UInt32

        package init(policy: UInt8 = 0, ssrc: UInt32, rolloverCounter: UInt32) {
            self.policy = policy
            self.ssrc = ssrc
            self.rolloverCounter = rolloverCounter
        }
    }

    /// RFC 3830 §6.6 Timestamp payload.
    package enum Timestamp: Hashable, Sendable {
        /// Seconds since 1900 in 32.32 bits, UTC.
        case utc(UInt64)
        /// The same in local time.
        case local(UInt64)
        case counter(UInt32)
    }

    /// RFC 3830 §6.10 Security Policy payload.
    package struct Policy: Hashable, Sendable {
        package var number: UInt8
        /// 0 is SRTP.
        package var securityProtocol: UInt8
        package var parameters: [Parameter]

        package init(number: UInt8 = 0, securityProtocol: UInt8 = 0, parameters: [Parameter]) {
            self.number = number
            self.securityProtocol = securityProtocol
            self.parameters = parameters
        }
    }

    /// One type and value of a policy.
    package struct Parameter: Hashable, Sendable {
        package var type: UInt8
        /// At most 255 bytes.
        package var value: [UInt8]

        package init(_ type: UInt8, _ value: [UInt8]) {
            self.type = type
            self.value = value
        }
    }

    /// RFC 3830 §6.13 Key data sub-payload.
    package struct KeyData: Hashable, Sendable {
        package var kind: Kind
        package var key: [UInt8]
        /// Present with the kinds that have one.
        package var salt: [UInt8]
        package var validity: Validity

        package enum Kind: UInt8, Hashable, Sendable {
            case generationKey = 0
            case generationKeyAndSalt = 1
            case encryptionKey = 2
            case encryptionKeyAndSalt = 3

            var hasSalt: Bool { self == .generationKeyAndSalt || self == .encryptionKeyAndSalt }
        }

        /// RFC 3830 §6.14 Key validity data.
        package enum Validity: Hashable, Sendable {
            case unbounded
            /// The master key identifier of the packets.
            case identifier([UInt8])
            case interval(from: [UInt8], to: [UInt8])
        }

        package init(kind: Kind, key: [UInt8], salt: [UInt8] = [], validity: Validity = .unbounded) {
            self.kind = kind
            self.key = key
            self.salt = salt
            self.validity = validity
        }
    }

    package var kind: Kind
    /// The sender wants an answer.
    package var wantsVerification: Bool
    /// Names the bundle of crypto sessions.
    package var bundle: UInt32
    package var sessions: [CryptoSession]
    package var timestamp: Timestamp?
    /// At most 255 bytes; empty where the message has no RAND payload.
    package var random: [UInt8]
    package var policies: [Policy]
    package var keys: [KeyData]

    package init(
        kind: Kind = .preSharedKey, wantsVerification: Bool = false, bundle: UInt32, sessions: [CryptoSession],
        timestamp: Timestamp? = nil, random: [UInt8] = [], policies: [Policy], keys: [KeyData]
    ) {
        self.kind = kind
        self.wantsVerification = wantsVerification
        self.bundle = bundle
        self.sessions = sessions
        self.timestamp = timestamp
        self.random = random
        self.policies = policies
        self.keys = keys
    }

    /// Numbers of the payloads (RFC 3830 §6.1, table 6.1.b).
    enum PayloadType {
        static let last: UInt8 = 0
        static let keyTransport: UInt8 = 1
        static let timestamp: UInt8 = 5
        static let identity: UInt8 = 6
        static let verification: UInt8 = 9
        static let policy: UInt8 = 10
        static let random: UInt8 = 11
        static let error: UInt8 = 12
        static let keyData: UInt8 = 20
        static let generalExtension: UInt8 = 21
    }
}

/// Why bytes are no MIKEY message that we take.
package enum MIKEYError: Error, Equatable {
    case tooLong(bytes: Int, limit: Int)
    /// The message ends within a payload, or a length in it is wrong.
    case truncated(offset: Int)
    case tooManyParts(limit: Int)
    case wrongVersion(UInt8)
    /// A kind of message, payload, map, encryption or authentication other than those that ONVIF wants.
    case unsupported(String, UInt8)
    /// A security policy of SRTP that we cannot keep.
    case unsupportedPolicy(parameter: UInt8, value: [UInt8])
    case noKey
    case key(SRTPError)
}

extension MIKEYError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let bytes, let limit): "a MIKEY message of \(bytes) bytes; send at most \(limit)"
        case .truncated(let offset): "the MIKEY message ends within the payload at byte \(offset)"
        case .tooManyParts(let limit): "a MIKEY message of more than \(limit) parts"
        case .wrongVersion(let version): "MIKEY version \(version); send version 1"
        case .unsupported(let what, let value): "MIKEY \(what) \(value) is not supported"
        case .unsupportedPolicy(let parameter, let value):
            "SRTP policy parameter \(parameter) with value \(value) is not supported; use one of "
                + SRTPSuite.allCases.map(\.rawValue).joined(separator: ", ")
        case .noKey: "the MIKEY message has no traffic encrypting key"
        case .key(let error): "the MIKEY message has \(error)"
        }
    }
}
