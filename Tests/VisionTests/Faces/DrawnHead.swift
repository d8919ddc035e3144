import Vision
import Worlds

/// Heads for tests, without noise or coding.
enum DrawnHead {
    /// The head of `Appearance(seed:)`, seen at a size (pixels) and turned by some degrees, without hat and mask.
    static func shot(_ seed: UInt64, height: Double, yaw: Double = 0, pitch: Double = 0, light: UInt64 = 1) -> HeadShot
    {
        var wish = HeadStudio.Wish(headHeight: height)
        wish.yaw = yaw
        wish.pitch = pitch
        wish.seed = light
        wish.lightSeed = light
        wish.hasEvenLight = true
        let shot = HeadStudio(Appearance(seed: seed), seed: 5).shoot(wish)
        precondition(shot != nil, "no head was drawn")
        return shot ?? DrawnHead.shot(seed, height: height)
    }

    static func pose(_ shot: HeadShot) -> FacePose {
        let degree = Float.pi / 180
        return FacePose(
            center: shot.center, half: shot.halfHeight, roll: shot.roll * degree, yaw: shot.yaw * degree,
            pitch: shot.pitch * degree)
    }

    /// The whole person's box.
    static func person(_ shot: HeadShot) -> VisionBox {
        let height = Double(shot.halfHeight) / 0.078
        return VisionBox(
            x: Double(shot.center.x) - 0.15 * height, y: Double(shot.center.y) - 0.086 * height, width: 0.3 * height,
            height: height)
    }
}
