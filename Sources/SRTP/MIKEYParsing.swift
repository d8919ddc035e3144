extension MIKEYMessage {
    /// Reads a message whose key transport payload is neither encrypted nor authenticated.
    ///
    /// - Throws: all of `MIKEYError` but `unsupportedPolicy`, `noKey` and `key`.
    package init(parsing bytes: [UInt8]) throws(MIKEYError) {
        guard bytes.count <= Self.limit else { throw .tooLong(bytes: bytes.count, limit: Self.limit) }
        var reader = MIKEYReader(bytes: bytes[...])
        var next = PayloadType.last
        self = try Self.head(&reader, &next)
        var parts = 0
        while next != PayloadType.last {
            parts += 1
            guard parts <= Self.partLimit else { throw .tooManyParts(limit: Self.partLimit) }
            let type = next
            next = try reader.byte()
            try readPayload(type, &reader)
        }
    }

    /// Source: RFC 3830 §6.1 Common Header payload.
    private static func head(_ reader: inout MIKEYReader, _ next: inout UInt8) throws(MIKEYError) -> MIKEYMessage {
        let version = try reader.byte()
        guard version == 1 else { throw .wrongVersion(version) }
        let number = try reader.byte()
        guard let kind = Kind(rawValue: number) else { throw .unsupported("message type", number) }
        next = try reader.byte()
        let flags = try reader.byte()
        guard flags & 0x7F == 0 else { throw .unsupported("pseudo-random function", flags & 0x7F) }
        var message = MIKEYMessage(
            kind: kind, wantsVerification: flags & 0x80 != 0, bundle: try reader.number32(), sessions: [], policies: [],
            keys: [])
        let count = try reader.byte()
        let map = try reader.byte()
        guard map == 0 || count == 0 else { throw .unsupported("crypto session map", map) }
        for _ in 0..<count {
            message.sessions.append(
                CryptoSession(
                    policy: try reader.byte(), ssrc: try reader.number32(), rolloverCounter: try reader.number32()))
        }
        return message
    }

    /// What follows the byte that names the next payload.
    private mutating func readPayload(_ type: UInt8, _ reader: inout MIKEYReader) throws(MIKEYError) {
        switch type {
        case PayloadType.timestamp: timestamp = try Self.timestamp(&reader)
        case PayloadType.random: random = Array(try reader.bytes(Int(try reader.byte())))
        case PayloadType.policy: policies.append(try Self.policy(&reader))
        case PayloadType.keyTransport: try readKeys(&reader)
        case PayloadType.identity, PayloadType.generalExtension:
            _ = try reader.byte()
            _ = try reader.bytes(Int(try reader.number16()))
        case PayloadType.verification:
            let algorithm = try reader.byte()
            guard algorithm == 0 else { throw .unsupported("authentication", algorithm) }
        case PayloadType.error: _ = try reader.bytes(3)
        default: throw .unsupported("payload", type)
        }
    }

    private static func timestamp(_ reader: inout MIKEYReader) throws(MIKEYError) -> Timestamp {
        let type = try reader.byte()
        switch type {
        case 0: return .utc(try reader.number64())
        case 1: return .local(try reader.number64())
        case 2: return .counter(try reader.number32())
        default: throw .unsupported("timestamp", type)
        }
    }

    private static func policy(_ reader: inout MIKEYReader) throws(MIKEYError) -> Policy {
        var policy = Policy(number: try reader.byte(), securityProtocol: try reader.byte(), parameters: [])
        var inner = MIKEYReader(bytes: try reader.bytes(Int(try reader.number16())))
        while !inner.isAtEnd {
            guard policy.parameters.count < partLimit else { throw .tooManyParts(limit: partLimit) }
            policy.parameters.append(
                Parameter(try inner.byte(), Array(try inner.bytes(Int(try inner.byte())))))
        }
        return policy
    }

    /// Source: RFC 3830 §6.2 Key data transport payload.
    private mutating func readKeys(_ reader: inout MIKEYReader) throws(MIKEYError) {
        let encryption = try reader.byte()
        guard encryption == 0 else { throw .unsupported("encryption", encryption) }
        var inner = MIKEYReader(bytes: try reader.bytes(Int(try reader.number16())))
        while !inner.isAtEnd {
            guard keys.count < Self.partLimit else { throw .tooManyParts(limit: Self.partLimit) }
            let next = try inner.byte()
            keys.append(try Self.keyData(&inner))
            guard next == PayloadType.keyData || inner.isAtEnd else { throw .unsupported("key payload", next) }
        }
        let authentication = try reader.byte()
        guard authentication == 0 else { throw .unsupported("authentication", authentication) }
    }

    private static func keyData(_ reader: inout MIKEYReader) throws(MIKEYError) -> KeyData {
        let types = try reader.byte()
        guard let kind = KeyData.Kind(rawValue: types >> 4) else { throw .unsupported("key type", types >> 4) }
        let key = Array(try reader.bytes(Int(try reader.number16())))
        let salt = kind.hasSalt ? Array(try reader.bytes(Int(try reader.number16()))) : []
        switch types & 0x0F {
        case 0: return KeyData(kind: kind, key: key, salt: salt)
        case 1:
            let identifier = Array(try reader.bytes(Int(try reader.byte())))
            return KeyData(kind: kind, key: key, salt: salt, validity: .identifier(identifier))
        case 2:
            let from = Array(try reader.bytes(Int(try reader.byte())))
            let to = Array(try reader.bytes(Int(try reader.byte())))
            return KeyData(kind: kind, key: key, salt: salt, validity: .interval(from: from, to: to))
        default: throw .unsupported("key validity", types & 0x0F)
        }
    }
}

/// Reads from the front, and never past the end.
private struct MIKEYReader {
    private var rest: ArraySlice<UInt8>
    private let length: Int

    init(bytes: ArraySlice<UInt8>) {
        rest = bytes
        length = bytes.count
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() throws(MIKEYError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated(offset: length) }
        return byte
    }

    mutating func bytes(_ count: Int) throws(MIKEYError) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw .truncated(offset: length - rest.count) }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func number16() throws(MIKEYError) -> UInt16 { try bytes(2).number16(at: 0) }

    mutating func number32() throws(MIKEYError) -> UInt32 { try bytes(4).number32(at: 0) }

    mutating func number64() throws(MIKEYError) -> UInt64 {
        UInt64(try number32()) << 32 | UInt64(try number32())
    }
}
