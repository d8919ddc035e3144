package import Foundation

/// Subscriptions, their queues, and the properties whose state they are told.
///
/// Nothing in here waits or ticks: the owner calls `expire(now:)` at `nextDeadline`, fetches what is to be sent with
/// `takePushes()` after every change, and answers a held PullMessages when `hasMessages` says so.
///
/// Source: ONVIF Core 26.06 §9 Event handling.
package struct EventState: Sendable {
    /// Life of a subscription whose client asked for no time, seconds.
    package static let defaultLifetime: TimeInterval = 60
    /// The longest life of a subscription, seconds.
    package static let maximumLifetime: TimeInterval = 86_400
    /// What a refusal proposes as the shortest life, seconds: long enough for the client's next try to arrive.
    package static let proposedLifetime: TimeInterval = 10
    /// The longest that PullMessages waits, seconds; ONVIF asks for 60 at least (Core 26.06 §9.1.2).
    package static let maximumPullTimeout: TimeInterval = 120
    /// The most messages in one answer or Notify.
    package static let messageLimit = 100

    /// What the device announces; anything else is not told to anyone.
    package let topics: [EventTopic]
    package let limits: EventModel
    package private(set) var subscriptions: [EventSubscription] = []
    /// The latest message of each living property.
    package private(set) var properties: [Event] = []
    private let tokenPrefix: String
    private var tokenCount = 0

    /// - Parameters:
    ///   - model: tells the topics and the limits.
    ///   - now: the boot time, which makes tokens unique.
    package init(model: DeviceModel, now: Date) {
        topics = EventTopic.announced(by: model)
        limits = model.events
        // Tokens of before a reboot must not name another client's subscription after it.
        tokenPrefix = String(Int64(now.timeIntervalSince1970), radix: 36)
    }

    /// Queues the event for every subscription whose filter lets it through.
    ///
    /// Events of topics that this model does not announce are ignored.
    package mutating func publish(_ event: Event) {
        guard topics.contains(where: { $0.path == event.topic }) else { return }
        for index in subscriptions.indices { subscriptions[index].enqueue(event) }
    }

    // MARK: Subscriptions

    /// The path of a subscription's own address.
    package static func path(of token: String) -> String {
        pathPrefix + token
    }

    /// The token in the path of a subscription's address.
    package static func token(ofPath path: String) -> String? {
        path.hasPrefix(pathPrefix) ? String(path.dropFirst(pathPrefix.count)) : nil
    }

    private static let pathPrefix = "/onvif/subscription/"

    /// Adds a subscription and queues the present value of each property for it.
    ///
    /// - Throws: `SubscribeCreationFailedFault` when there are as many as the model allows.
    package mutating func subscribe(
        _ delivery: EventSubscription.Delivery, filter: EventFilter, changedOnly: Bool = false, origin: String,
        until terminationTime: Date, now: Date
    ) throws(Fault) -> EventSubscription {
        expire(now: now)
        let isPull = delivery == .pull
        let limit = isPull ? limits.maximumPullPoints : limits.maximumNotificationProducers
        guard subscriptions.count(where: { ($0.delivery == .pull) == isPull }) < limit else {
            throw .notification(
                .subscribeCreationFailed,
                reason: "all \(limit) \(isPull ? "pull points" : "notification producers") are in use; end one first",
                at: now)
        }
        tokenCount += 1
        var subscription = EventSubscription(
            token: "\(tokenPrefix)-\(tokenCount)", delivery: delivery, filter: filter, changedOnly: changedOnly,
            origin: origin, terminationTime: terminationTime)
        initialize(&subscription, now: now)
        subscriptions.append(subscription)
        return subscription
    }

    /// Changes the living subscription that the path of a request names.
    ///
    /// - Throws: `ResourceUnknownFault` where there is none (any more), and what `change` throws.
    package mutating func withSubscription<Result>(
        atPath path: String, now: Date, _ change: (inout EventSubscription) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        let token = Self.token(ofPath: path)
        guard let index = subscriptions.firstIndex(where: { $0.token == token && $0.terminationTime > now }) else {
            throw .notification(.resourceUnknown, reason: "there is no subscription at \(path)", at: now)
        }
        return try change(&subscriptions[index])
    }

    /// - Throws: `ResourceUnknownFault`.
    package mutating func unsubscribe(atPath path: String, now: Date) throws(Fault) {
        let token = try withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in subscription.token }
        remove(token)
    }

    /// Queues every property anew as Initialized.
    ///
    /// - Throws: `ResourceUnknownFault`.
    package mutating func synchronize(atPath path: String, now: Date) throws(Fault) {
        let properties = properties
        try withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in
            for property in properties { subscription.enqueue(property.initialized(at: now)) }
        }
    }

    /// Whether a held PullMessages of that subscription has something to answer, be it that the subscription is gone.
    package func hasMessages(_ token: String) -> Bool {
        guard let subscription = subscriptions.first(where: { $0.token == token }) else { return true }
        return !subscription.queue.isEmpty
    }

    /// Ends the subscriptions whose time has come.
    package mutating func expire(now: Date) {
        subscriptions.removeAll { $0.terminationTime <= now }
    }

    /// When `expire(now:)` has something to do next.
    package var nextDeadline: Date? {
        subscriptions.lazy.map(\.terminationTime).min()
    }

    /// Keeps the remaining life of every subscription when the device's clock is set.
    package mutating func clockMoved(by seconds: TimeInterval) {
        for index in subscriptions.indices { subscriptions[index].terminationTime += seconds }
    }

    private func initialize(_ subscription: inout EventSubscription, now: Date) {
        for property in properties { subscription.enqueue(property.initialized(at: now)) }
    }

    private mutating func remove(_ token: String) {
        subscriptions.removeAll { $0.token == token }
    }

    // MARK: Notify

    /// Removes and returns what consumers are to be sent, one Notify of at most `messageLimit` messages for each.
    ///
    /// The caller tells the outcome by `delivered` or `deliveryFailed`; what could not be delivered is not sent again.
    package mutating func takePushes() -> [EventPush] {
        var pushes: [EventPush] = []
        for index in subscriptions.indices {
            guard case .push(let consumer) = subscriptions[index].delivery, !subscriptions[index].queue.isEmpty else {
                continue
            }
            let events = subscriptions[index].dequeue(Self.messageLimit)
            pushes.append(EventPush(subscription: subscriptions[index], consumer: consumer, events: events))
        }
        return pushes
    }

    package mutating func delivered(_ token: String) {
        guard let index = subscriptions.firstIndex(where: { $0.token == token }) else { return }
        subscriptions[index].failures = 0
    }

    /// Counts a failed delivery and ends the subscription at the `failureLimit`th in a row.
    package mutating func deliveryFailed(_ token: String) {
        guard let index = subscriptions.firstIndex(where: { $0.token == token }) else { return }
        subscriptions[index].failures += 1
        if subscriptions[index].failures >= EventSubscription.failureLimit { remove(token) }
    }

    // MARK: Properties

    /// Takes what the properties say now: new ones are told as Initialized, other values as Changed, missing ones as
    /// Deleted; the same again tells nothing.
    package mutating func tell(_ current: [Event], at time: Date) {
        guard !current.elementsEqual(properties, by: { $0.isSameProperty(as: $1) && $0.data == $1.data }) else {
            return
        }
        var changes: [Event] = []
        for property in properties where !current.contains(where: property.isSameProperty) {
            changes.append(property.with(.deleted, at: time))
        }
        for property in current {
            let known = properties.first(where: property.isSameProperty)
            guard known?.data != property.data else { continue }
            changes.append(property.with(known == nil ? .initialized : .changed, at: time))
        }
        properties = current
        for change in changes { publish(change) }
    }
}

extension Event {
    /// Topic and source identify a property (ONVIF Core 26.06 §9.4.2).
    fileprivate func isSameProperty(as other: Event) -> Bool {
        topic == other.topic && source == other.source
    }

    fileprivate func initialized(at time: Date) -> Event { with(.initialized, at: time) }

    fileprivate func with(_ operation: Operation, at time: Date) -> Event {
        var event = self
        event.operation = operation
        event.time = time
        return event
    }
}
