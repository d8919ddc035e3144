import Foundation
import Testing
import Truth

@Suite struct TruthTimeTests {
    /// The first by hand, the others by Foundation's calendar.
    @Test func secondsBecomeDates() throws {
        #expect(TruthTime.text(0) == "2026-01-01T12:00:00.000Z")
        #expect(TruthTime.text(1 / 30.0) == "2026-01-01T12:00:00.033333Z")
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for start: Int64 in [0, 951_782_399, 951_868_800, 1_709_164_800, 4_107_542_400, -86_401, TruthTime.start] {
            let text = TruthTime.text(59.04, start: start)
            let date = Date(timeIntervalSince1970: Double(start) + 59.04)
            #expect(abs(try format.parse(text).timeIntervalSince(date)) < 0.001, "\(text)")
        }
    }
}
