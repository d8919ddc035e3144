import ONVIF
import Testing

struct POSIXTimeZoneTests {
    @Test(arguments: [
        ("UTC0", 0), ("CET-1CEST,M3.5.0,M10.5.0/3", 3600), ("EST5EDT,M3.2.0,M11.1.0", -18_000), ("IST-5:30", 19_800),
        ("<+0330>-3:30<+0430>,J79/24,J263/24", 12_600), ("NZST-12NZDT-13,M10.1.0,M3.3.0", 43_200),
    ])
    func readsZones(text: String, secondsEast: Int) throws {
        #expect(try #require(POSIXTimeZone(text)).secondsEast == secondsEast)
    }

    @Test(arguments: [
        "", "INVALIDTIMEZONE", "AB1", "UTC", "UTC25", "UTC0,", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.0", "UTC0 x",
    ])
    func refusesWhatIsNoZone(text: String) {
        #expect(POSIXTimeZone(text) == nil)
    }

    /// Moments around the changes of 2026 (and of the leap year 2028), counted by `TZ=… date -d @… +%z` of the GNU tools.
    @Test(
        arguments: [
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1774745999, 3600),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1774746000, 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1792889999, 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1792890000, 3600),
            ("EST5EDT", 1772953199, -18000),
            ("EST5EDT", 1772953200, -14400),
            ("EST5EDT", 1793512799, -14400),
            ("EST5EDT", 1793512800, -18000),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1775311199, 46800),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1775311200, 43200),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1790431199, 43200),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1790431200, 46800),
            ("<+0330>-3:30<+0430>,J79/24,J263/24", 1837196999, 12600),
            ("<+0330>-3:30<+0430>,J79/24,J263/24", 1837197000, 16200),
            ("<+0330>-3:30<+0430>,J79/24,J263/24", 1853090999, 16200),
            ("<+0330>-3:30<+0430>,J79/24,J263/24", 1853091000, 12600),
            ("AAA3BBB,59,300", 1835413199, -10800),
            ("AAA3BBB,59,300", 1835413200, -7200),
            ("AAA3BBB,59,300", 1856231999, -7200),
            ("AAA3BBB,59,300", 1856232000, -10800),
            ("AAA3BBB,J60/0,J301", 1835492399, -10800),
            ("AAA3BBB,J60/0,J301", 1835492400, -7200),
            ("AAA3BBB,J60/0,J301", 1856318399, -7200),
            ("AAA3BBB,J60/0,J301", 1856318400, -10800),
            ("IST-5:30", 1780000000, 19_800),
        ] as [(String, Int64, Int)])
    func keepsSummerTime(text: String, seconds: Int64, secondsEast: Int) throws {
        #expect(try #require(POSIXTimeZone(text)).secondsEast(at: seconds) == secondsEast)
    }
}
