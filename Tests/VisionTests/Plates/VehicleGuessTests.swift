import Testing
import Vision

struct VehicleGuessTests {
    @Test(arguments: [
        (3.2, 1.5, "car"), (4.3, 2.05, "van"), (9.8, 3.1, "bus"), (1.2, 1.8, "bicycle"),
    ])
    func aBoxOfAKindsSizeIsOfThatKind(_ width: Double, _ height: Double, _ kind: String) throws {
        let guess = try #require(VehicleGuess(width: width, height: height))
        #expect(guess.kind.rawValue == kind)
        #expect(guess.confidence > 0.6)
    }

    @Test func aFrontAsHighAsABusOrATruckIsNotSure() throws {
        let guess = try #require(VehicleGuess(width: 2.6, height: 3.2))
        #expect(guess.kind == .bus || guess.kind == .truck)
        #expect(guess.confidence < 0.75)
    }

    @Test(arguments: [(0.0, 1.5), (0.5, 0.4), (30, 12)])
    func whatIsOfNoKindsSizeIsNotGuessed(_ width: Double, _ height: Double) {
        #expect(VehicleGuess(width: width, height: height) == nil)
    }
}
