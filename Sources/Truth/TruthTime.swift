/// Seconds of a scene as dates: every scene begins at the same moment.
public enum TruthTime {
    /// The moment of second 0 of every scene, seconds since 1970 in UTC: 2026-01-01T12:00:00Z.
    public static let start: Int64 = 1_767_268_800
    private static let secondsOfDay: Int64 = 86_400

    /// `xs:dateTime` in UTC, with thousandths of a second, or millionths where the moment needs them.
    ///
    /// - Parameters:
    ///   - seconds: of the scene.
    ///   - start: moment of second 0, seconds since 1970.
    /// - Returns: such as `2026-01-01T12:00:00.040Z`.
    public static func text(_ seconds: Double, start: Int64 = start) -> String {
        let micros = Int64((seconds * 1_000_000).rounded())
        let whole = start + floorDivision(micros, 1_000_000)
        let part = micros - floorDivision(micros, 1_000_000) * 1_000_000
        let day = floorDivision(whole, secondsOfDay)
        let second = whole - day * secondsOfDay
        let (year, month, date) = civil(day)
        let fraction = part % 1000 == 0 ? digits(part / 1000, 3) : digits(part, 6)
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(date, 2))T\(digits(second / 3600, 2)):"
            + "\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2)).\(fraction)Z"
    }

    /// Year, month and day of the Gregorian calendar.
    ///
    /// Counted in spans of 400 years from the first of March, so that the leap day comes last.
    private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
        let shifted = day + 719_468
        let era = floorDivision(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    private static func floorDivision(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
