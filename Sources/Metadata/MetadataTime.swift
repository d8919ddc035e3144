/// Moments as `xs:dateTime` in UTC, nanoseconds since 1970.
///
/// Source: XML Schema part 2 §3.2.7 dateTime.
package enum MetadataTime {
    private static let secondsOfDay: Int64 = 86_400
    private static let nanoseconds: Int64 = 1_000_000_000
    /// Years that fit in 64 bits of nanoseconds.
    private static let years = 1678...2261
    /// Digits of a second that count.
    private static let digitLimit = 9

    /// Such as `2026-01-01T12:00:00.040Z`: 3, 6 or 9 digits of the second, as many as it needs.
    package static func text(_ utc: Int64) -> String {
        let seconds = floorDivision(utc, nanoseconds)
        let part = utc - seconds * nanoseconds
        let day = floorDivision(seconds, secondsOfDay)
        let second = seconds - day * secondsOfDay
        let (year, month, date) = civil(day)
        let fraction =
            part % 1_000_000 == 0
            ? digits(part / 1_000_000, 3) : part % 1000 == 0 ? digits(part / 1000, 6) : digits(part, 9)
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(date, 2))T\(digits(second / 3600, 2)):"
            + "\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2)).\(fraction)Z"
    }

    /// - Parameter text: with a zone or, as some cameras have it, without one, which is taken for UTC; numbers of one digit
    ///   are taken too.
    /// - Returns: nil for what is no moment.
    package static func value(_ text: String) -> Int64? {
        var reader = Reader(bytes: Array(text.utf8.filter { $0 > 0x20 }))
        guard let year = reader.number(4...4), reader.take("-"), let month = reader.number(1...2), reader.take("-"),
            let date = reader.number(1...2), reader.take("T"), let hour = reader.number(1...2), reader.take(":"),
            let minute = reader.number(1...2), reader.take(":"), let second = reader.number(1...2),
            years.contains(Int(year)), (1...12).contains(month), date >= 1, date <= days(of: month, year),
            hour <= 24, minute <= 59, second <= 60
        else { return nil }
        var part: Int64 = 0
        if reader.take(".") {
            guard let fraction = reader.fraction(digitLimit) else { return nil }
            part = fraction
        }
        var offset: Int64 = 0
        if !reader.take("Z"), !reader.isAtEnd {
            let isEast = reader.take("+")
            guard isEast || reader.take("-"), let hours = reader.number(2...2), reader.take(":"),
                let minutes = reader.number(2...2), hours <= 14, minutes <= 59
            else { return nil }
            offset = (hours * 60 + minutes) * (isEast ? 60 : -60)
        }
        guard reader.isAtEnd else { return nil }
        let seconds = day(year, month, date) * secondsOfDay + hour * 3600 + minute * 60 + second - offset
        return seconds * nanoseconds + part
    }

    /// Takes a text apart.
    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(truncatingIfNeeded: sign.value) else { return false }
            place += 1
            return true
        }

        private mutating func digit() -> Int64? {
            guard place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) else {
                return nil
            }
            defer { place += 1 }
            return Int64(bytes[place] - UInt8(ascii: "0"))
        }

        mutating func number(_ lengths: ClosedRange<Int>) -> Int64? {
            var (value, count): (Int64, Int) = (0, 0)
            while count < lengths.upperBound, let digit = digit() { (value, count) = (value * 10 + digit, count + 1) }
            return count >= lengths.lowerBound ? value : nil
        }

        /// Nanoseconds; further digits do not count.
        mutating func fraction(_ limit: Int) -> Int64? {
            var (value, count): (Int64, Int) = (0, 0)
            while let digit = digit() {
                if count < limit { value = value * 10 + digit }
                count += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, limit)..<limit { value *= 10 }
            return value
        }
    }

    private static func days(of month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970 of a date of the Gregorian calendar; years begin in March, so that the leap day comes last.
    private static func day(_ year: Int64, _ month: Int64, _ date: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivision(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

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
