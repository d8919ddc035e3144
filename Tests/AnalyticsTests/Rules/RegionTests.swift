import Foundation
import ONVIF
import Testing

struct RegionTests {
    private static let field = [(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5)]

    @Test func theFieldTellsWhoIsInside() throws {
        var bench = try RuleBench("FieldDetector", points: Self.field)
        let (one, two) = (
            RuleBench.Thing(id: 1, place: (0, 0)), RuleBench.Thing(id: 2, place: (0.2, 0), type: "Vehicle")
        )
        #expect(bench.see([], at: 0).isEmpty)
        #expect(
            bench.see([one], at: 0.04) == [
                .property([
                    Event.Item("IsInside", "true"), Event.Item("ObjectId", "1"), Event.Item("ClassTypes", "Human"),
                ])
            ])
        let both = bench.see([one, two], at: 0.08)
        #expect(both.values("ObjectId") == ["1 2"])
        #expect(both.values("ClassTypes") == ["Human Vehicle"])
        #expect(bench.see([one, two], at: 0.12).isEmpty)
        let outside = RuleBench.Thing(id: 1, place: (0.7, 0))
        #expect(bench.see([outside, two], at: 0.16).values("ObjectId") == ["2"])
    }

    @Test func whoVanishesLeavesAfterAWhile() throws {
        var bench = try RuleBench("FieldDetector", points: Self.field)
        _ = bench.see([RuleBench.Thing(id: 1, place: (0, 0))], at: 0)
        #expect(bench.see([], at: 1).isEmpty)
        #expect(bench.see([], at: 1.04).values("IsInside") == ["false"])
    }

    @Test func jitterOnTheEdgeChangesNothing() throws {
        var bench = try RuleBench("FieldDetector", points: Self.field)
        var places: [(Double, Double)] = [(0.4, 0)]
        for step in 0..<20 { places.append((step % 2 == 0 ? 0.509 : 0.491, 0)) }
        places.append((0.52, 0))
        let contents = bench.walk(places)
        #expect(contents.values("IsInside") == ["true", "false"])
    }

    @Test func loiteringBeginsAboveTheBound() throws {
        var bench = try RuleBench("LoiteringDetector", points: Self.field, [("TimeThreshold", "PT2S")])
        let stays = (0..<80).map { _ in (0.0, 0.0) }
        #expect(bench.walk(Array(stays.prefix(51))).isEmpty)
        let contents = bench.walk([(0, 0)], from: 2.04)
        #expect(contents.values("ObjectId") == ["1"])
        #expect(contents.values("Since") == [XSDateTime.string(Date(timeIntervalSince1970: RuleBench.midnight + 2))])
        #expect(bench.walk([(0.7, 0)], from: 2.08) == [.property(nil)])
        #expect(bench.walk([(0, 0)], from: 2.12).isEmpty)
        #expect(bench.walk([(0, 0)], from: 3).isEmpty)
    }

    @Test func anAbsenceThatIsShortDoesNotEndTheStay() throws {
        var bench = try RuleBench("LoiteringDetector", points: Self.field, [("TimeThreshold", "PT2S")])
        _ = bench.walk([(0, 0)])
        #expect(bench.walk([(0, 0)], from: 1).isEmpty)
        #expect(bench.see([], at: 1.5).isEmpty)
        #expect(bench.walk([(0, 0)], from: 2.04).count == 1)
        var late = try RuleBench("LoiteringDetector", points: Self.field, [("TimeThreshold", "PT2S")])
        _ = late.walk([(0, 0)])
        #expect(late.see([], at: 1.04).isEmpty)
        #expect(late.walk([(0, 0)], from: 2.04).isEmpty)
    }

    @Test func motionInARegionIsThatOfSomethingThatMoves() throws {
        var bench = try RuleBench("MotionRegionDetector", points: [(0, -1), (0, 1), (1, 1), (1, -1)])
        #expect(bench.walk((0..<10).map { _ in (0.5, 0) }).isEmpty)
        #expect(bench.walk([(0.55, 0)], from: 0.4).values("State") == ["true"])
        #expect(bench.walk([(0.55, 0)], from: 1.4).isEmpty)
        #expect(bench.walk([(0.55, 0)], from: 1.44).values("State") == ["false"])
        #expect(bench.walk(steps(-0.5, -0.2, 8).map { ($0, 0) }, id: 2, from: 2).isEmpty)
    }

    @Test func cellsSeeWhatMovesOverThem() throws {
        // The right half of an 8 × 6 grid: 0F in each row.
        let mask = CellMask(bytes: [UInt8](repeating: 0x0F, count: 6)).base64
        var model = AnalyticsModel.seeing
        (model.columns, model.rows) = (8, 6)
        let parameters = [("ActiveCells", mask), ("MinCount", "1"), ("AlarmOnDelay", "80"), ("AlarmOffDelay", "200")]
        var bench = try RuleBench("CellMotionDetector", parameters, model: model)
        #expect(bench.walk(steps(-0.5, -0.1, 9).map { ($0, 0.1) }).isEmpty)
        // It moves from the second frame on; the delay runs from there to the last.
        let way = bench.walk(steps(0.3, 0.5, 4).map { ($0, 0.1) }, id: 2, from: 0.4)
        #expect(way.values("IsMotion") == ["true"])
        #expect(bench.walk([(0.5, 0.1)], id: 2, from: 1.6).isEmpty)
        #expect(bench.walk([(0.5, 0.1)], id: 2, from: 1.84).values("IsMotion") == ["false"])
    }
}
