/// Numbers as text with a fixed number of decimals: the same signs on every machine.
enum DecimalText {
    /// Beyond it a number is cut: 2⁵³ thousandths, more than any pixel or metre.
    private static let limit = 9.0e12

    /// - Parameters:
    ///   - value: finite; what is not becomes 0.
    ///   - decimals: 0…6; halves go away from zero.
    ///   - trims: leave out noughts at the end, and the point with them.
    /// - Returns: digits, with a minus where it is below 0.
    static func text(_ value: Double, decimals: Int, trims: Bool = false) -> String {
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let bounded = value.isFinite ? min(max(value, -limit), limit) : 0
        let ticks = Int64((bounded * Double(scale)).rounded())
        let (whole, part) = abs(ticks).quotientAndRemainder(dividingBy: scale)
        let sign = ticks < 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(whole) }
        var digits = String(part)
        digits = String(repeating: "0", count: decimals - digits.utf8.count) + digits
        if trims {
            while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
            if digits.isEmpty { return sign + String(whole) }
        }
        return "\(sign)\(whole).\(digits)"
    }
}
