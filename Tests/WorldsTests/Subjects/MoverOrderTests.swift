import Testing

@testable import Worlds

@Suite struct MoverOrderTests {
    private let bus = Footprint(at: GroundPoint(0, 10), heading: 90, length: 11, width: 2.5)

    private func person(_ x: Double, _ z: Double) -> Footprint {
        Footprint(at: GroundPoint(x, z), heading: 0, length: 0.5, width: 0.5)
    }

    @Test func whoStandsBeforeTheEndOfABusIsDrawnAfterIt() {
        // Farther from the lens than the middle of the bus, yet before it.
        let eye = GroundPoint(0, 0)
        let beside = person(5, 8.2)
        #expect(beside.center.distance(to: eye) > 9.6)
        #expect(bus.isBehind(beside, from: eye) == true)
        #expect(beside.isBehind(bus, from: eye) == false)
        let behind = person(-4.5, 11.8)
        #expect(bus.isBehind(behind, from: eye) == false)
        #expect(behind.isBehind(bus, from: eye) == true)
        // Also where the distances of the two people say the contrary.
        let order = MoverOrder.order([(beside, 12, false), (bus, 10, true), (behind, 9, false)], from: eye)
        #expect(order == [2, 1, 0])
    }

    @Test func withoutLongOnesDistanceDecides() {
        let order = MoverOrder.order(
            [(person(0, 2), 2, false), (person(0, 9), 9, false), (person(1, 5), 5, false)], from: GroundPoint(0, 0))
        #expect(order == [1, 2, 0])
    }

    @Test func whatOverlapsHasNoPlaneBetween() {
        #expect(bus.isBehind(person(0, 10), from: GroundPoint(0, 0)) == nil)
    }
}
