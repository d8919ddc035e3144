package import Foundation
package import XML

/// One subscription: who is told, what it lets through, what waits for it, and until when it lives.
///
/// Source: ONVIF Core 26.06 §9.1.6 Pull point lifecycle; WS-BaseNotification 1.3 §4.2, §6.
package struct EventSubscription: Sendable {
    package enum Delivery: Equatable, Sendable {
        /// The client fetches by PullMessages.
        case pull
        /// We send Notify.
        case push(Consumer)
    }

    /// The `wsnt:ConsumerReference`.
    package struct Consumer: Equatable, Sendable {
        package var address: String
        /// Reference parameters, which come back as header blocks (WS-Addressing 1.0 SOAP binding §3).
        package var parameters: [XMLElement]

        package init(address: String, parameters: [XMLElement] = []) {
            self.address = address
            self.parameters = parameters
        }
    }

    /// The most messages that wait; where one more comes, the oldest is dropped.
    package static let queueLimit = 256
    /// Failed deliveries in a row after which a consumer is given up.
    package static let failureLimit = 3

    package let token: String
    package let delivery: Delivery
    package let filter: EventFilter
    /// Leaves out Initialized and Deleted (`tev:ChangedOnly`).
    package let changedOnly: Bool
    /// Scheme and authority by which the client reached us: the root of our addresses in messages.
    package let origin: String
    package var terminationTime: Date
    package internal(set) var queue: [Event] = []
    /// Messages that the bound of the queue cost.
    package internal(set) var dropped = 0
    package internal(set) var failures = 0

    package init(
        token: String, delivery: Delivery, filter: EventFilter = EventFilter(), changedOnly: Bool = false,
        origin: String, terminationTime: Date
    ) {
        self.token = token
        self.delivery = delivery
        self.filter = filter
        self.changedOnly = changedOnly
        self.origin = origin
        self.terminationTime = terminationTime
    }

    /// Where the subscription is managed and pulled from.
    package var address: String { origin + EventState.path(of: token) }

    mutating func enqueue(_ event: Event) {
        if changedOnly, event.operation == .initialized || event.operation == .deleted { return }
        guard filter.matches(event) else { return }
        if queue.count >= Self.queueLimit {
            queue.removeFirst(queue.count - Self.queueLimit + 1)
            dropped += 1
        }
        queue.append(event)
    }

    /// Removes and returns the oldest messages.
    mutating func dequeue(_ limit: Int) -> [Event] {
        let events = Array(queue.prefix(limit))
        queue.removeFirst(events.count)
        return events
    }
}
