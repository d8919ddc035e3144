/// The bytes in the body of a tunnel's POST, decoded as they come.
///
/// Each message may be encoded by itself, so padding can stand anywhere in the stream; line breaks and spaces are skipped. What
/// is kept between two pieces is less than one group of four digits.
///
/// Source: ONVIF Streaming 25.06 §5.1.1.4 RTP/RTSP/HTTP/TCP ("all data sent from the client via POST must be base64 encoded");
/// Apple, Tunnelling RTSP and RTP through HTTP (QuickTime Dispatch 28); RFC 4648 §4 (the alphabet), RFC 2045 §6.8 (line breaks).
package struct TunnelText: Sendable {
    /// Why the text is no base 64; nothing behind it can be read.
    package enum TextError: Error, Equatable {
        /// A byte outside of the alphabet.
        case foreign(UInt8)
        /// A `=` where no group of digits wants one.
        case strayPadding
    }

    private var value: UInt32 = 0
    private var digits = 0
    /// `=` that may follow.
    private var padding = 0
    private var failure: TextError?

    package init() {}

    /// - Returns: the bytes whose digits are there.
    /// - Throws: the same error at each call after the first.
    package mutating func decode(_ text: some Collection<UInt8>) throws(TextError) -> [UInt8] {
        if let failure { throw failure }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        for character in text {
            do throws(TextError) {
                try take(character, into: &bytes)
            } catch {
                failure = error
                throw error
            }
        }
        return bytes
    }

    private mutating func take(_ character: UInt8, into bytes: inout [UInt8]) throws(TextError) {
        switch character {
        case 0x20, 0x09, 0x0A, 0x0D: return
        case 0x3D: try pad(into: &bytes)
        default:
            guard let digit = Self.digit(character) else { throw .foreign(character) }
            padding = 0
            value = value << 6 | UInt32(digit)
            digits += 1
            guard digits == 4 else { return }
            bytes.append(UInt8(truncatingIfNeeded: value >> 16))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
            bytes.append(UInt8(truncatingIfNeeded: value))
            (value, digits) = (0, 0)
        }
    }

    /// The first `=` of a group ends it.
    private mutating func pad(into bytes: inout [UInt8]) throws(TextError) {
        switch digits {
        case 0:
            guard padding > 0 else { throw .strayPadding }
            padding -= 1
        case 2:
            bytes.append(UInt8(truncatingIfNeeded: value >> 4))
            padding = 1
        case 3:
            bytes.append(UInt8(truncatingIfNeeded: value >> 10))
            bytes.append(UInt8(truncatingIfNeeded: value >> 2))
        default: throw .strayPadding
        }
        (value, digits) = (0, 0)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x41...0x5A: character - 0x41
        case 0x61...0x7A: character - 0x61 + 26
        case 0x30...0x39: character - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
