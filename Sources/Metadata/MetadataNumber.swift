/// Numbers of scene descriptions as text.
enum MetadataNumber {
    /// Decimals of coordinates: a thousandth of a pixel in pictures 2000 wide.
    static let coordinateDecimals = 6
    /// Decimals of degrees on the earth: a centimetre.
    static let earthDecimals = 7
    /// Beyond it a number is cut; 10⁷ fit in 64 bits with all decimals.
    private static let limit = 1e11

    /// - Parameters:
    ///   - value: finite; what is not becomes 0.
    ///   - decimals: 0…7; halves go away from zero.
    /// - Returns: digits, with a minus where it is below 0.
    static func text(_ value: Double, decimals: Int = coordinateDecimals) -> String {
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let bounded = value.isFinite ? min(max(value, -limit), limit) : 0
        let ticks = Int64((bounded * Double(scale)).rounded())
        let (whole, part) = abs(ticks).quotientAndRemainder(dividingBy: scale)
        let sign = ticks < 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let digits = String(part)
        return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
    }

    /// The number of a text, white space around it allowed; nil for what is none, or not finite.
    static func value(_ text: String) -> Double? {
        let trimmed = text.split(whereSeparator: \.isWhitespace)
        guard trimmed.count == 1, let value = Double(trimmed[0]), value.isFinite else { return nil }
        return value
    }
}
