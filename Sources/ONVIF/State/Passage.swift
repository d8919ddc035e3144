package import Foundation

/// The passage of time: what happens by the clock alone, and the properties that are told because the state changed.
///
/// While nobody listens nothing has to happen: what a property says is a function of state and time.
extension DeviceState {
    /// Brings subscriptions, presets and properties up to date, and tells the listeners what changed.
    package mutating func advance(to now: Date) {
        events.expire(now: now)
        settlePreset(now: now)
        tellProperties(at: now)
    }

    /// When `advance` has something to do next; nil while nobody listens.
    package func nextChange(after now: Date) -> Date? {
        guard !events.subscriptions.isEmpty else { return nil }
        let changes = events.topics.compactMap { $0.nextChange(self, now) }
        return ([events.nextDeadline, ptz?.presetArrival].compactMap { $0 } + changes).min()
    }

    /// Compares the properties with what was told last; the difference goes to the listeners.
    package mutating func tellProperties(at now: Date) {
        events.tell(events.topics.filter(\.isProperty).flatMap { properties(of: $0, at: now) }, at: now)
    }

    private func properties(of topic: EventTopic, at now: Date) -> [Event] {
        (topic.values?(self, now) ?? []).map { value in
            Event(topic: topic.path, time: now, operation: .changed, source: value.source, data: value.data)
        }
    }

    /// A start after a reboot: subscriptions are gone, moves have ended; settings stay.
    package mutating func restart(at now: Date) {
        bootTime = now
        events = EventState(model: model, now: now)
        ptz?.restart(at: now)
        imaging?.restart(at: now)
        security?.keystore.abandonGeneration()
        tellProperties(at: now)
    }
}
