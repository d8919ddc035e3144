import Pictures
import Testing
import Worlds

struct HeadStudioTests {
    @Test(arguments: [(-30.0, 5.0), (0, 0), (42, -8)])
    func aHeadIsTurnedAndAsLargeAsWished(_ yaw: Double, _ pitch: Double) {
        let shot = DrawnHead.shot(1_300_001, height: 60, yaw: yaw, pitch: pitch)
        #expect(abs(Double(shot.yaw) - yaw) < 6)
        #expect(abs(Double(shot.pitch) - pitch) < 6)
        #expect(abs(shot.halfHeight - 30) < 1)
        #expect(shot.picture.width == 160)
    }

    @Test func theSameWishGivesTheSameBits() {
        #expect(DrawnHead.shot(1_300_002, height: 40).picture == DrawnHead.shot(1_300_002, height: 40).picture)
        #expect(DrawnHead.shot(1_300_002, height: 40).picture != DrawnHead.shot(1_300_003, height: 40).picture)
    }

    @Test func theSubjectsRightEyeIsLeftInAFrontalPicture() {
        let shot = DrawnHead.shot(1_300_004, height: 60)
        #expect(shot.eyes.right.x < shot.center.x)
        #expect(shot.eyes.left.x > shot.center.x)
    }
}
