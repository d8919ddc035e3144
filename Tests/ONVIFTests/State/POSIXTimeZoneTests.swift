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
}
