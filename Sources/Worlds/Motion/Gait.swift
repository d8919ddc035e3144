/// How people and vehicles move.
package enum Gait {
    /// Metres of a walking cycle (two steps) at a speed, metres a second.
    ///
    /// Step length grows with the root of the speed, 0.413 of the height at 1.35 m/s: about what adults walk.
    package static func cycle(height: Double, speed: Double) -> Double {
        2 * height * min(max(0.413 * (speed / 1.35).squareRoot(), 0.2), 0.7)
    }
}
