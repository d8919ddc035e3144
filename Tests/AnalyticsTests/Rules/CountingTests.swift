import ONVIF
import Testing

struct CountingTests {
    private static let line = [(0.0, -0.8), (0.0, 0.8)]
    private static let there = steps(-0.2, 0.2, 9).map { ($0, 0.0) }
    private static let back = steps(0.2, -0.2, 9).map { ($0, 0.0) }

    @Test func everyCrossingCountsWhereTheDirectionDoes() throws {
        var any = try RuleBench("LineCounting", points: Self.line)
        #expect(any.walk(Self.there).values("Count") == ["0", "1"])
        #expect(any.walk(Self.back, from: 0.36).values("Count") == ["2"])
        var left = try RuleBench("LineCounting", points: Self.line, [("Direction", "Left")])
        #expect(left.walk(Self.there).values("Count") == ["0"])
        #expect(left.walk(Self.back, from: 0.36).values("Count") == ["1"])
    }

    @Test func reportsWaitForTheirInterval() throws {
        var bench = try RuleBench("LineCounting", points: Self.line, [("ReportTimeInterval", "PT10S")])
        #expect(bench.walk(Self.there).values("Count") == ["0"])
        #expect(bench.walk(Self.back, from: 0.36).isEmpty)
        #expect(bench.see([], at: 9.96).isEmpty)
        #expect(bench.see([], at: 10).values("Count") == ["2"])
        #expect(bench.see([], at: 30).isEmpty)
    }

    @Test func theCountBeginsAnewAtItsTimeOfDay() throws {
        // Ten seconds before midnight in a zone an hour east of Greenwich.
        var clock = DeviceClock()
        clock.timeZone = try #require(POSIXTimeZone("CET-1"))
        var bench = try RuleBench(
            "LineCounting", points: Self.line, [("ResetTime", "00:00:00"), ("ResetTime", "12:00:00")], clock: clock,
            start: RuleBench.midnight - 3600 - 10)
        #expect(bench.walk(Self.there).values("Count") == ["0", "1"])
        #expect(bench.see([], at: 9.96).isEmpty)
        #expect(bench.see([], at: 10).values("Count") == ["0"])
        #expect(bench.walk(Self.there, id: 2, from: 11).values("Count") == ["1"])
    }

    @Test func whoMustPassAllLinesCountsAtTheLast() throws {
        let model = AnalyticsModel.seeing
        let two = try #require(Self.lines([[(-0.1, -0.8), (-0.1, 0.8)], [(0.1, -0.8), (0.1, 0.8)]], passAll: true))
        var bench = try RuleBench(two, model: model)
        #expect(bench.walk(steps(-0.3, 0, 8).map { ($0, 0.0) }).values("Count") == ["0"])
        #expect(bench.walk(steps(0, 0.3, 8).map { ($0, 0.0) }, from: 0.32).values("Count") == ["1"])
        let each = try #require(Self.lines([[(-0.1, -0.8), (-0.1, 0.8)], [(0.1, -0.8), (0.1, 0.8)]], passAll: false))
        var other = try RuleBench(each, model: model)
        #expect(other.walk(steps(-0.3, 0.3, 16).map { ($0, 0.0) }).values("Count") == ["0", "1", "2"])
    }

    private static func lines(_ lines: [[(Double, Double)]], passAll: Bool) -> AnalyticsConfig? {
        guard
            var config = AnalyticsConfig(
                type: "LineCounting", name: "rule", points: lines[0], parameters: [("PassAllPolylines", "\(passAll)")]),
            let second = AnalyticsConfig(type: "LineCounting", name: "rule", points: lines[1], parameters: [])
        else { return nil }
        config.elementItems += second.elementItems
        return config
    }

    @Test func fromLeftToRightIsInAndBackIsOut() throws {
        var bench = try RuleBench("OccupancyCounting", points: Self.line)
        #expect(bench.walk(Self.there, id: 1).values("Count") == ["0", "1"])
        #expect(bench.walk(Self.there, id: 2, from: 1).values("Count") == ["2"])
        #expect(bench.walk(Self.back, id: 1, from: 2).values("Count") == ["1"])
        #expect(bench.walk(Self.back, id: 3, from: 3).values("Count") == ["0"])
        #expect(bench.walk(Self.back, id: 4, from: 4).values("Count") == ["-1"])
    }
}
