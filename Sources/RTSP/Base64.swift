/// Base 64 as `sprop-parameter-sets` and the HTTP tunnel use it.
///
/// Source: RFC 4648 §4.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// With padding, without line breaks.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = group.reduce(0) { $0 << 8 | Int($1) }
            value <<= 8 * (3 - group.count)
            for index in 0..<4 {
                text.append(index <= group.count ? alphabet[value >> (18 - 6 * index) & 63] : 0x3D)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: nil for other characters, or a length that no bytes have; padding may be absent.
    package static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        while digits.last == 0x3D { digits.removeLast() }
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var value = 0
        for (index, digit) in digits.enumerated() {
            let number: UInt8
            switch digit {
            case 0x41...0x5A: number = digit - 0x41
            case 0x61...0x7A: number = digit - 0x61 + 26
            case 0x30...0x39: number = digit - 0x30 + 52
            case 0x2B: number = 62
            case 0x2F: number = 63
            default: return nil
            }
            value = (value << 6 | Int(number)) & 0xFF_FFFF
            if index % 4 != 0 { bytes.append(UInt8(truncatingIfNeeded: value >> (6 - index % 4 * 2))) }
        }
        return bytes
    }
}
