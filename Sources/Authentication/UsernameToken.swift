import Crypto
package import Foundation

/// Checks `wsse:UsernameToken` digests and remembers their nonces, so that none is taken twice.
///
/// Source: WSS UsernameToken Profile 1.0 §3.1; ONVIF Core 26.06 §5.9.5 Username token profile: a token without nonce or
/// creation time, or with a plain password, is refused.
package struct UsernameTokenChecker: Sendable {
    /// Why a token is refused.
    package enum Refusal: String, Error, Equatable, Sendable {
        case noDigest = "the password is not of type PasswordDigest"
        case noNonce = "the token has no nonce"
        case noCreated = "the token has no creation time"
        case outsideWindow = "the creation time is too far from the device's clock"
        case replayed = "the nonce was used before"
        case wrongCredentials = "user name or password is wrong"
    }

    /// The most nonces remembered; the oldest go first. At 1,000 requests a second this covers a minute.
    package static let nonceLimit = 65_536

    package static let digestType =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"

    /// How far the creation time may be from the device's clock, seconds.
    private let window: TimeInterval
    private let checksReplay: Bool
    private var seen: Set<String> = []
    private var order: [(nonce: String, expires: Date)] = []
    private var oldest = 0

    /// - Parameters:
    ///   - window: how far the creation time may be from the device's clock, seconds.
    ///   - checksReplay: whether a token is taken only once; many devices in the field do not care.
    package init(window: TimeInterval, checksReplay: Bool = true) {
        self.window = window
        self.checksReplay = checksReplay
    }

    /// - Parameters:
    ///   - username: the name as sent.
    ///   - password: the digest as sent, base64.
    ///   - type: the `Type` attribute of the password.
    ///   - nonce: base64 of random bytes.
    ///   - createdText: the creation time as sent, which is what was hashed.
    ///   - created: the same, read.
    ///   - time: the device's clock.
    ///   - passwordOf: looks up the password of a user.
    /// - Returns: the user's name.
    /// - Throws: the first reason for which the token is refused; a refused token does not use up its nonce.
    package mutating func verify(
        username: String?, password: String?, type: String?, nonce: String?, createdText: String?, created: Date?,
        at time: Date, passwordOf: (String) -> String?
    ) throws(Refusal) -> String {
        guard type == Self.digestType, let password else { throw .noDigest }
        guard let nonce, let nonceBytes = Data(base64Encoded: nonce), !nonceBytes.isEmpty else { throw .noNonce }
        guard let createdText, let created else { throw .noCreated }
        guard abs(created.timeIntervalSince(time)) <= window else { throw .outsideWindow }
        guard let username, let secret = passwordOf(username) else { throw .wrongCredentials }
        let digest = Self.digest(nonce: Array(nonceBytes), created: createdText, password: secret)
        guard digest.constantTimeEquals(password) else { throw .wrongCredentials }
        guard checksReplay else { return username }
        forget(until: time)
        let key = "\(username)/\(nonce)/\(createdText)"
        guard seen.insert(key).inserted else { throw .replayed }
        order.append((key, created.addingTimeInterval(window)))
        return username
    }

    /// Base64 of SHA-1 over nonce, creation time and password.
    package static func digest(nonce: [UInt8], created: String, password: String) -> String {
        Data(Insecure.SHA1.hash(data: nonce + Array(created.utf8) + Array(password.utf8))).base64EncodedString()
    }

    /// Drops what the clock window refuses anyway, and the oldest beyond the limit.
    private mutating func forget(until time: Date) {
        while oldest < order.count, order[oldest].expires < time || order.count - oldest >= Self.nonceLimit {
            seen.remove(order[oldest].nonce)
            oldest += 1
        }
        if oldest > Self.nonceLimit / 2 {
            order.removeFirst(oldest)
            oldest = 0
        }
    }
}
