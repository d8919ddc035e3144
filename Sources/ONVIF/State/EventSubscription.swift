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
        /// The device's own metadata stream fetches; no client can address it.
        case stream
        /// The device publishes to the event broker with that address; no client can address it either.
        case broker(String)

        /// Nobody's but the device's: it neither ends by the clock nor counts for a limit.
        var isOwn: Bool {
            switch self {
            case .stream, .broker: true
            case .pull, .push: false
            }
        }
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

    /// Unique in the life of the device; the last part of the token.
    let number: Int
    package let token: String
    package let delivery: Delivery
    package let filter: EventFilter
    /// The announced topics that the filter lets through, by their indices.
    let topics: [Int]
    /// Leaves out Initialized and Deleted (`tev:ChangedOnly`).
    package let changedOnly: Bool
    /// Scheme and authority by which the client reached us: the root of our addresses in messages.
    package let origin: String
    package var terminationTime: Date
    /// When the state looks whether the subscription ends; the termination time or earlier.
    var deadline: Date
    package private(set) var queue: [Event] = []
    /// What a Seek found in the storage; told before the queue.
    private var past: ArraySlice<Event> = []
    /// A Seek was asked for, after which properties are not initialized any more.
    private(set) var hasSought = false
    /// The client reads backwards, so that nothing new is told.
    private var isReversed = false
    /// A Seek into the future leaves out what happens before.
    private var start: Date?
    /// Messages that the bound of the queue cost.
    package private(set) var dropped = 0
    package internal(set) var failures = 0

    init(
        number: Int, token: String, delivery: Delivery, filter: EventFilter, topics: [Int], changedOnly: Bool,
        origin: String, terminationTime: Date
    ) {
        self.number = number
        self.token = token
        self.delivery = delivery
        self.filter = filter
        self.topics = topics
        self.changedOnly = changedOnly
        self.origin = origin
        self.terminationTime = terminationTime
        deadline = terminationTime
    }

    /// Where the subscription is managed and pulled from.
    package var address: String { origin + EventState.path(of: token) }

    package var hasMessages: Bool { !past.isEmpty || !queue.isEmpty }

    /// Takes an event of one of the topics, unless the rest of the filter keeps it out.
    ///
    /// - Returns: whether this is the first message that waits.
    @discardableResult
    mutating func enqueue(_ event: Event) -> Bool {
        guard !isReversed, lets(event) else { return false }
        if let start, event.time < start { return false }
        let isFirst = !hasMessages
        if queue.count >= Self.queueLimit {
            queue.removeFirst(queue.count - Self.queueLimit + 1)
            dropped += 1
        }
        queue.append(event)
        return isFirst
    }

    private func lets(_ event: Event) -> Bool {
        if changedOnly, event.operation == .initialized || event.operation == .deleted { return false }
        return filter.items.allSatisfy { $0.matches(event) }
    }

    /// Forgets what waits and tells the past instead.
    ///
    /// Source: ONVIF Core 26.06 §9.1.5 Seek.
    mutating func seek(to time: Date, reverse: Bool, past: [Event]) {
        hasSought = true
        isReversed = reverse
        start = reverse ? nil : time
        queue = []
        self.past = past.filter { filter.matches($0) && lets($0) }[...]
    }

    /// Removes and returns the oldest messages.
    mutating func dequeue(_ limit: Int) -> [Event] {
        var events = Array(past.prefix(limit))
        past = past.dropFirst(events.count)
        if past.isEmpty { past = [] }
        let rest = queue.prefix(limit - events.count)
        events += rest
        queue.removeFirst(rest.count)
        return events
    }
}
