/// A time zone as `tt:TimeZone` carries it: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1 §8.3 Other environment variables, TZ; ONVIF Core 26.06 §8.3.6 GetSystemDateAndTime.
package struct POSIXTimeZone: Codable, Equatable, Sendable {
    package let text: String
    /// Offset of standard time, seconds east of Greenwich; the text counts westwards.
    package let secondsEast: Int

    package static let utc = POSIXTimeZone(text: "UTC0", secondsEast: 0)

    private init(text: String, secondsEast: Int) {
        self.text = text
        self.secondsEast = secondsEast
    }

    /// - Returns: nil unless the text is `std offset [dst [offset] [,start[/time],end[/time]]]`.
    package init?(_ text: String) {
        var rest = Substring(text)
        guard Self.name(&rest), let west = Self.offset(&rest) else { return nil }
        if !rest.isEmpty, rest.first != "," {
            guard Self.name(&rest) else { return nil }
            if let first = rest.first, first != "," {
                guard Self.offset(&rest) != nil else { return nil }
            }
        }
        if !rest.isEmpty {
            guard rest.popFirst() == "," else { return nil }
            let rules = rest.split(separator: ",", omittingEmptySubsequences: false)
            guard rules.count == 2, rules.allSatisfy(Self.isRule) else { return nil }
        }
        self.init(text: text, secondsEast: -west)
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
    private static func isRule(_ rule: Substring) -> Bool {
        let parts = rule.split(separator: "/", omittingEmptySubsequences: false)
        guard let date = parts.first, parts.count <= 2 else { return false }
        if parts.count == 2 {
            var time = parts[1]
            guard offset(&time) != nil, time.isEmpty else { return false }
        }
        switch date.first {
        case "M":
            let numbers = date.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 3, let month = numbers[0], let week = numbers[1], let day = numbers[2] else {
                return false
            }
            return (1...12).contains(month) && (1...5).contains(week) && (0...6).contains(day)
        case "J": return Int(date.dropFirst()).map((1...365).contains) ?? false
        default: return Int(date).map((0...365).contains) ?? false
        }
    }
}
