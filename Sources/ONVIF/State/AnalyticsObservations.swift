package import Foundation

/// What rules say of what they have seen; gone with a restart.
package struct AnalyticsObservations: Equatable, Sendable {
    /// A rule of a configuration.
    struct Key: Hashable, Sendable {
        var configuration: String
        var rule: String
    }

    /// The data of properties, as far as they differ from what a rule says before anything was seen.
    var properties: [Key: [Event.Item]] = [:]
    /// The video sources that see something move, by their indices.
    var moving: Set<Int> = []

    /// Rules that are gone or not what they were begin anew.
    mutating func forget(_ rules: [AnalyticsConfig], of configuration: String) {
        for rule in rules { properties[Key(configuration: configuration, rule: rule.name)] = nil }
    }
}

/// What a rule has to say.
package struct RuleReport: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// What the property says from now on; nil for what it says before anything was seen.
        case property([Event.Item]?)
        case event([Event.Item])
    }

    package var rule: String
    package var content: Content

    package init(rule: String, _ content: Content) {
        self.rule = rule
        self.content = content
    }
}

extension DeviceState {
    /// Whether somebody follows what the rules say, or a rule switches something.
    package var wantsRules: Bool { model.analytics?.hasScene == true && (hasRuleFollowers || !model.alarms.isEmpty) }

    private var hasRuleFollowers: Bool {
        guard events.isListening else { return false }
        return events.topics.indices.contains {
            events.isFollowed($0) && EventTopic.observed.contains(events.topics[$0])
        }
    }

    /// Takes what the rules of a video source have to say, and tells it.
    ///
    /// - Parameters:
    ///   - reports: in the order in which it happened; of rules that there are no more, nothing is told.
    ///   - source: index of the video source.
    ///   - isMoving: whether anything moves there.
    ///   - time: when it was seen, by the device's clock.
    package mutating func observe(_ reports: [RuleReport], ofSource source: Int, isMoving: Bool, at time: Date) {
        guard let configuration = media.analytics.first(where: { $0.source == source }) else { return }
        let relays = io.relays
        if isMoving { observations.moving.insert(source) } else { observations.moving.remove(source) }
        for report in reports {
            guard let rule = configuration.rules.first(where: { $0.name == report.rule }) else { continue }
            let key = AnalyticsObservations.Key(configuration: configuration.token, rule: rule.name)
            react(to: report, before: observations.properties[key], now: time)
            switch report.content {
            case .property(let data): observations.properties[key] = data
            case .event(let data):
                guard let type = AnalyticsType.all.first(where: { $0.qualifiedName == rule.type }),
                    let message = type.message
                else { continue }
                let instance = RuleInstance(configuration: configuration, rule: rule)
                events.publish(
                    Event(
                        topic: message.topic, time: time, source: instance.source(message, media),
                        data: data))
            }
        }
        if io.relays == relays {
            tellProperties(of: EventTopic.observed, at: time)
        } else {
            tellProperties(at: time)
        }
    }
}
