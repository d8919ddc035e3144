import Scoring
import Testing

struct QuantileTests {
    @Test(arguments: [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0), (0.25, 1.75)])
    func itLiesBetweenNeighbours(_ part: Double, _ value: Double) { #expect(Quantile.of([1, 2, 3, 4], part) == value) }

    @Test func nothingHasNone() { #expect(Quantile.of([], 0.5) == nil) }
}
