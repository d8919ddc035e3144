import Foundation

/// What a device does of itself when a rule gives an alarm.
package struct AlarmReaction: Codable, Equatable, Sendable {
    /// The name of the rule.
    package var rule: String
    /// Index of the relay that becomes active; one that is bistable goes back with the alarm, if that has an end.
    package var relay: Int?
    package var siren: Siren?

    package init(rule: String, relay: Int? = nil, siren: Siren? = nil) {
        self.rule = rule
        self.relay = relay
        self.siren = siren
    }
}

/// An alarm for the ear.
package struct Siren: Codable, Equatable, Sendable {
    package enum Tone: String, Codable, CaseIterable, Sendable {
        /// High and low in turns.
        case twoTone = "two-tone"
        /// Up and up again.
        case sweep
        /// On and off.
        case beep
    }

    package var tone: Tone
    /// Seconds.
    package var duration: Double

    package init(tone: Tone = .twoTone, duration: Double = 3) {
        self.tone = tone
        self.duration = duration
    }
}

extension DeviceState {
    /// Does what the model does at an alarm.
    ///
    /// - Parameters:
    ///   - report: what the rule says.
    ///   - before: what its property said before.
    ///   - now: the time of the device.
    mutating func react(to report: RuleReport, before: [Event.Item]?, now: Date) {
        for reaction in model.alarms where reaction.rule == report.rule {
            let (isOn, wasOn) = report.alarm(after: before)
            guard isOn != wasOn else { continue }
            if let relay = reaction.relay, io.relays.indices.contains(relay),
                isOn || io.relays[relay].mode == .bistable
            {
                io.relays[relay].set(active: isOn, now: now)
            }
            if isOn, let siren = reaction.siren { effects.append(.siren(siren)) }
        }
    }
}

extension RuleReport {
    /// Whether the alarm is on, and was. An event, and a count that goes up, is one anew; what is true or lists somebody
    /// goes on.
    fileprivate func alarm(after before: [Event.Item]?) -> (isOn: Bool, wasOn: Bool) {
        guard case .property(let data) = content else { return (true, false) }
        if let count = data?.first, count.name == "Count" {
            let old = before?.first.flatMap { Int($0.value) } ?? 0
            return ((Int(count.value) ?? 0) > old, false)
        }
        return (Self.isOn(data), Self.isOn(before))
    }

    private static func isOn(_ data: [Event.Item]?) -> Bool {
        data?.first.map { $0.value != "false" && !$0.value.isEmpty } ?? false
    }
}
