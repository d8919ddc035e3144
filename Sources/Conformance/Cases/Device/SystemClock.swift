import Foundation

/// The clock of the device as a case found it.
struct SystemClock: Sendable {
    /// How far the clock is set ahead, so that a device that keeps its time is noticed; seconds.
    static let shiftSeconds: TimeInterval = 60
    /// How far the clock may be from what it was set to: its resolution and the way there and back; seconds.
    static let toleranceSeconds: TimeInterval = 10

    private let type: String
    private let daylight: Bool
    private let zone: String?
    /// The device's clock less ours.
    private let offset: Duration

    init(of device: TestDevice, _ findings: inout Findings) async throws {
        let answer = try await device.call("GetSystemDateAndTime", authentication: Authentication.none)
        let time = try findings.require(answer.node("tds:SystemDateAndTime"), "a SystemDateAndTime", in: answer)
        type = time.text("tt:DateTimeType") ?? "Manual"
        daylight = time.flag("tt:DaylightSavings") ?? false
        zone = time.text("tt:TimeZone/tt:TZ")
        offset = await device.link.clockOffset
    }

    /// Sets the right time first, as no NTP server may be there to do it.
    func restore(on device: TestDevice) async throws {
        let time = Date().addingTimeInterval(offset / .seconds(1))
        try await device.call(
            "SetSystemDateAndTime", Self.request(type: "Manual", daylight: daylight, zone: zone, time: time))
        await device.link.setClockOffset(offset)
        if type != "Manual" {
            try await device.call("SetSystemDateAndTime", Self.request(type: type, daylight: daylight, zone: zone))
        }
    }

    static func request(type: String, daylight: Bool, zone: String? = nil, time: Date? = nil) -> Markup {
        """
        <tds:DateTimeType>\(type)</tds:DateTimeType><tds:DaylightSavings>\(daylight)</tds:DaylightSavings>\
        \(zone.map { "<tds:TimeZone><tt:TZ>\($0)</tt:TZ></tds:TimeZone>" as Markup })\(time.map(dateTime))
        """
    }

    private static func dateTime(_ date: Date) -> Markup {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return """
            <tds:UTCDateTime><tt:Time><tt:Hour>\(parts.hour ?? 0)</tt:Hour><tt:Minute>\(parts.minute ?? 0)</tt:Minute>\
            <tt:Second>\(parts.second ?? 0)</tt:Second></tt:Time><tt:Date><tt:Year>\(parts.year ?? 0)</tt:Year>\
            <tt:Month>\(parts.month ?? 0)</tt:Month><tt:Day>\(parts.day ?? 0)</tt:Day></tt:Date></tds:UTCDateTime>
            """
    }

    /// The moment in a `tt:DateTime`, read as UTC; nil for a date that does not exist.
    static func date(_ node: AnswerNode) -> Date? {
        let paths: [XPath] = [
            "tt:Date/tt:Year", "tt:Date/tt:Month", "tt:Date/tt:Day", "tt:Time/tt:Hour", "tt:Time/tt:Minute",
            "tt:Time/tt:Second",
        ]
        let parts = paths.compactMap { node.text($0).flatMap { Int($0) } }
        guard parts.count == paths.count else { return nil }
        var wanted = DateComponents(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5])
        wanted.calendar = calendar
        wanted.timeZone = .gmt
        return wanted.isValidDate ? wanted.date : nil
    }

    static func expectTimeZone(_ time: AnswerNode, in answer: Answer, _ findings: inout Findings) {
        guard let zone = time.text("tt:TimeZone/tt:TZ") else { return }
        findings.expect(
            isPOSIXTimeZone(zone), "a time zone in the form of POSIX 1003.1, such as CET-1CEST", found: zone,
            in: answer)
    }

    /// A name of three characters at least (or any in angle brackets), then an offset.
    ///
    /// Source: POSIX.1-2017 §8.3, TZ.
    static func isPOSIXTimeZone(_ text: String) -> Bool {
        (try? #/(?:[A-Za-z]{3,}|<[A-Za-z0-9+\-]{3,}>)[+\-]?\d{1,2}(?::\d{2}){0,2}.*/#.wholeMatch(in: text)) != nil
    }

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }
}
