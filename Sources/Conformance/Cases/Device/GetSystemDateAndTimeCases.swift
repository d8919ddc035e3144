import ONVIF

extension TestCase {
    static let getSystemDateAndTime = TestCase(
        id: "DEVICE-3-1-1",
        title: "SYSTEM COMMAND GETSYSTEMDATEANDTIME",
        covers: .core("8.3.6"),
        mutants: .systemTimeWithoutDates, .systemTimeMonthThirteen, .systemTimeInvalidTimeZone
    ) { device, findings in
        let answer = try await device.call("GetSystemDateAndTime")
        let time = try findings.require(answer.node("tds:SystemDateAndTime"), "a SystemDateAndTime element")
        let type = time.text("tt:DateTimeType")
        findings.expect(
            type == "Manual" || type == "NTP", "DateTimeType Manual or NTP", found: type ?? "none", in: answer)
        findings.expect(time.flag("tt:DaylightSavings") != nil, "DaylightSavings true or false", in: answer)
        let dates = time.nodes("tt:UTCDateTime | tt:LocalDateTime")
        if type == "Manual" {
            findings.expect(
                !dates.isEmpty, "UTCDateTime or LocalDateTime, as the time is set manually", found: "neither",
                in: answer)
        }
        for date in dates {
            let fields: [(XPath, ClosedRange<Double>)] = [
                ("tt:Date/tt:Month", 1...12), ("tt:Date/tt:Day", 1...31), ("tt:Time/tt:Hour", 0...23),
                ("tt:Time/tt:Minute", 0...59), ("tt:Time/tt:Second", 0...61),
            ]
            for (path, range) in fields {
                let value = date.number(path)
                findings.expect(
                    value.map(range.contains) == true,
                    "\(date.name)/\(path.text) from \(Int(range.lowerBound)) to \(Int(range.upperBound))",
                    found: value.map { "\($0)" } ?? "none", in: answer)
            }
        }
        SystemClock.expectTimeZone(time, in: answer, &findings)
    }
}
