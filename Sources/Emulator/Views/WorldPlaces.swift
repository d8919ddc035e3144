package import Foundation
package import ONVIF
import Worlds

/// The subjects of a world as a head sees them that stands in it.
package struct WorldPlaces: TrackedPlaces {
    /// Parts of a figure's height, from the ground: what a head aims at.
    static let aimedHeight = 0.7

    private let viewed: ViewedWorld
    /// The same moment by the stream clock and by the device's.
    private let (instant, time): (Int64, Date)

    /// - Parameters:
    ///   - viewed: the world, and where the head stands in it.
    ///   - instant: now, nanoseconds of the stream clock.
    ///   - time: now, by the device's clock.
    package init(_ viewed: ViewedWorld, instant: Int64, time: Date) {
        self.viewed = viewed
        self.instant = instant
        self.time = time
    }

    package func subjects(at time: Date) -> [TrackedSubject] {
        let ahead = (time.timeIntervalSince(self.time) * 1e9).rounded()
        let world = viewed.world
        let moment = world.moment(at: viewed.time(at: instant + Int64(ahead)))
        return moment.figures.map { figure in
            let subject = world.scene.subjects[figure.subject]
            let height = subject.appearance.height
            let aim = direction(to: figure.at.at(height: height * Self.aimedHeight))
            let extent = direction(to: figure.at.at(height: height)).tilt - direction(to: figure.at.at(height: 0)).tilt
            return TrackedSubject(object: subject.id, pan: aim.pan, tilt: aim.tilt, extent: extent)
        }
    }

    /// Degrees of the head's own.
    private func direction(to point: Vector3) -> (pan: Double, tilt: Double) {
        let offset = point - viewed.camera.position
        let level = (offset.x * offset.x + offset.z * offset.z).squareRoot()
        let azimuth = Trigonometry.arctangent(y: offset.x, x: offset.z)
        return (
            (azimuth - viewed.camera.pan).remainder(dividingBy: 360),
            Trigonometry.arctangent(y: offset.y, x: level) - viewed.camera.tilt
        )
    }
}
