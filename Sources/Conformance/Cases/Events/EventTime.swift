import Foundation

/// Times and durations in messages of the event service.
///
/// Source: XML Schema Part 2 §3.2.6 duration, §3.2.7 dateTime.
enum EventTime {
    /// The instant; a time without zone counts as UTC, as all times of the event service are.
    static func date(_ text: String?) -> Date? {
        let form = #/(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+\-]\d\d:\d\d)?/#
        guard let text, let match = try? form.wholeMatch(in: text) else { return nil }
        let (_, year, month, day, hour, minute, second, fraction, zone) = match.output
        let components = DateComponents(
            year: Int(year), month: Int(month), day: Int(day), hour: Int(hour), minute: Int(minute),
            second: Int(second))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard components.isValidDate(in: calendar), let date = calendar.date(from: components) else { return nil }
        let offset = zone.flatMap(seconds(ofZone:)) ?? 0
        return date.addingTimeInterval((fraction.flatMap { Double("0" + $0) } ?? 0) - offset)
    }

    private static func seconds(ofZone zone: Substring) -> TimeInterval? {
        guard zone != "Z" else { return 0 }
        let parts = zone.dropFirst().split(separator: ":").compactMap { Double($0) }
        guard parts.count == 2 else { return nil }
        return (zone.hasPrefix("-") ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60)
    }

    /// Years and months, which no bound of a device is given in, count 365 and 30 days.
    static func duration(_ text: String?) -> Duration? {
        let form = #/P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?/#
        guard let text, let match = try? form.wholeMatch(in: text), text.last?.isLetter == true, text != "P",
            text.last != "T"
        else { return nil }
        let (_, years, months, days, hours, minutes, seconds) = match.output
        let parts: [(Substring?, Double)] = [
            (years, 31_536_000), (months, 2_592_000), (days, 86_400), (hours, 3600), (minutes, 60), (seconds, 1),
        ]
        return .seconds(parts.reduce(0) { sum, part in sum + (part.0.flatMap { Double($0) } ?? 0) * part.1 })
    }

    /// As `PT…S`, in whole seconds; never less than one.
    static func text(of duration: Duration) -> String { "PT\(max(1, duration.components.seconds))S" }

    /// In UTC with a `Z`, to the second.
    static func text(of date: Date) -> String { date.formatted(.iso8601) }
}

/// How long cases wait for events.
enum EventPatience {
    /// Until a property is told: what the official tool calls the operation delay.
    static let property = Duration.seconds(10)
    /// Life of a subscription that has work to do.
    static let life = Duration.seconds(60)
    /// Life of a subscription that only has to be there.
    static let shortLife = Duration.seconds(10)
    /// Between requests that a device answers with nothing before the time is over.
    static let pause = Duration.seconds(1)
    /// How far an event may lie ahead of the clock that it is compared with.
    static let clockTolerance: TimeInterval = 5
}
