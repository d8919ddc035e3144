internal import Crypto
internal import CryptoExtras
internal import Foundation

/// AES in counter mode, as SRTP counts.
///
/// Source: RFC 3711 §4.1.1 AES in Counter Mode.
enum CounterMode {
    /// Bytes of a block and of a counter.
    static let blockLength = 16

    /// The first counter of a packet: salt, SSRC and index in one number.
    static func counter(salt: [UInt8], ssrc: UInt32, index: UInt64) -> [UInt8] {
        var counter = salt + [UInt8](repeating: 0, count: blockLength - salt.count)
        for byte in 0..<4 { counter[4 + byte] ^= UInt8(truncatingIfNeeded: ssrc >> UInt32(24 - 8 * byte)) }
        for byte in 0..<6 { counter[8 + byte] ^= UInt8(truncatingIfNeeded: index >> UInt64(40 - 8 * byte)) }
        return counter
    }

    /// Encrypts, or decrypts, which is the same.
    static func apply(to bytes: ArraySlice<UInt8>, key: SymmetricKey, counter: [UInt8]) -> Data {
        guard let nonce = try? AES._CTR.Nonce(nonceBytes: counter),
            let result = try? AES._CTR.encrypt(bytes, using: key, nonce: nonce)
        else { preconditionFailure("counter of \(counter.count) bytes, key of \(key.bitCount) bits") }
        return result
    }
}
