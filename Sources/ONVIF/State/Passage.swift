package import Foundation

/// The passage of time: what happens by the clock alone, and the properties that are told because the state changed.
///
/// While nobody listens nothing has to happen: what a property says is a function of state and time.
extension DeviceState {
    /// Brings subscriptions, presets and properties up to date, and tells the listeners what changed.
    package mutating func advance(to now: Date) {
        events.expire(now: now)
        settlePreset(now: now)
        tellReceivers(at: now)
        tellProperties(at: now)
    }

    /// As `advance`, but only where the clock alone can have changed something.
    package mutating func catchUp(with now: Date) {
        if let due = nextChange(after: now), due <= now { advance(to: now) }
    }

    /// When `advance` has something to do next; nil while nobody listens.
    package func nextChange(after now: Date) -> Date? {
        guard events.isListening else { return nil }
        return [events.nextDeadline, ptz?.presetArrival, events.nextPropertyChange, receivers?.nextChange(after: now)]
            .compactMap { $0 }.min()
    }

    /// Compares the properties that somebody follows with what was told last; the difference goes to the listeners.
    package mutating func tellProperties(at now: Date) {
        guard events.isListening else { return }
        for (index, topic) in events.topics.enumerated() {
            guard let values = topic.values, events.isFollowed(index) else { continue }
            events.tell(values(self, now), ofTopicAt: index, at: now)
        }
        foreseePropertyChange(after: now)
    }

    /// As `tellProperties`, of these topics alone; they do not change by the clock.
    mutating func tellProperties(of topics: [EventTopic], at now: Date) {
        guard events.isListening else { return }
        for (index, topic) in events.topics.enumerated() where events.isFollowed(index) && topics.contains(topic) {
            guard let values = topic.values else { continue }
            events.tell(values(self, now), ofTopicAt: index, at: now)
        }
    }

    /// Publishes what happened to receivers.
    mutating func tellReceivers(at now: Date) {
        for event in receivers?.news(at: now) ?? [] { events.publish(event) }
    }

    private mutating func foreseePropertyChange(after now: Date) {
        let followed = events.topics.indices.filter(events.isFollowed)
        events.nextPropertyChange = followed.compactMap { events.topics[$0].nextChange(self, now) }.min()
    }

    /// Adds a subscription and queues the present value of each property for it.
    ///
    /// - Throws: `SubscribeCreationFailedFault` when there are as many as the model allows.
    mutating func subscribe(
        _ delivery: EventSubscription.Delivery, filter: EventFilter, changedOnly: Bool, origin: String,
        until terminationTime: Date, now: Date
    ) throws(Fault) -> EventSubscription {
        let device = self
        let subscription = try events.subscribe(
            delivery, filter: filter, changedOnly: changedOnly, origin: origin, until: terminationTime, now: now
        ) { topic in
            topic.values?(device, now) ?? []
        }
        foreseePropertyChange(after: now)
        return subscription
    }

    /// A start after a reboot: subscriptions are gone, moves have ended; settings stay.
    package mutating func restart(at now: Date) {
        bootTime = now
        events = EventState(model: model, now: now, storage: events.storage)
        ptz?.restart(at: now)
        io.restart()
        observations = AnalyticsObservations()
        for source in imaging.keys { imaging[source]?.restart(at: now) }
        receivers?.restart(at: now)
        network.restart()
        maintenance.restart()
        log.note(.system, "started, firmware \(firmwareVersion)", at: now)
        security?.keystore.abandonGeneration()
        resumeMulticast()
        resubscribeBrokers(now: now)
        tellProperties(at: now)
    }
}
