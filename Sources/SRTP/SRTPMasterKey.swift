internal import Crypto

/// What the key management agrees on: a master key and salt of one suite, and the name of the key in packets.
///
/// Source: RFC 3711 §3.2.1 Transform-Independent Parameters.
package struct SRTPMasterKey: Hashable, Sendable {
    /// Bytes of a master key identifier at most (RFC 4568 §6.1: 1 to 128).
    package static let identifierLimit = 128

    package let suite: SRTPSuite
    package let key: [UInt8]
    package let salt: [UInt8]
    /// The MKI that each packet carries; empty where packets carry none.
    package let identifier: [UInt8]

    /// - Throws: `wrongKeyLength`, `wrongSaltLength` or `identifierTooLong`.
    package init(suite: SRTPSuite, key: [UInt8], salt: [UInt8], identifier: [UInt8] = []) throws(SRTPError) {
        guard key.count == suite.keyLength else {
            throw .wrongKeyLength(suite, bytes: key.count)
        }
        guard salt.count == suite.saltLength else {
            throw .wrongSaltLength(suite, bytes: salt.count)
        }
        guard identifier.count <= Self.identifierLimit else {
            throw .identifierTooLong(bytes: identifier.count, limit: Self.identifierLimit)
        }
        self.suite = suite
        self.key = key
        self.salt = salt
        self.identifier = identifier
    }

    /// - Parameters:
    ///   - suite: says where the key ends.
    ///   - keyAndSalt: the key with the salt behind it, as `a=crypto` and MIKEY's TEK carry them.
    ///   - identifier: the MKI, if packets carry one.
    /// - Throws: `wrongKeyLength`, with the length of both, or `identifierTooLong`.
    package init(
        suite: SRTPSuite, keyAndSalt: some Collection<UInt8>, identifier: [UInt8] = []
    ) throws(SRTPError) {
        guard keyAndSalt.count == suite.keyLength + suite.saltLength else {
            throw .wrongKeyLength(suite, bytes: keyAndSalt.count)
        }
        try self.init(
            suite: suite, key: Array(keyAndSalt.prefix(suite.keyLength)),
            salt: Array(keyAndSalt.dropFirst(suite.keyLength)), identifier: identifier)
    }

    /// A key by chance.
    package static func random(
        suite: SRTPSuite, identifier: [UInt8] = [], using generator: inout some RandomNumberGenerator
    ) -> SRTPMasterKey {
        SRTPMasterKey(
            unchecked: suite, (0..<suite.keyLength).map { _ in .random(in: 0...255, using: &generator) },
            (0..<suite.saltLength).map { _ in .random(in: 0...255, using: &generator) },
            Array(identifier.prefix(identifierLimit)))
    }

    private init(unchecked suite: SRTPSuite, _ key: [UInt8], _ salt: [UInt8], _ identifier: [UInt8]) {
        self.suite = suite
        self.key = key
        self.salt = salt
        self.identifier = identifier
    }
}

extension SRTPMasterKey: CustomStringConvertible {
    /// The suite and the identifier: a key is never shown.
    package var description: String {
        let digits = identifier.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        return "\(suite.rawValue) key" + (digits.isEmpty ? "" : " \(digits)")
    }
}
