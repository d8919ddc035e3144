import Testing
import Vision

struct PlateModelTests {
    @Test func theConstantsAreThoseThatTheTrainerMade() {
        #expect(PlateModel.standard.checksum == PlateModel.standardChecksum)
        #expect(PlateModel.standard.bytes.count < 75_000)
    }

    @Test func aModelComesBackFromItsBytes() {
        let map = PlateModel.Map(rows: 2, columns: 3, weights: [127, -64, 0, 0.5, 0.25, -0.5], bias: [1, -2])
        let model = PlateModel(scan: map, steps: [map, map], judge: map, hidden: map, signs: map, honesty: map)
        let back = PlateModel(bytes: model.bytes)
        #expect(back.steps.count == 2)
        #expect(back.scan.rows == 2 && back.scan.columns == 3 && back.scan.bias == [1, -2])
        // A byte a weight: to 1/254 of the row's largest.
        for (a, b) in zip(back.judge.weights, map.weights) { #expect(abs(a - b) <= 0.5) }
    }
}
