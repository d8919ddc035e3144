/// Everything that moves, at one moment.
package struct WorldMoment: Hashable, Sendable {
    /// Seconds of the scene.
    package var time: Double
    package var figures: [Figure]
    package var vehicles: [MovingVehicle]
    package var things: [StandingThing]
}

/// A subject at one moment.
package struct Figure: Hashable, Sendable {
    package enum Expression: String, Hashable, Sendable, CaseIterable { case neutral, smile, talk, surprise }

    /// Its place in `Scene.subjects`.
    package var subject: Int
    package var at: GroundPoint
    /// Degrees from north to east.
    package var heading: Double
    /// Metres a second; 0 stands.
    package var speed: Double
    /// Walking cycles (two steps each) since it began; follows the way gone, so that feet do not slide.
    package var gait: Double
    /// The head against the body: degrees to the subject's left, and up.
    package var headYaw: Double
    package var headPitch: Double
    package var expression: Expression
    package var isBlinking: Bool
    /// It holds the bag that its appearance names or the thing that it is to drop.
    package var carries: Thing.Kind?
}

package struct MovingVehicle: Hashable, Sendable {
    /// Its place in `Scene.vehicles`.
    package var vehicle: Int
    package var at: GroundPoint
    package var heading: Double
    package var speed: Double
    /// Turns of the wheels, degrees.
    package var wheel: Double
    package var isBraking: Bool
}

package struct StandingThing: Hashable, Sendable {
    /// Its place in `Scene.things`.
    package var thing: Int
    package var at: GroundPoint
    package var heading: Double
}
