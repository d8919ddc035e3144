package import Foundation
import HashTreeCollections
import HeapModule

/// Subscriptions, their queues, and the properties whose state they are told.
///
/// Nothing in here waits or ticks: the owner calls `expire(now:)` at `nextDeadline`, and after every change takes what is to
/// be sent (`takePushes`) and who is to be answered (`takeNews`). Whatever happens costs as much as those whom it concerns:
/// an event visits the subscriptions to its topic, a request its own subscription. Copies share what did not change.
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
    /// The events of the past, where the model keeps them.
    package private(set) var storage: EventStorage?
    /// When the values of a followed property change by the clock alone, as it was foreseen when they were last read.
    package internal(set) var nextPropertyChange: Date?
    private let indexOfTopic: [String: Int]
    private let tokenPrefix: String
    private var lastNumber = 0
    /// By number, which is the last part of the token.
    private var table: TreeDictionary<Int, EventSubscription> = [:]
    private var pullPointCount = 0
    private var producerCount = 0
    /// An entry for each subscription, at its termination time or earlier; entries that no subscription is armed for are
    /// left over from before a change.
    private var deadlines = Heap<Deadline>()
    /// The subscriptions to each topic, by its index.
    private var listeners: [TreeSet<Int>]
    /// What was told last of each property that somebody follows, by the topic's index; nil where nobody does.
    private var told: [[EventTopic.Value]?]
    /// Subscriptions that got a message while they had none, or ended, since this was taken last.
    private var news: [Int] = []

    private struct Deadline: Comparable {
        var time: Date
        var number: Int

        static func < (left: Deadline, right: Deadline) -> Bool { left.time < right.time }
    }

    /// - Parameters:
    ///   - model: tells the topics and the limits.
    ///   - now: the boot time, which makes tokens unique.
    ///   - storage: the events from before a restart.
    package init(model: DeviceModel, now: Date, storage: EventStorage? = nil) {
        topics = EventTopic.announced(by: model)
        limits = model.events
        if model.events.storage > 0 {
            self.storage = storage ?? EventStorage(capacity: model.events.storage, since: now)
        }
        indexOfTopic = Dictionary(topics.enumerated().map { ($1.path, $0) }) { first, _ in first }
        listeners = topics.map { _ in [] }
        told = topics.map { _ in nil }
        // Tokens of before a reboot must not name another client's subscription after it.
        tokenPrefix = String(Int64(now.timeIntervalSince1970), radix: 36)
    }

    /// Whether anybody, or the storage, is told what happens.
    package var isListening: Bool { storage != nil || !table.isEmpty }

    /// Queues the event for every subscription whose filter lets it through.
    ///
    /// Events of topics that this model does not announce are ignored.
    package mutating func publish(_ event: Event) {
        guard let index = indexOfTopic[event.topic] else { return }
        storage?.append(event)
        for number in listeners[index] where table[number]?.enqueue(event) == true { news.append(number) }
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

    /// All subscriptions, the oldest first; sorted at each call.
    package var subscriptions: [EventSubscription] {
        table.sorted { $0.key < $1.key }.map(\.value)
    }

    package var subscriptionCount: Int { table.count }

    package func subscription(_ token: String) -> EventSubscription? {
        number(of: token).flatMap { table[$0] }
    }

    private func number(of token: String) -> Int? {
        guard let number = token.split(separator: "-").last.flatMap({ Int($0) }), table[number]?.token == token else {
            return nil
        }
        return number
    }

    /// Adds a subscription and queues the present value of each property for it.
    ///
    /// - Throws: `SubscribeCreationFailedFault` when there are as many as the model allows.
    mutating func subscribe(
        _ delivery: EventSubscription.Delivery, filter: EventFilter, changedOnly: Bool, origin: String,
        until terminationTime: Date, now: Date, values: (EventTopic) -> [EventTopic.Value]
    ) throws(Fault) -> EventSubscription {
        expire(now: now)
        try count(delivery, now: now)
        lastNumber += 1
        var subscription = EventSubscription(
            number: lastNumber, token: "\(tokenPrefix)-\(lastNumber)", delivery: delivery, filter: filter,
            topics: topics.indices.filter { filter.matches(topic: topics[$0].path) }, changedOnly: changedOnly,
            origin: origin, terminationTime: terminationTime)
        for index in subscription.topics {
            listeners[index].insert(lastNumber)
            guard topics[index].isProperty else { continue }
            if told[index] == nil { told[index] = values(topics[index]) }
        }
        synchronize(&subscription, now: now)
        table[lastNumber] = subscription
        if !delivery.isOwn { deadlines.insert(Deadline(time: terminationTime, number: lastNumber)) }
        if subscription.hasMessages { news.append(lastNumber) }
        return subscription
    }

    /// Counts one more of its kind.
    ///
    /// - Throws: `SubscribeCreationFailedFault` when there are as many as the model allows.
    private mutating func count(_ delivery: EventSubscription.Delivery, now: Date) throws(Fault) {
        func refusal(_ limit: Int, _ what: String) -> Fault {
            .notification(
                .subscribeCreationFailed, reason: "all \(limit) \(what) are in use; end one first", at: now)
        }
        switch delivery {
        case .pull:
            guard pullPointCount < limits.maximumPullPoints else {
                throw refusal(limits.maximumPullPoints, "pull points")
            }
            pullPointCount += 1
        case .push:
            guard producerCount < limits.maximumNotificationProducers else {
                throw refusal(limits.maximumNotificationProducers, "notification producers")
            }
            producerCount += 1
        case .stream, .broker: break
        }
    }

    /// Changes the living subscription that the path of a request names.
    ///
    /// - Throws: `ResourceUnknownFault` where there is none (any more), and what `change` throws.
    package mutating func withSubscription<Result>(
        atPath path: String, now: Date, _ change: (inout EventSubscription) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard let token = Self.token(ofPath: path), let number = number(of: token), var subscription = table[number],
            subscription.terminationTime > now
        else {
            throw .notification(.resourceUnknown, reason: "there is no subscription at \(path)", at: now)
        }
        let hadMessages = subscription.hasMessages
        let result = try change(&subscription)
        if subscription.terminationTime < subscription.deadline {
            subscription.deadline = subscription.terminationTime
            deadlines.insert(Deadline(time: subscription.deadline, number: number))
        }
        if !hadMessages, subscription.hasMessages { news.append(number) }
        table[number] = subscription
        return result
    }

    /// - Throws: `ResourceUnknownFault`.
    package mutating func unsubscribe(atPath path: String, now: Date) throws(Fault) {
        let number = try withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in subscription.number
        }
        remove(number)
    }

    /// Queues every property anew as Initialized; a subscription that was moved into the past is told none.
    ///
    /// - Throws: `ResourceUnknownFault`.
    package mutating func synchronize(atPath path: String, now: Date) throws(Fault) {
        let state = self
        try withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in
            if !subscription.hasSought { state.synchronize(&subscription, now: now) }
        }
    }

    private func synchronize(_ subscription: inout EventSubscription, now: Date) {
        for index in subscription.topics {
            for value in told[index] ?? [] {
                subscription.enqueue(Event(value, of: topics[index], .initialized, at: now))
            }
        }
    }

    /// Has a pull point read the storage from a time on, or backwards from it.
    ///
    /// - Throws: `ResourceUnknownFault`; `ActionNotSupported` for a subscription whose messages are sent.
    package mutating func seek(atPath path: String, to time: Date, reverse: Bool, now: Date) throws(Fault) {
        let storage = storage
        try withSubscription(atPath: path, now: now) { (subscription) throws(Fault) in
            guard subscription.delivery == .pull else {
                throw .receiver(
                    "ActionNotSupported", reason: "the messages of this subscription are sent; none are pulled")
            }
            let past = storage?.read(from: time, reverse: reverse) ?? []
            subscription.seek(to: time, reverse: reverse, past: past)
        }
    }

    /// Whether a held PullMessages of that subscription has something to answer, be it that the subscription is gone.
    package func hasMessages(_ token: String) -> Bool {
        subscription(token)?.hasMessages ?? true
    }

    /// Ends the subscriptions whose time has come.
    package mutating func expire(now: Date) {
        while let first = deadlines.min, first.time <= now {
            deadlines.removeMin()
            guard let subscription = table[first.number], subscription.deadline == first.time else { continue }
            if subscription.terminationTime <= now {
                remove(first.number)
            } else {
                table[first.number]?.deadline = subscription.terminationTime
                deadlines.insert(Deadline(time: subscription.terminationTime, number: first.number))
            }
        }
    }

    /// When `expire(now:)` has something to do next: no subscription ends earlier.
    package var nextDeadline: Date? { deadlines.min?.time }

    /// Keeps the remaining life of every subscription when the device's clock is set.
    package mutating func clockMoved(by seconds: TimeInterval) {
        deadlines = Heap()
        for number in Array(table.keys) {
            guard var subscription = table[number], !subscription.delivery.isOwn else { continue }
            subscription.terminationTime += seconds
            subscription.deadline = subscription.terminationTime
            table[number] = subscription
            deadlines.insert(Deadline(time: subscription.deadline, number: number))
        }
    }

    private mutating func remove(_ number: Int) {
        guard let subscription = table.removeValue(forKey: number) else { return }
        switch subscription.delivery {
        case .pull: pullPointCount -= 1
        case .push: producerCount -= 1
        case .stream, .broker: break
        }
        for index in subscription.topics {
            listeners[index].remove(number)
            if !isFollowed(index) { told[index] = nil }
        }
        if table.isEmpty { deadlines = Heap() }
        news.append(number)
        ended[number] = subscription.token
    }

    /// The tokens of subscriptions that are gone but whose end is still news.
    private var ended: [Int: String] = [:]

    // MARK: Delivery

    /// Removes and returns what consumers are to be sent, at most `messageLimit` messages in a Notify.
    ///
    /// The caller tells the outcome by `delivered` or `deliveryFailed`; what could not be delivered is not sent again.
    package mutating func takePushes() -> [EventPush] {
        var pushes: [EventPush] = []
        for number in news {
            guard var subscription = table[number], case .push(let consumer) = subscription.delivery else { continue }
            while subscription.hasMessages {
                let events = subscription.dequeue(Self.messageLimit)
                pushes.append(EventPush(subscription: subscription, consumer: consumer, events: events))
            }
            table[number] = subscription
        }
        return pushes
    }

    /// Removes and returns what waits for a broker.
    mutating func takeEvents(ofBroker token: String) -> [Event] {
        guard let number = number(of: token), table[number]?.hasMessages == true else { return [] }
        return table[number]?.dequeue(.max) ?? []
    }

    /// The tokens of the subscriptions that got messages, or ended, since this was called last.
    package mutating func takeNews() -> [String] {
        guard !news.isEmpty else { return [] }
        let tokens = news.compactMap { table[$0]?.token ?? ended[$0] }
        news = []
        ended = [:]
        return tokens
    }

    package mutating func delivered(_ token: String) {
        guard let number = number(of: token), table[number]?.failures != 0 else { return }
        table[number]?.failures = 0
    }

    /// Counts a failed delivery and ends the subscription at the `failureLimit`th in a row.
    package mutating func deliveryFailed(_ token: String) {
        guard let number = number(of: token) else { return }
        table[number]?.failures += 1
        if let failures = table[number]?.failures, failures >= EventSubscription.failureLimit { remove(number) }
    }

    // MARK: Properties

    /// Whether somebody is told of the topic with that index, or the storage keeps its events.
    package func isFollowed(_ index: Int) -> Bool { storage != nil || !listeners[index].isEmpty }

    /// The latest value of each property that somebody follows.
    package var properties: [Event] {
        topics.indices.flatMap { index in
            (told[index] ?? []).map { Event($0, of: topics[index], .changed, at: .distantPast) }
        }
    }

    /// Takes what a property says now: new instances are told as Initialized, other values as Changed, missing instances
    /// as Deleted; the same again tells nothing.
    ///
    /// - Parameters:
    ///   - current: the instances, each with a source of its own.
    ///   - index: the topic, by its place in `topics`.
    ///   - time: when it changed.
    package mutating func tell(_ current: [EventTopic.Value], ofTopicAt index: Int, at time: Date) {
        let known = told[index] ?? []
        guard told[index] == nil || known != current else { return }
        told[index] = current
        for value in known where !current.contains(where: { $0.source == value.source }) {
            publish(Event(value, of: topics[index], .deleted, at: time))
        }
        for value in current {
            let before = known.first { $0.source == value.source }
            guard before?.data != value.data else { continue }
            publish(Event(value, of: topics[index], before == nil ? .initialized : .changed, at: time))
        }
    }
}

extension Event {
    fileprivate init(_ value: EventTopic.Value, of topic: EventTopic, _ operation: Operation, at time: Date) {
        self.init(topic: topic.path, time: time, operation: operation, source: value.source, data: value.data)
    }
}
