package import Foundation

/// What happens by the clock alone: alarms that come and go, presets that are reached, subscriptions that end.
///
/// While nobody listens nothing has to happen: the state of an alarm is a function of time.
extension DeviceState {
    /// Brings alarms and subscriptions up to date.
    package mutating func tellAlarms(at now: Date) {
        events.expire(now: now)
        settlePreset(now: now)
        if let motion = model.events.motion {
            events.setMotion(motion.isOn(at: now.timeIntervalSince1970), at: now)
        }
        if let tampering = model.events.tampering {
            events.setTampering(tampering.isOn(at: now.timeIntervalSince1970), at: now)
        }
    }

    /// When `tellAlarms` has something to do next; nil while nobody listens.
    package func nextAlarm(after now: Date) -> Date? {
        guard !events.subscriptions.isEmpty else { return nil }
        let changes = [model.events.motion, model.events.tampering].compactMap { schedule in
            schedule.map { Date(timeIntervalSince1970: $0.nextChange(after: now.timeIntervalSince1970)) }
        }
        return ([events.nextDeadline, ptz?.presetArrival].compactMap { $0 } + changes).min()
    }

    /// A start after a reboot: subscriptions are gone, moves have ended; settings stay.
    package mutating func restart(at now: Date) {
        events = EventState(model: model, now: now)
        ptz?.restart(at: now)
        imaging?.restart(at: now)
        tellAlarms(at: now)
    }
}
