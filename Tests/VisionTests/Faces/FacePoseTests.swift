import Testing
import Worlds

@testable import Vision

struct FacePoseTests {
    /// The renderer's own eyes, which it projects without our formulas.
    @Test(arguments: [-40.0, -15, 0, 25, 40])
    func placesOnTheEllipsoidAreWhereTheRendererDrawsThem(_ yaw: Double) {
        let shot = DrawnHead.shot(1_300_005, height: 70, yaw: yaw, pitch: 6)
        let pose = DrawnHead.pose(shot)
        let width = pose.half
        for (seen, side) in [(shot.eyes.right, Float(1)), (shot.eyes.left, -1)] {
            // The eye's own place is unknown here; the nearest place of the chart has to be within a few hundredths.
            var best = Float.infinity
            for u in stride(from: Float(0.22), through: 0.4, by: 0.02) {
                for v in stride(from: Float(-0.06), through: 0.16, by: 0.02) {
                    let offset = pose.place(u * side, v) - seen
                    best = min(best, (offset * offset).sum().squareRoot() / width)
                }
            }
            #expect(best < 0.05)
        }
    }

    @Test func aCorrectionLeadsToTheOtherPose() {
        let start = FacePose(center: SIMD2(50, 60), half: 20, roll: 0.1)
        let end = FacePose(center: SIMD2(53, 55), half: 23, roll: -0.1, yaw: 0.4, pitch: -0.2)
        let reached = start.corrected(by: start.correction(to: end))
        #expect(abs(reached.center.x - 53) < 1e-3 && abs(reached.center.y - 55) < 1e-3)
        #expect(abs(reached.half - 23) < 1e-3 && abs(reached.roll + 0.1) < 1e-5)
        #expect(reached.yaw == 0.4 && reached.pitch == -0.2)
    }

    /// Radians and cosines of a table.
    private static let cosines: [(Double, Double)] = [
        (0, 1), (1.047_197_55, 0.5), (1.570_796_33, 0), (2, -0.416_146_84), (-3.141_592_65, -1), (7, 0.753_902_25),
    ]

    @Test(arguments: cosines)
    func theCosineIsThatOfTables(_ angle: Double, _ value: Double) {
        #expect(abs(Double(cosine(Float(angle))) - value) < 2e-5)
    }
}
