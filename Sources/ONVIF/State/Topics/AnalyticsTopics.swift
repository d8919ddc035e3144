import Foundation

extension EventTopic {
    /// A property of each type of rule, with an instance for each rule.
    ///
    /// Source: ONVIF Analytics 26.06 §8.1 Cell motion detector, §9.1 Motion region detector, §11.1 Tampering Detection.
    static let analytics = AnalyticsType.all.compactMap(EventTopic.init(ruleOf:))

    private init?(ruleOf type: AnalyticsType) {
        guard let message = type.message else { return nil }
        self.init(
            property: message.topic, source: message.source, data: [message.data],
            when: { $0.analytics?.types(type.role).contains(type) == true && type.schedule($0.events) != nil },
            nextChange: { device, now in
                device.alarms(of: type).compactMap { rule in
                    rule.alarm?.nextChange(after: now.timeIntervalSince1970 - rule.delay).map {
                        Date(timeIntervalSince1970: $0 + rule.delay)
                    }
                }.min()
            },
            values: { device, now in
                device.alarms(of: type).map { rule in
                    let isOn = rule.alarm?.isOn(at: now.timeIntervalSince1970 - rule.delay) ?? false
                    let source = message.source.map { name, _ in
                        Event.Item(name, rule.item(name, device.media))
                    }
                    return Value(source: source, data: [Event.Item(message.data.0, isOn ? "true" : "false")])
                }
            })
    }
}

/// An instance of a rule with the alarm that it follows.
private struct RuleAlarm {
    var configuration: VideoAnalyticsConfiguration
    var rule: AnalyticsConfig
    var alarm: DelayedAlarm?
    /// Seconds by which the alarms of its video source come later than those of the first.
    var delay: Double

    /// The value of a source item.
    func item(_ name: String, _ media: MediaState) -> String {
        switch name {
        case "VideoSource": MediaState.videoSourceToken(configuration.source)
        case "VideoSourceConfigurationToken":
            media.videoSources.first { $0.source == configuration.source }?.token ?? ""
        case "VideoAnalyticsConfigurationToken": configuration.token
        default: rule.name
        }
    }
}

extension DeviceState {
    fileprivate func alarms(of type: AnalyticsType) -> [RuleAlarm] {
        guard let schedule = type.schedule(model.events) else { return [] }
        return media.analytics.flatMap { configuration in
            configuration.rules.filter { $0.type == type.qualifiedName }.map { rule in
                RuleAlarm(
                    configuration: configuration, rule: rule, alarm: type.alarm(rule, schedule),
                    delay: EventTopic.delay(ofSource: configuration.source, model, schedule))
            }
        }
    }
}
