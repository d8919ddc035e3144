import Foundation
import ONVIF

extension TestCase {
    static let setSystemDateAndTime = TestCase(
        id: "DEVICE-3-1-11",
        title: "SYSTEM COMMAND SETSYSTEMDATEANDTIME",
        covers: .core("8.3.7"),
        profiles: [.s, .t, .g],
        disrupts: [.time],
        mutants: .setSystemTimeForgets, .setSystemTimeRefuses, .setSystemTimeStaysNTP, .setSystemTimeIgnoresTime,
        .setSystemTimeSavesDaylight, .systemTimeInvalidTimeZone, .systemTimeMonthThirteen
    ) { device, findings in
        let link = device.link
        let clock = try await SystemClock(of: device, &findings)
        device.afterwards("date and time") { try await clock.restore(on: $0) }

        let wanted = await link.deviceTime.addingTimeInterval(SystemClock.shiftSeconds)
        try await device.call(
            "SetSystemDateAndTime", SystemClock.request(type: "Manual", daylight: false, time: wanted))
        await link.setClockOffset(.seconds(wanted.timeIntervalSinceNow))

        let answer = try await device.call("GetSystemDateAndTime", authentication: Authentication.none)
        let time = try findings.require(answer.node("tds:SystemDateAndTime"), "a SystemDateAndTime", in: answer)
        findings.expect(time.text("tt:DateTimeType"), is: "Manual", "DateTimeType as it was set", in: answer)
        findings.expect(time.flag("tt:DaylightSavings"), is: false, "DaylightSavings as it was set", in: answer)
        SystemClock.expectTimeZone(time, in: answer, &findings)
        let shown = try findings.require(
            time.node("tt:UTCDateTime").flatMap(SystemClock.date), "a UTCDateTime that is a date", in: answer)
        let difference = abs(shown.timeIntervalSince(await link.deviceTime))
        findings.expect(
            difference <= SystemClock.toleranceSeconds,
            "UTCDateTime as it was set, within \(Int(SystemClock.toleranceSeconds)) s",
            found: "\(Int(difference)) s off", in: answer)
    }

    static let setInvalidTimeZone = TestCase(
        id: "DEVICE-3-1-4",
        title: "SYSTEM COMMAND SETSYSTEMDATEANDTIME TEST FOR INVALID TIMEZONE",
        covers: .core("8.3.7"),
        profiles: [.s, .t, .g],
        disrupts: [.time],
        mutants: .setSystemTimeNeverRefuses, .setSystemTimeForgetsSubcode, .systemTimeInvalidTimeZone,
        .systemTimeMonthThirteen
    ) { device, findings in
        let time = await device.link.deviceTime
        try await refuse(
            SystemClock.request(type: "Manual", daylight: true, zone: invalidTimeZone, time: time),
            with: "InvalidTimeZone", on: device, &findings)
    }

    static let setInvalidDate = TestCase(
        id: "DEVICE-3-1-5",
        title: "SYSTEM COMMAND SETSYSTEMDATEANDTIME TEST FOR INVALID DATE",
        covers: .core("8.3.7"),
        profiles: [.s, .t, .g],
        disrupts: [.time],
        mutants: .setSystemTimeNeverRefuses, .setSystemTimeForgetsSubcode, .systemTimeInvalidTimeZone,
        .systemTimeMonthThirteen
    ) { device, findings in
        let request: Markup = """
            <tds:DateTimeType>Manual</tds:DateTimeType><tds:DaylightSavings>true</tds:DaylightSavings>\
            <tds:TimeZone><tt:TZ>PST8PDT,M3.2.0,M11.1.0</tt:TZ></tds:TimeZone>\
            <tds:UTCDateTime><tt:Time><tt:Hour>30</tt:Hour><tt:Minute>70</tt:Minute><tt:Second>80</tt:Second></tt:Time>\
            <tt:Date><tt:Year>2001</tt:Year><tt:Month>15</tt:Month><tt:Day>35</tt:Day></tt:Date></tds:UTCDateTime>
            """
        try await refuse(request, with: "InvalidDateTime", on: device, &findings)
    }

    /// Source: ONVIF Base Device Test Specification, DEVICE-3-1-4.
    private static let invalidTimeZone = "INVALIDTIMEZONE"

    private static func refuse(
        _ request: Markup, with subcode: String, on device: TestDevice, _ findings: inout Findings
    ) async throws {
        let clock = try await SystemClock(of: device, &findings)
        device.afterwards("date and time") { try await clock.restore(on: $0) }
        let fault = try await device.fault(from: "SetSystemDateAndTime", request)
        findings.expect(fault, is: "Sender", "InvalidArgVal", subcode)
        let answer = try await device.call("GetSystemDateAndTime", authentication: Authentication.none)
        let time = try findings.require(answer.node("tds:SystemDateAndTime"), "a SystemDateAndTime", in: answer)
        SystemClock.expectTimeZone(time, in: answer, &findings)
        findings.expect(
            time.node("tt:UTCDateTime").flatMap(SystemClock.date) != nil, "a UTCDateTime that is a date",
            found: "none", in: answer)
        if let local = time.node("tt:LocalDateTime") {
            findings.expect(
                SystemClock.date(local) != nil, "a LocalDateTime that is a date", found: "none", in: answer)
        }
    }
}
