package import Worlds

/// The world that a camera looks into, and from where.
package struct ViewedWorld: Sendable {
    package let world: World
    /// Its pan and tilt are the zero of the head's own, and its field of view is that of the head at its least zoom.
    package let camera: SceneCamera
    /// When the world began, nanoseconds of the stream clock.
    package let epoch: Int64

    package init(world: World, camera: SceneCamera, epoch: Int64) {
        self.world = world
        self.camera = camera
        self.epoch = epoch
    }

    /// The time in the world at an instant of the stream clock, seconds; at its end it begins again.
    package func time(at instant: Int64) -> Double {
        let length = Int64(world.scene.duration * 1e9)
        guard length > 0 else { return 0 }
        let passed = (instant - epoch) % length
        return Double(passed < 0 ? passed + length : passed) / 1e9
    }
}
