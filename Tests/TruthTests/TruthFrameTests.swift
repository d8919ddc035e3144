import Foundation
import Testing

@testable import Truth

@Suite struct TruthFrameTests {
    @Test func aFrameSurvivesJSON() throws {
        let frame = TruthFrame(
            index: 3, time: 0.12, pose: TruthPose(pan: 10, tilt: -5, roll: 0, fieldOfView: 60), objects: [])
        let data = try JSONEncoder().encode(frame)
        #expect(try JSONDecoder().decode(TruthFrame.self, from: data) == frame)
    }
}
