/// A time zone as `tt:TimeZone` carries it: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1 §8.3 Other environment variables, TZ; ONVIF Core 26.06 §8.3.6 GetSystemDateAndTime.
package struct POSIXTimeZone: Codable, Equatable, Sendable {
    package let text: String
    /// Offset of standard time, seconds east of Greenwich; the text counts westwards.
    package let secondsEast: Int
    /// Nil for a zone that keeps the same time all year.
    private let summer: Summer?

    /// Summer time: how far east of Greenwich, in seconds, and when.
    fileprivate struct Summer: Codable, Equatable {
        var secondsEast: Int
        var start: Rule
        var end: Rule
    }

    /// When in a year the clock is changed.
    fileprivate struct Rule: Codable, Equatable {
        enum Day: Codable, Equatable {
            /// 1…365; 29 February is not counted.
            case julian(Int)
            /// 0…365; 29 February is counted.
            case zeroBased(Int)
            /// The fifth week is the last; Sunday is day 0.
            case weekday(month: Int, week: Int, day: Int)
        }

        var day: Day
        /// Seconds after midnight; 02:00 where the text says nothing.
        var time = 7200
    }

    package static let utc = POSIXTimeZone(text: "UTC0", secondsEast: 0, summer: nil)

    private init(text: String, secondsEast: Int, summer: Summer?) {
        self.text = text
        self.secondsEast = secondsEast
        self.summer = summer
    }

    /// - Returns: nil unless the text is `std offset [dst [offset] [,start[/time],end[/time]]]`.
    package init?(_ text: String) {
        var rest = Substring(text)
        guard Self.name(&rest), let west = Self.offset(&rest) else { return nil }
        var summerWest: Int?
        if !rest.isEmpty, rest.first != "," {
            guard Self.name(&rest) else { return nil }
            summerWest = west - 3600
            if let first = rest.first, first != "," {
                guard let offset = Self.offset(&rest) else { return nil }
                summerWest = offset
            }
        }
        // Where the text gives no rules, the C library takes these.
        var rules = [
            Rule(day: .weekday(month: 3, week: 2, day: 0)), Rule(day: .weekday(month: 11, week: 1, day: 0)),
        ]
        if !rest.isEmpty {
            guard rest.popFirst() == "," else { return nil }
            rules = rest.split(separator: ",", omittingEmptySubsequences: false).compactMap(Self.rule)
            guard rules.count == 2, rest.count(where: { $0 == "," }) == 1 else { return nil }
        }
        let summer = summerWest.map { Summer(secondsEast: -$0, start: rules[0], end: rules[1]) }
        self.init(text: text, secondsEast: -west, summer: summer)
    }

    /// - Parameter seconds: since 1970, UTC.
    /// - Returns: seconds east of Greenwich at that moment, summer time included.
    package func secondsEast(at seconds: Int64) -> Int {
        guard let summer else { return secondsEast }
        let year = XSDateTime.Parts(secondsSince1970: seconds + Int64(secondsEast)).year
        let start = summer.start.localSeconds(in: year) - Int64(secondsEast)
        let end = summer.end.localSeconds(in: year) - Int64(summer.secondsEast)
        let isSummer = start < end ? (start..<end).contains(seconds) : !(end..<start).contains(seconds)
        return isSummer ? summer.secondsEast : secondsEast
    }

    /// Three letters or more, or anything of letters, digits and signs in angle brackets.
    private static func name(_ rest: inout Substring) -> Bool {
        if rest.first == "<" {
            guard let end = rest.firstIndex(of: ">") else { return false }
            let name = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            return name.count >= 3
                && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-".contains($0)) }
        }
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        rest = rest[name.endIndex...]
        return name.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]`, seconds.
    private static func offset(_ rest: inout Substring) -> Int? {
        let sign = rest.first == "-" ? -1 : 1
        if let first = rest.first, "+-".contains(first) { rest.removeFirst() }
        let text = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ":") }
        rest = rest[text.endIndex...]
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(parts.count), let hours = parts[0], (0...24).contains(hours) else { return nil }
        var seconds = hours * 3600
        for (part, unit) in zip(parts.dropFirst(), [60, 1]) {
            guard let part, (0...59).contains(part) else { return nil }
            seconds += part * unit
        }
        return sign * seconds
    }

    /// `Jn`, `n` or `Mm.w.d`, each with an optional `/time`.
    private static func rule(_ text: Substring) -> Rule? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let date = parts.first, parts.count <= 2, let day = day(date) else { return nil }
        guard parts.count == 2 else { return Rule(day: day) }
        var time = parts[1]
        guard let seconds = offset(&time), time.isEmpty else { return nil }
        return Rule(day: day, time: seconds)
    }

    private static func day(_ date: Substring) -> Rule.Day? {
        switch date.first {
        case "M":
            let numbers = date.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 3, let month = numbers[0], let week = numbers[1], let day = numbers[2],
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        case "J": return Int(date.dropFirst()).flatMap { (1...365).contains($0) ? .julian($0) : nil }
        default: return Int(date).flatMap { (0...365).contains($0) ? .zeroBased($0) : nil }
        }
    }
}

extension POSIXTimeZone.Rule {
    private static let secondsPerDay: Int64 = 86_400

    /// Seconds since 1970 as if the zone were Greenwich.
    fileprivate func localSeconds(in year: Int) -> Int64 {
        let dayNumber: Int64
        switch day {
        case .zeroBased(let number): dayNumber = Self.day(year, 1, 1) + Int64(number)
        case .julian(let number):
            let isAfterFebruary = number > 59
            let isLeap = Self.day(year, 3, 1) - Self.day(year, 1, 1) == 60
            dayNumber = Self.day(year, 1, 1) + Int64(number - 1 + (isLeap && isAfterFebruary ? 1 : 0))
        case .weekday(let month, let week, let day):
            let first = Self.day(year, month, 1)
            // 1970-01-01 was a Thursday.
            let weekday = (first + 4) % 7
            var found = first + (Int64(day) - weekday + 7) % 7 + Int64(7 * (week - 1))
            let next = month == 12 ? Self.day(year + 1, 1, 1) : Self.day(year, month + 1, 1)
            if found >= next { found -= 7 }
            dayNumber = found
        }
        return dayNumber * Self.secondsPerDay + Int64(time)
    }

    /// Days since 1970; a year after 9999 counts as that one.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let parts = XSDateTime.Parts(
            year: min(max(year, 1), 9999), month: month, day: day, hour: 0, minute: 0, second: 0)
        return (parts?.secondsSince1970 ?? 0) / secondsPerDay
    }
}
