/// Numbers as messages have them.
enum Words {
    /// With so many digits behind the point, without those that are 0.
    static func number(_ value: Double, digits: Int = 2) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
    }

    static func milliseconds(_ seconds: Double) -> String {
        "\(number(seconds * 1000, digits: abs(seconds) < 0.01 ? 1 : 0)) ms"
    }

    static func percent(_ share: Double) -> String { "\(number(share * 100)) %" }

    static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
