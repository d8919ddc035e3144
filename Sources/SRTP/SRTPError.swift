/// Why a packet or a key is refused.
package enum SRTPError: Error, Equatable {
    case wrongKeyLength(SRTPSuite, bytes: Int)
    case wrongSaltLength(SRTPSuite, bytes: Int)
    case identifierTooLong(bytes: Int, limit: Int)
    /// Too short for its head and tag.
    case tooShort(bytes: Int)
    /// No RTP or RTCP of version 2.
    case wrongVersion(UInt8)
    /// No key has the identifier that the packet carries.
    case unknownKey
    /// The tag does not belong to the packet under this key.
    case notAuthentic
    /// The packet was seen before, or is older than the window.
    case replayed(index: UInt64)
    case tooManySources(limit: Int)
    /// The 31 bits of packet numbers of a key are used up.
    case keyExhausted
}

extension SRTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongKeyLength(let suite, let bytes):
            "a key of \(bytes) bytes; \(suite.rawValue) takes \(suite.keyLength), and \(suite.saltLength) of salt"
        case .wrongSaltLength(let suite, let bytes):
            "a salt of \(bytes) bytes; \(suite.rawValue) takes \(suite.saltLength)"
        case .identifierTooLong(let bytes, let limit):
            "a master key identifier of \(bytes) bytes; use at most \(limit)"
        case .tooShort(let bytes): "a packet of \(bytes) bytes is too short for its head and tag"
        case .wrongVersion(let version): "a packet of version \(version); only 2 is known"
        case .unknownKey: "no key has the packet's master key identifier; agree on the key before it is used"
        case .notAuthentic: "the tag does not fit the packet; another key or rollover counter made it"
        case .replayed(let index): "packet \(index) was seen before or is too old"
        case .tooManySources(let limit): "more than \(limit) synchronization sources"
        case .keyExhausted: "the key has numbered all the packets it may; agree on another"
        }
    }
}
