/// Reads decimal numbers out of bytes, each to the nearest double.
struct DecimalScanner {
    let bytes: [UInt8]
    var position = 0

    /// Digits of which 64 bits hold any number.
    private static let digitLimit = 19
    /// Whole numbers up to it are doubles.
    private static let exactLimit: UInt64 = 1 << 53
    /// Powers of ten that are doubles.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    /// Beyond it every number is 0 or infinite.
    private static let exponentLimit = 100_000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }
    /// 0 at the end.
    var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// The number that begins here: a sign, digits with a point, an exponent.
    ///
    /// Up to 2⁵³ with a power of ten up to 10²² the quotient of two exact doubles is the nearest one; others go the long way.
    ///
    /// - Returns: nil where there is none, or none that is finite; then the position is anywhere.
    mutating func number() -> Double? {
        let start = position
        let count = bytes.count
        var isNegative = false
        if position < count, bytes[position] == 0x2D || bytes[position] == 0x2B {
            isNegative = bytes[position] == 0x2D
            position += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var seen = 0
        var hasPoint = false
        while position < count {
            let byte = bytes[position]
            if byte &- 0x30 < 10 {
                seen += 1
                if mantissa != 0 || byte != 0x30 { digits += 1 }
                if digits <= Self.digitLimit { mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30) }
                if hasPoint { decimals += 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                break
            }
            position += 1
        }
        guard seen > 0 else { return nil }
        var exponent = 0
        if position < count, bytes[position] | 0x20 == 0x65 {
            guard let written = self.exponent() else { return nil }
            exponent = written
        }
        let power = exponent - decimals
        guard digits <= Self.digitLimit, mantissa <= Self.exactLimit, power.magnitude < UInt(Self.powers.count) else {
            return longWay(from: start)
        }
        let value = Double(mantissa)
        let scaled = power < 0 ? value / Self.powers[-power] : value * Self.powers[power]
        return isNegative ? -scaled : scaled
    }

    private mutating func exponent() -> Int? {
        position += 1
        var isNegative = false
        if position < bytes.count, bytes[position] == 0x2D || bytes[position] == 0x2B {
            isNegative = bytes[position] == 0x2D
            position += 1
        }
        let start = position
        var value = 0
        while position < bytes.count, bytes[position] &- 0x30 < 10 {
            value = min(value * 10 + Int(bytes[position] &- 0x30), Self.exponentLimit)
            position += 1
        }
        return position > start ? isNegative ? -value : value : nil
    }

    private func longWay(from start: Int) -> Double? {
        var text: [UInt8] = []
        for index in start..<position { text.append(bytes[index]) }
        return Double(String(decoding: text, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }
}
