/// Parameters of an SRTP policy, and the suites that they stand for.
///
/// Source: RFC 3830 §6.10.1 SRTP policy; RFC 7714 §14.3 (AES-GCM, AEAD tag length); ONVIF Streaming 25.12 §MIKEY.
extension MIKEYMessage.Policy {
    private enum Parameter {
        static let encryption: UInt8 = 0
        static let keyLength: UInt8 = 1
        static let authentication: UInt8 = 2
        static let authenticationKeyLength: UInt8 = 3
        static let saltLength: UInt8 = 4
        static let pseudoRandomFunction: UInt8 = 5
        static let keyDerivationRate: UInt8 = 6
        static let encryptsMedia: UInt8 = 7
        static let encryptsControl: UInt8 = 8
        static let errorCorrectionOrder: UInt8 = 9
        static let authenticates: UInt8 = 10
        static let tagLength: UInt8 = 11
        static let prefixLength: UInt8 = 12
        static let aeadTagLength: UInt8 = 20
    }

    private enum Encryption {
        static let counterMode: UInt8 = 1
        static let galoisCounterMode: UInt8 = 6
    }

    /// The policy that says all of a suite, with number 0.
    package init(_ suite: SRTPSuite) {
        var values: [UInt8: Int] = [
            Parameter.keyLength: suite.keyLength, Parameter.saltLength: suite.saltLength,
            Parameter.pseudoRandomFunction: 0, Parameter.encryptsMedia: 1, Parameter.encryptsControl: 1,
        ]
        if suite.isAEAD {
            values[Parameter.encryption] = Int(Encryption.galoisCounterMode)
            values[Parameter.authentication] = 0
            values[Parameter.aeadTagLength] = suite.tagLength
        } else {
            values[Parameter.encryption] = Int(Encryption.counterMode)
            values[Parameter.authentication] = 1
            values[Parameter.authenticationKeyLength] = SRTPSuite.authenticationKeyLength
            values[Parameter.authenticates] = 1
            values[Parameter.tagLength] = suite.tagLength
        }
        self.init(parameters: values.sorted { $0.key < $1.key }.map { .init($0.key, [UInt8($0.value)]) })
    }

    /// The suite that the policy describes; what it leaves out has the value of RFC 3830.
    ///
    /// - Throws: `unsupportedPolicy` or `unsupported`.
    package var suite: SRTPSuite {
        get throws(MIKEYError) {
            guard securityProtocol == 0 else { throw .unsupported("security protocol", securityProtocol) }
            for (type, wanted) in [
                (Parameter.pseudoRandomFunction, UInt8(0)), (Parameter.keyDerivationRate, 0),
                (Parameter.encryptsMedia, 1), (Parameter.encryptsControl, 1), (Parameter.errorCorrectionOrder, 0),
                (Parameter.prefixLength, 0),
            ] {
                _ = try value(type, default: wanted, of: [wanted])
            }
            let encryption = try value(
                Parameter.encryption, default: Encryption.counterMode,
                of: [Encryption.counterMode, Encryption.galoisCounterMode])
            let isLong = try value(Parameter.keyLength, default: 16, of: [16, 32]) == 32
            return try encryption == Encryption.galoisCounterMode ? aead(isLong: isLong) : counterMode(isLong: isLong)
        }
    }

    private func aead(isLong: Bool) throws(MIKEYError) -> SRTPSuite {
        _ = try value(Parameter.saltLength, default: 12, of: [12])
        _ = try value(Parameter.aeadTagLength, default: 16, of: [16])
        return isLong ? .aeadAES256GCM : .aeadAES128GCM
    }

    private func counterMode(isLong: Bool) throws(MIKEYError) -> SRTPSuite {
        _ = try value(Parameter.authentication, default: 1, of: [1])
        _ = try value(Parameter.authenticates, default: 1, of: [1])
        _ = try value(Parameter.saltLength, default: 14, of: [14])
        // GStreamer writes the length of the tag where that of the key belongs.
        let keyLength = try value(
            Parameter.authenticationKeyLength, default: UInt8(SRTPSuite.authenticationKeyLength),
            of: [UInt8(SRTPSuite.authenticationKeyLength), 10, 4])
        let tag = try value(Parameter.tagLength, default: keyLength == 4 ? 4 : 10, of: [10, 4])
        switch (isLong, tag) {
        case (false, 10): return .aesCM128HMACSHA1Tag80
        case (false, _): return .aesCM128HMACSHA1Tag32
        case (true, 10): return .aesCM256HMACSHA1Tag80
        case (true, _): return .aesCM256HMACSHA1Tag32
        }
    }

    private func value(_ type: UInt8, default standard: UInt8, of allowed: [UInt8]) throws(MIKEYError) -> UInt8 {
        guard let parameter = parameters.last(where: { $0.type == type }) else { return standard }
        // Numbers may be written in more bytes than they need.
        guard let last = parameter.value.last, parameter.value.dropLast().allSatisfy({ $0 == 0 }),
            allowed.contains(last)
        else { throw .unsupportedPolicy(parameter: type, value: parameter.value) }
        return last
    }
}

extension MIKEYMessage {
    /// A message that gives the key of one source away, as ONVIF wants it: a TEK with the salt behind it for the suite that
    /// RFC 3711 names, TEK and SALT for the others, with the master key identifier in the validity data.
    ///
    /// - Parameters:
    ///   - key: shown to whoever reads the message.
    ///   - ssrc: the source.
    ///   - rolloverCounter: of the source, now.
    ///   - bundle: names the sessions that the key is for.
    ///   - timestamp: seconds since 1900 in 32.32 bits.
    ///   - random: 16 bytes and more (RFC 3830 §6.11).
    package init(
        _ key: SRTPMasterKey, ssrc: UInt32, rolloverCounter: UInt32, bundle: UInt32, timestamp: UInt64,
        random: [UInt8]
    ) {
        let joins = key.suite == .aesCM128HMACSHA1Tag80
        self.init(
            bundle: bundle, sessions: [CryptoSession(ssrc: ssrc, rolloverCounter: rolloverCounter)],
            timestamp: .utc(timestamp), random: random, policies: [Policy(key.suite)],
            keys: [
                KeyData(
                    kind: joins ? .encryptionKey : .encryptionKeyAndSalt, key: joins ? key.key + key.salt : key.key,
                    salt: joins ? [] : key.salt,
                    validity: key.identifier.isEmpty ? .unbounded : .identifier(key.identifier))
            ])
    }

    /// The keys of a source that the message conveys.
    ///
    /// - Parameters:
    ///   - ssrc: nil for the first crypto session.
    ///   - suite: what was agreed on before, for a message without a policy (RFC 3830 §4.5 CSB updating).
    /// - Returns: one key at least.
    /// - Throws: `unsupported`, `unsupportedPolicy`, `noKey` or `key`.
    package func masterKeys(of ssrc: UInt32? = nil, agreed suite: SRTPSuite?) throws(MIKEYError) -> [SRTPMasterKey] {
        let session = sessions.first { $0.ssrc == ssrc } ?? sessions.first
        let policy = policies.first { $0.number == session?.policy } ?? policies.first
        let suite = try policy?.suite ?? suite ?? .aesCM128HMACSHA1Tag80
        guard !keys.isEmpty else { throw .noKey }
        var result: [SRTPMasterKey] = []
        for data in keys {
            guard data.kind == .encryptionKey || data.kind == .encryptionKeyAndSalt else {
                throw .unsupported("key type", data.kind.rawValue)
            }
            let identifier: [UInt8] = if case .identifier(let bytes) = data.validity { bytes } else { [] }
            do {
                result.append(
                    try SRTPMasterKey(suite: suite, keyAndSalt: data.key + data.salt, identifier: identifier))
            } catch {
                throw .key(error)
            }
        }
        return result
    }
}
