import Foundation
import ONVIF
import Testing

struct XSDateTimeTests {
    /// Seconds by `date -u -d … +%s`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0.0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-11-21T02:45:07Z", 1_795_229_107),
        ("1969-12-31T23:59:59Z", -1), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ("2026-01-01T00:00:00.25Z", 1_767_225_600.25),
    ])
    func readsAndWritesTheSameMoment(text: String, seconds: Double) {
        #expect(XSDateTime.parse(text) == Date(timeIntervalSince1970: seconds))
        let written = XSDateTime.string(Date(timeIntervalSince1970: seconds))
        #expect(XSDateTime.parse(written) == Date(timeIntervalSince1970: seconds))
    }

    @Test
    func readsZonesAndTakesNoneForUTC() {
        let noon = XSDateTime.parse("2026-06-01T12:00:00Z")
        #expect(XSDateTime.parse("2026-06-01T14:00:00+02:00") == noon)
        #expect(XSDateTime.parse("2026-06-01T06:30:00-05:30") == noon)
        #expect(XSDateTime.parse("2026-06-01T12:00:00") == noon)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:01Z", "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+2:00", "2026-01-01T00:00:00Zx", "٢٠٢٦-01-01T00:00:00Z",
    ])
    func refusesWhatIsNoDateTime(text: String) {
        #expect(XSDateTime.parse(text) == nil)
    }

    @Test(arguments: [
        ("PT60S", 60.0), ("PT1M", 60), ("P1DT1H", 90_000), ("PT0.5S", 0.5), ("-PT5S", -5), ("PT0S", 0),
        ("PT1H2M3.25S", 3723.25),
    ])
    func readsDurations(text: String, seconds: Double) {
        #expect(XSDuration.parse(text) == seconds)
        #expect(XSDuration.parse(XSDuration.string(seconds)) == seconds)
    }

    @Test(arguments: ["", "P", "PT", "60", "PT60", "P1Y", "P1M", "PT1S1M", "PT.S", "P1H", "PT1.5M", "PTxS"])
    func refusesWhatIsNoDurationOfFixedLength(text: String) {
        #expect(XSDuration.parse(text) == nil)
    }
}
