import Foundation
import Testing
import Truth

@Suite struct TruthSheetTests {
    @Test func aSheetIsReadAsItWasWritten() throws {
        let sheet = TruthSheet(
            generator: 1, scene: "plaza", tier: "easy", seed: .max, camera: "east", position: [1.5, 4, -3],
            pose: [10, -12.5, 0, 60], distortion: -0.05, width: 1280, height: 720, rate: 25, frames: 500, start: 2,
            scored: [5, 22], lines: [.init(name: "door", from: [0, 1], to: [2, 1])],
            zones: [
                .init(name: "a", corners: [[0, 0], [1, 0], [0.5, 2]], loitering: 8, counts: true),
                .init(name: "b \"c\"", corners: [[0, 0], [1, 0], [0.5, 2]], loitering: nil, counts: false),
            ])
        #expect(try JSONDecoder().decode(TruthSheet.self, from: Data(sheet.text.utf8)) == sheet)
        #expect(sheet.text.contains(#""utc": "2026-01-01T12:00:00.000Z""#))
    }
}
