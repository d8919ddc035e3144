package import Truth

/// A scene in motion: what is where at any moment, and what happens.
package struct World: Sendable {
    package let scene: Scene

    package init(_ scene: Scene) { self.scene = scene }

    /// Everything that moves at a moment, seconds of the scene; times beyond the duration begin again.
    package func moment(at time: Double) -> WorldMoment {
        WorldMoment(time: time, figures: [], vehicles: [], things: [])
    }

    /// What happens from beginning to end, in order of time.
    package var events: [TruthEvent] { [] }
}
