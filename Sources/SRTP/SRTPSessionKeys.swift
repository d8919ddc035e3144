internal import Crypto

/// Session keys of one master key; they protect and open packets whose index the caller knows.
///
/// Nothing in it changes: all sessions that share a master key share the value, on any thread.
///
/// Source: RFC 3711 §4.3.1 Key Derivation Algorithm, with a key derivation rate of 0; RFC 6188 §3, RFC 7714 §11.
package struct SRTPSessionKeys: Sendable {
    package let suite: SRTPSuite
    /// The MKI that each packet carries.
    package let identifier: [UInt8]
    let media: Keys
    let control: Keys

    /// Keys of one direction and kind.
    struct Keys: Sendable {
        let cipher: SymmetricKey
        let salt: [UInt8]
        /// Keyed, with nothing in it yet.
        let authentication: Authentication?
    }

    /// HMAC-SHA1 that has taken its key; each packet goes on from a copy.
    ///
    /// A value that is only copied, never changed in place, so that threads may share it.
    struct Authentication: @unchecked Sendable {
        let keyed: HMAC<Insecure.SHA1>
    }

    /// Labels of the key derivation (RFC 3711 §4.3.1 and §4.3.2).
    private enum Label {
        static let encryption: UInt8 = 0
        static let authentication: UInt8 = 1
        static let salt: UInt8 = 2
        /// Added for SRTCP.
        static let control: UInt8 = 3
    }

    package init(_ master: SRTPMasterKey) {
        suite = master.suite
        identifier = master.identifier
        media = Self.keys(master, first: 0)
        control = Self.keys(master, first: Label.control)
    }

    /// Keys as they are, for test vectors that begin with them.
    init(suite: SRTPSuite, cipher: [UInt8], salt: [UInt8], authentication: [UInt8]?) {
        let keys = Keys(
            cipher: SymmetricKey(data: cipher), salt: salt,
            authentication: authentication.map { Authentication(keyed: HMAC(key: SymmetricKey(data: $0))) })
        self.suite = suite
        identifier = []
        media = keys
        control = keys
    }

    private static func keys(_ master: SRTPMasterKey, first: UInt8) -> Keys {
        let authentication =
            master.suite.isAEAD
            ? nil
            : Authentication(
                keyed: HMAC(
                    key: SymmetricKey(
                        data: derive(
                            master, label: first + Label.authentication, bytes: SRTPSuite.authenticationKeyLength))))
        return Keys(
            cipher: SymmetricKey(
                data: derive(master, label: first + Label.encryption, bytes: master.suite.keyLength)),
            salt: derive(master, label: first + Label.salt, bytes: master.suite.saltLength),
            authentication: authentication)
    }

    /// The pseudo-random function: AES in counter mode under the master key, beginning at the salt with the label in it.
    static func derive(_ master: SRTPMasterKey, label: UInt8, bytes: Int) -> [UInt8] {
        // A salt of 12 bytes is taken as one of 14 with zeros behind it (RFC 7714 §11).
        var counter = master.salt + [UInt8](repeating: 0, count: CounterMode.blockLength - master.salt.count)
        counter[7] ^= label
        return Array(
            CounterMode.apply(
                to: [UInt8](repeating: 0, count: bytes)[...], key: SymmetricKey(data: master.key), counter: counter))
    }
}
