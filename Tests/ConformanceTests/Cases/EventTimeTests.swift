import Foundation
import Testing

@testable import Conformance

struct EventTimeTests {
    /// Seconds from 1970 by `date -u -d … +%s`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T04:42:09Z", 1_795_236_129), ("2026-11-21T04:42:09", 1_795_236_129),
        ("2026-11-21T05:42:09+01:00", 1_795_236_129), ("2026-11-20T22:12:09.250-06:30", 1_795_236_129.25),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func aDateTimeIsRead(_ text: String, seconds: Double) throws {
        let date = try #require(EventTime.date(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_1)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-21T25:00:00Z", "PT10S",
        "2026-11-21 04:42:09Z", "21.11.2026",
    ])
    func whatIsNoDateTimeIsNone(_ text: String) {
        #expect(EventTime.date(text) == nil)
    }

    @Test(arguments: [
        ("PT10S", Duration.seconds(10)), ("PT1M0.5S", .milliseconds(60_500)), ("P1DT2H", .seconds(93_600)),
        ("P1M", .seconds(2_592_000)), ("PT0S", .zero),
    ])
    func aDurationIsRead(_ text: String, duration: Duration) {
        #expect(EventTime.duration(text) == duration)
    }

    @Test(arguments: ["", "P", "PT", "P1DT", "10S", "PT10", "-PT10S", "PT1.5M"])
    func whatIsNoDurationIsNone(_ text: String) {
        #expect(EventTime.duration(text) == nil)
    }

    @Test func aDurationIsWrittenInWholeSecondsAndNeverAsNone() {
        #expect(EventTime.text(of: Duration.seconds(80)) == "PT80S")
        #expect(EventTime.text(of: Duration.milliseconds(1)) == "PT1S")
    }
}
