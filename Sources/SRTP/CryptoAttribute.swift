internal import Foundation

/// The value of `a=crypto` in SDP: a suite and the keys of what its writer sends.
///
/// Source: RFC 4568 §4 SDP "Crypto" Attribute, §6 SRTP Security Descriptions, §9.2 SRTP-Specific Grammar.
package struct CryptoAttribute: Hashable, Sendable {
    /// Bytes of an attribute at most.
    package static let limit = 2 << 10
    /// Keys of an attribute at most.
    package static let keyLimit = 8

    /// 1 to 9 digits.
    package var tag: Int
    package var keys: [SRTPMasterKey]

    package init(tag: Int = 1, keys: [SRTPMasterKey]) {
        self.tag = tag
        self.keys = keys
    }

    /// Why a value is no crypto attribute that we take.
    package enum ParseError: Error, Equatable {
        case tooLong(bytes: Int, limit: Int)
        case malformed(String)
        case unknownSuite(String)
        /// A parameter that changes what SRTP does, and that we do not keep.
        case unsupportedParameter(String)
        case key(SRTPError)
    }

    /// Reads what stands behind `a=crypto:`.
    package init(parsing text: String) throws(ParseError) {
        guard text.utf8.count <= Self.limit else { throw .tooLong(bytes: text.utf8.count, limit: Self.limit) }
        let words = text.split(separator: " ")
        guard words.count >= 3 else { throw .malformed("fewer than three words") }
        guard words[0].utf8.count <= 9, let tag = Int(words[0]), tag >= 0 else { throw .malformed("tag \(words[0])") }
        guard let suite = SRTPSuite(rawValue: String(words[1])) else { throw .unknownSuite(String(words[1])) }
        // A hint about the replay window asks nothing of a sender; any other parameter would.
        if let parameter = words.dropFirst(3).first(where: { !$0.hasPrefix("WSH=") && !$0.hasPrefix("-") }) {
            throw .unsupportedParameter(String(parameter))
        }
        let parts = words[2].split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count <= Self.keyLimit else { throw .malformed("more than \(Self.keyLimit) keys") }
        var keys: [SRTPMasterKey] = []
        for part in parts { keys.append(try Self.key(part, suite)) }
        self.init(tag: tag, keys: keys)
    }

    /// `inline:` key and salt, then a life time and an identifier that may be left out.
    private static func key(_ text: Substring, _ suite: SRTPSuite) throws(ParseError) -> SRTPMasterKey {
        let method = "inline:"
        guard text.hasPrefix(method) else { throw .malformed("key method of \"\(text.prefix(method.count))\"") }
        let fields = text.dropFirst(method.count).split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count <= 3, let first = fields.first, let bytes = Data(base64Encoded: String(first)) else {
            throw .malformed("key and salt")
        }
        var identifier: [UInt8] = []
        for field in fields.dropFirst() where field.contains(":") {
            let numbers = field.split(separator: ":", omittingEmptySubsequences: false)
            guard numbers.count == 2, let value = UInt64(numbers[0]), let length = Int(numbers[1]),
                (1...SRTPMasterKey.identifierLimit).contains(length)
            else { throw .malformed("master key identifier \(field)") }
            identifier = (0..<length).map { position in
                let shift = 8 * (length - 1 - position)
                return shift < 64 ? UInt8(truncatingIfNeeded: value >> UInt64(shift)) : 0
            }
        }
        do {
            return try SRTPMasterKey(suite: suite, keyAndSalt: bytes, identifier: identifier)
        } catch {
            throw .key(error)
        }
    }

    /// The attribute's value; empty without a key.
    ///
    /// Identifiers are written as numbers, so that those of more than 8 bytes are cut to their last 8.
    package var text: String {
        guard let suite = keys.first?.suite else { return "" }
        let inline = keys.map { key in
            let value = key.identifier.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return "inline:" + Data(key.key + key.salt).base64EncodedString()
                + (key.identifier.isEmpty ? "" : "|\(value):\(key.identifier.count)")
        }
        return "\(tag) \(suite.rawValue) \(inline.joined(separator: ";"))"
    }
}
