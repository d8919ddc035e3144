import Testing

struct ThingTests {
    private static let field = [(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5)]
    private static let threshold = [("TimeThreshold", "PT2S")]

    private static func bag(_ x: Double = 0, likelihood: Double = 1) -> [RuleBench.Thing] {
        [RuleBench.Thing(id: 5, place: (x, 0), type: "Bag", likelihood: likelihood)]
    }

    @Test func whatIsPutDownAndStaysIsToldOnce() throws {
        var bench = try RuleBench("ObjectAbandoned", points: Self.field, Self.threshold)
        #expect(bench.see([], at: 0).isEmpty)
        #expect(bench.see(Self.bag(), at: 1).isEmpty)
        #expect(bench.see(Self.bag(0.01), at: 2.96).isEmpty)
        #expect(bench.see(Self.bag(), at: 3).values("ObjectId") == ["5"])
        #expect(bench.see(Self.bag(), at: 4).isEmpty)
    }

    @Test func whatIsCarriedOrWasAlwaysThereIsNotAbandoned() throws {
        var carried = try RuleBench("ObjectAbandoned", points: Self.field, Self.threshold)
        #expect(carried.see([], at: 0).isEmpty)
        for step in 1...100 { #expect(carried.see(Self.bag(0.03 * Double(step % 10)), at: 0.1 * Double(step)).isEmpty) }
        var scene = try RuleBench("ObjectAbandoned", points: Self.field, Self.threshold)
        for second in 0...5 { #expect(scene.see(Self.bag(), at: Double(second)).isEmpty) }
        var person = try RuleBench("ObjectAbandoned", points: Self.field, Self.threshold)
        #expect(person.see([], at: 0).isEmpty)
        for second in 1...5 {
            #expect(person.see([RuleBench.Thing(id: 1, place: (0, 0))], at: Double(second)).isEmpty)
        }
    }

    @Test(arguments: [("40", 0), ("60", 1)])
    func sensitivityIsHowLittleSureOneMayBe(_ sensitivity: String, _ count: Int) throws {
        var bench = try RuleBench(
            "ObjectAbandoned", points: Self.field, Self.threshold + [("Sensitivity", sensitivity)])
        _ = bench.see([], at: 0)
        let contents = (1...4).flatMap { bench.see(Self.bag(likelihood: 0.5), at: Double($0)) }
        #expect(contents.count == count)
    }

    @Test func whatIsGoneFromItsPlaceIsRemoved() throws {
        var bench = try RuleBench("ObjectRemoved", points: Self.field, Self.threshold)
        for tenth in 0...20 { #expect(bench.see(Self.bag(), at: 0.1 * Double(tenth)).isEmpty) }
        #expect(bench.see([], at: 3.9).isEmpty)
        #expect(bench.see([], at: 4).values("ObjectId") == ["5"])
        #expect(bench.see([], at: 9).isEmpty)
    }

    @Test func whatIsHiddenForAWhileOrLiesElsewhereIsNotRemoved() throws {
        var bench = try RuleBench("ObjectRemoved", points: Self.field, Self.threshold)
        for tenth in 0...20 { _ = bench.see(Self.bag(), at: 0.1 * Double(tenth)) }
        #expect(bench.see([], at: 3).isEmpty)
        #expect(bench.see(Self.bag(), at: 3.1).isEmpty)
        #expect(bench.see([], at: 4.5).isEmpty)
        var outside = try RuleBench("ObjectRemoved", points: Self.field, Self.threshold)
        for tenth in 0...20 { _ = outside.see(Self.bag(0.8), at: 0.1 * Double(tenth)) }
        #expect(outside.see([], at: 9).isEmpty)
    }

    @Test func whatIsCarriedAwayIsRemovedTwoSecondsAfterItLeft() throws {
        var bench = try RuleBench("ObjectRemoved", points: Self.field, Self.threshold)
        for tenth in 0...20 { _ = bench.see(Self.bag(), at: 0.1 * Double(tenth)) }
        var told: [Double] = []
        for tenth in 21...60 where !bench.see(Self.bag(0.03 * Double(tenth - 20)), at: 0.1 * Double(tenth)).isEmpty {
            told.append(0.1 * Double(tenth))
        }
        #expect(told.count == 1 && abs(told[0] - 4.1) < 0.15)
    }
}
