import Metadata
import Testing

/// A line up the middle of the picture: its left is the left half.
struct LineDetectorTests {
    private static let line = [(0.0, -0.8), (0.0, 0.8)]

    @Test(arguments: [("Any", 1, 1), ("Left", 0, 1), ("Right", 1, 0)])
    func crossingIsToldInTheDirectionsThatCount(_ direction: String, _ right: Int, _ left: Int) throws {
        var bench = try RuleBench("LineDetector", points: Self.line, [("Direction", direction)])
        #expect(bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0) }).count == right)
        #expect(bench.walk(steps(0.2, -0.2, 9).map { ($0, 0) }, from: 0.36).count == left)
    }

    @Test func theEventTellsWhoAndWhat() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        let contents = bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0) }, id: 7, type: "Vehicle")
        #expect(contents.values("ObjectId") == ["7"])
        #expect(contents.values("ClassTypes") == ["Vehicle"])
    }

    @Test func touchingWithoutCrossingIsNoCrossing() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk((steps(-0.2, 0, 5) + steps(-0.02, -0.2, 5)).map { ($0, 0) }).isEmpty)
        #expect(bench.walk((steps(-0.2, 0.005, 5) + steps(-0.02, -0.2, 5)).map { ($0, 0) }, from: 0.4).isEmpty)
    }

    @Test func jitterOnTheLineIsOneCrossingAtMost() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        let jitter: [Double] = (0..<50).map { $0 % 2 == 0 ? -0.009 : 0.009 }
        let way: [Double] = steps(-0.2, -0.02, 5) + jitter + steps(0.02, 0.2, 5)
        #expect(bench.walk(way.map { ($0, 0.0) }).count == 1)
    }

    @Test func whoAppearsOnTheLineHasNotCrossedIt() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk(steps(-0.005, 0.2, 9).map { ($0, 0) }).isEmpty)
    }

    @Test func passingBesideTheEndIsNoCrossing() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0.85) }).isEmpty)
        #expect(bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0.75) }, from: 3).count == 1)
    }

    @Test func aLineOfSegmentsIsCrossedOnceAtItsCorner() throws {
        var bench = try RuleBench("LineDetector", points: [(0, -0.5), (0.1, 0), (0, 0.5)])
        #expect(bench.walk(steps(-0.3, 0.3, 13).map { ($0, 0) }).count == 1)
    }

    @Test func aCrossingBehindSomethingIsOneWhileTheGapIsShort() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk([(-0.1, 0)]).isEmpty)
        #expect(bench.walk([(0.1, 0)], from: 1).count == 1)
        #expect(bench.walk([(-0.1, 0)], from: 2.1).isEmpty)
    }

    @Test func whatIsPutElsewhereHasNotGoneThere() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk([(-0.25, 0), (0.25, 0)]).isEmpty)
        #expect(bench.walk([(0.2, 0), (-0.2, 0)], from: 0.2).count == 1)
    }

    @Test func aRenamedObjectKeepsItsWay() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.walk(steps(-0.2, -0.05, 4).map { ($0, 0) }).isEmpty)
        let contents = bench.see(
            [RuleBench.Thing(id: 9, place: (0.05, 0))], at: 0.16, changes: [.rename(from: 1, to: 9)])
        #expect(contents.values("ObjectId") == ["9"])
    }

    @Test func partsAndTheWholeHaveOnePast() throws {
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(bench.see([RuleBench.Thing(id: 1, place: (-0.1, 0))], at: 0).isEmpty)
        let parts = [RuleBench.Thing(id: 2, place: (0.1, 0)), RuleBench.Thing(id: 3, place: (-0.1, 0))]
        #expect(
            bench.see(parts, at: 0.04, changes: [.split(from: 1, to: [2, 3])]).values("ObjectId") == ["2"])
        #expect(
            bench.see(
                [RuleBench.Thing(id: 3, place: (0.1, 0))], at: 0.08, changes: [.merge(from: [2, 3], to: 3)]
            ).values("ObjectId") == ["3"])
    }

    @Test func theClassFilterAndItsConfidenceKeepOthersOut() throws {
        let parameters = [("ClassFilter", "Human Bicycle"), ("ConfidenceLevel", "60")]
        var bench = try RuleBench("LineDetector", points: Self.line, parameters)
        let way = steps(-0.2, 0.2, 9).map { ($0, 0.0) }
        #expect(bench.walk(way, id: 1, type: "Vehicle").isEmpty)
        #expect(bench.walk(way, id: 2, from: 1, likelihood: 0.59).isEmpty)
        #expect(bench.walk(way, id: 3, from: 2, likelihood: 0.6).count == 1)
    }

    @Test func facesAndPlatesCrossOnlyWhereTheyAreAskedFor() throws {
        func face(_ x: Double) -> RuleBench.Thing {
            RuleBench.Thing(id: 1, place: (x, 0), type: "HumanFace") { $0.parent = 2 }
        }
        var bench = try RuleBench("LineDetector", points: Self.line)
        #expect(steps(-0.2, 0.2, 5).enumerated().allSatisfy { bench.see([face($1)], at: 0.04 * Double($0)).isEmpty })
        var asked = try RuleBench("LineDetector", points: Self.line, [("ClassFilter", "HumanFace")])
        #expect(steps(-0.2, 0.2, 5).enumerated().flatMap { asked.see([face($1)], at: 0.04 * Double($0)) }.count == 1)
    }

    @Test func aDisarmedRuleTellsNothing() throws {
        var bench = try RuleBench("LineDetector", points: Self.line, [("Armed", "false")])
        #expect(bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0) }).isEmpty)
    }
}
