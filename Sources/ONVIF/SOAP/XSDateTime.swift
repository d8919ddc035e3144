package import Foundation

/// `xs:dateTime` and the parts of it that ONVIF's own date types use (XML Schema part 2 §3.2.7).
package enum XSDateTime {
    /// UTC with milliseconds only where there are any: `2026-06-01T12:00:00Z`.
    package static func string(_ date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
        let parts = Parts(secondsSince1970: milliseconds.flooredDivision(by: 1000))
        let fraction = milliseconds - milliseconds.flooredDivision(by: 1000) * 1000
        let date = "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
        let time = "\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2))"
        return "\(date)T\(time)\(fraction == 0 ? "" : ".\(padded(Int(fraction), 3))")Z"
    }

    /// Reads an `xs:dateTime`; without a zone it is taken as UTC, as ONVIF times are.
    package static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        var index = 0
        func number(_ digits: Int) -> Int? {
            guard index + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[index..<index + digits] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            index += digits
            return value
        }
        func skip(_ character: Character) -> Bool {
            guard index < bytes.count, bytes[index] == character.asciiValue else { return false }
            index += 1
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("T"),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            let parts = Parts(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var fraction = 0.0
        if skip(".") {
            var scale = 0.1
            let start = index
            while let digit = number(1) {
                fraction += Double(digit) * scale
                scale /= 10
            }
            guard index > start else { return nil }
        }
        var offset = 0
        if index < bytes.count, !skip("Z") {
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), hours <= 14, minutes < 60
            else { return nil }
            offset = sign * (hours * 3600 + minutes * 60)
        }
        guard index == bytes.count else { return nil }
        return Date(timeIntervalSince1970: Double(parts.secondsSince1970 - Int64(offset)) + fraction)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// A proleptic Gregorian date with the time of day, in UTC.
    package struct Parts: Equatable, Sendable {
        package let year, month, day, hour, minute, second: Int

        /// - Returns: nil where there is no such day or time.
        package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
            guard (1...9999).contains(year), (1...12).contains(month), (0...23).contains(hour),
                (0...59).contains(minute), (0...59).contains(second),
                (1...Self.days(in: month, of: year)).contains(day)
            else { return nil }
            (self.year, self.month, self.day) = (year, month, day)
            (self.hour, self.minute, self.second) = (hour, minute, second)
        }

        package init(secondsSince1970 seconds: Int64) {
            let days = seconds.flooredDivision(by: 86_400)
            let rest = Int(seconds - days * 86_400)
            (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
            // Eras of 400 years beginning on 1 March, so that the leap day is the last of its year.
            let shifted = days + 719_468
            let era = shifted.flooredDivision(by: 146_097)
            let dayOfEra = Int(shifted - era * 146_097)
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shiftedMonth = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
            month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
            year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        }

        package var secondsSince1970: Int64 {
            let shiftedYear = month <= 2 ? year - 1 : year
            let era = Int64(shiftedYear).flooredDivision(by: 400)
            let yearOfEra = shiftedYear - Int(era) * 400
            let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
            let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            let days = era * 146_097 + Int64(dayOfEra) - 719_468
            return days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        }

        private static func days(in month: Int, of year: Int) -> Int {
            switch month {
            case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }
    }
}

/// `xs:duration` (XML Schema part 2 §3.2.6); years and months, which have no fixed length, only as zeros.
package enum XSDuration {
    /// - Returns: seconds, negative with a leading minus; nil for anything else than a duration of days and times.
    package static func parse(_ text: String) -> TimeInterval? {
        var rest = Substring(text)
        let sign: Double = rest.first == "-" ? -1 : 1
        if sign < 0 { rest.removeFirst() }
        guard rest.popFirst() == "P" else { return nil }
        var seconds = 0.0
        var inTime = false
        var units: ArraySlice<(name: Character, seconds: Double)> = [("Y", 0), ("M", 0), ("D", 86_400)]
        var found = false
        while let first = rest.first {
            if first == "T", !inTime {
                rest.removeFirst()
                inTime = true
                units = [("H", 3600), ("M", 60), ("S", 1)]
                found = false
                continue
            }
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let value = Double(digits) else { return nil }
            rest = rest[digits.endIndex...]
            guard let name = rest.popFirst(), let index = units.firstIndex(where: { $0.name == name }),
                name == "S" || !digits.contains("."), units[index].seconds > 0 || value == 0
            else { return nil }
            seconds += value * units[index].seconds
            units = units[(index + 1)...]
            found = true
        }
        return found ? sign * seconds : nil
    }

    package static func string(_ seconds: TimeInterval) -> String {
        let rounded = (abs(seconds) * 1000).rounded() / 1000
        let text = rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
        return "\(seconds < 0 ? "-" : "")PT\(text)S"
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
