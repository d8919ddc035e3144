extension MIKEYMessage {
    /// The message as it is sent; lists and values longer than their length fields are cut.
    ///
    /// The key transport payload comes last, as it would authenticate all before it (RFC 3830 §6.2).
    package var bytes: [UInt8] {
        var payloads: [(type: UInt8, bytes: [UInt8])] = []
        if let timestamp { payloads.append((PayloadType.timestamp, timestamp.bytes)) }
        if !random.isEmpty { payloads.append((PayloadType.random, random.countedByByte)) }
        payloads += policies.map { (PayloadType.policy, $0.bytes) }
        if !keys.isEmpty { payloads.append((PayloadType.keyTransport, keyTransport)) }
        let sessions = self.sessions.prefix(255)
        var bytes: [UInt8] = [
            1, kind.rawValue, payloads.first?.type ?? PayloadType.last, wantsVerification ? 0x80 : 0,
        ]
        bytes += bundle.bytes
        bytes += [UInt8(sessions.count), 0]
        for session in sessions {
            bytes += [session.policy] + session.ssrc.bytes + session.rolloverCounter.bytes
        }
        for (payload, next) in zip(payloads, payloads.dropFirst().map(\.type) + [PayloadType.last]) {
            bytes += [next] + payload.bytes
        }
        return bytes
    }

    private var keyTransport: [UInt8] {
        var data: [UInt8] = []
        for (index, key) in keys.enumerated() {
            data += [index + 1 < keys.count ? PayloadType.keyData : PayloadType.last] + key.bytes
        }
        return [0] + data.countedByTwoBytes + [0]
    }
}

extension MIKEYMessage.Timestamp {
    fileprivate var bytes: [UInt8] {
        switch self {
        case .utc(let time): [0] + UInt32(time >> 32).bytes + UInt32(truncatingIfNeeded: time).bytes
        case .local(let time): [1] + UInt32(time >> 32).bytes + UInt32(truncatingIfNeeded: time).bytes
        case .counter(let count): [2] + count.bytes
        }
    }
}

extension MIKEYMessage.Policy {
    fileprivate var bytes: [UInt8] {
        [number, securityProtocol] + parameters.flatMap { [$0.type] + $0.value.countedByByte }.countedByTwoBytes
    }
}

extension MIKEYMessage.KeyData {
    fileprivate var bytes: [UInt8] {
        let (validityType, validityData): (UInt8, [UInt8]) =
            switch validity {
            case .unbounded: (0, [])
            case .identifier(let identifier): (1, identifier.countedByByte)
            case .interval(let from, let to): (2, from.countedByByte + to.countedByByte)
            }
        return [kind.rawValue << 4 | validityType] + key.countedByTwoBytes
            + (kind.hasSalt ? salt.countedByTwoBytes : []) + validityData
    }
}

extension [UInt8] {
    fileprivate var countedByByte: [UInt8] {
        let bytes = prefix(255)
        return [UInt8(bytes.count)] + bytes
    }

    fileprivate var countedByTwoBytes: [UInt8] {
        let bytes = prefix(65_535)
        return [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }
}
