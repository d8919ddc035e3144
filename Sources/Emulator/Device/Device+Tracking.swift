import Foundation
import ONVIF

/// A head that follows subjects of the world that it stands in.
extension Device {
    /// Where a device sees what it follows.
    struct Outlook: Sendable {
        var viewed: ViewedWorld
        var clock: StreamClock
    }

    /// Lets the device see a world; nil takes it away.
    func look(into viewed: ViewedWorld?, clock: StreamClock) {
        outlook = viewed.map { Outlook(viewed: $0, clock: clock) }
        update(changesDevice: false) { _, _ in }
    }

    /// Plans what a head that follows does next, where it is time to.
    func planTracking(_ next: inout DeviceState, now: Date) {
        guard let outlook, let due = next.nextTrackingPlan, due <= now else { return }
        next.planTracking(WorldPlaces(outlook.viewed, instant: outlook.clock.now, time: now), now: now)
    }

    /// When `planTracking` has something to do, by the device's clock.
    var trackingDue: Date? { outlook == nil ? nil : state.nextTrackingPlan }
}
