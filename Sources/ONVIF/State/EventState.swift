package import Foundation

/// Subscriptions, their queues, and the properties whose state they are told.
package struct EventState: Sendable {
    package init(model: DeviceModel, now: Date) {}

    /// Queues the event for every subscription whose filter lets it through.
    package mutating func publish(_ event: Event) {}
}
