import Foundation

extension EventTopic {
    /// The topic of each type of rule; properties have an instance for each rule.
    ///
    /// Source: ONVIF Analytics 26.06 §7 Specified Rules, §8.1 Cell motion detector, §9.1 Motion region detector, §11.1
    /// Tampering Detection, §13 Recognition rule engines, §14 Audio analytics.
    static let analytics = AnalyticsType.all.compactMap(EventTopic.init(ruleOf:))

    /// The topics that can follow what is seen.
    package static let observed =
        AnalyticsType.all.filter(\.isObserved).compactMap(EventTopic.init(ruleOf:)) + [motionAlarm]

    private init?(ruleOf type: AnalyticsType) {
        guard let message = type.message else { return nil }
        let isAnnounced: @Sendable (DeviceModel) -> Bool = { model in
            guard let analytics = model.analytics, analytics.types(type.role).contains(type) else { return false }
            return type.isObserved && analytics.hasScene || type.schedule(model.events) != nil
        }
        let data = message.data.filter { !$0.isElement }.map { ($0.name, $0.type) }
        var topic =
            message.isProperty
            ? EventTopic(
                property: message.topic, source: message.source, data: data, when: isAnnounced,
                nextChange: { device, now in device.nextChange(of: type, after: now) },
                values: { device, now in
                    device.rules(of: type).compactMap { instance in
                        guard let data = device.data(of: instance, type, message, at: now) else { return nil }
                        return Value(source: instance.source(message, device.media), data: data)
                    }
                })
            : EventTopic(message.topic, source: message.source, data: data, when: isAnnounced)
        for element in message.data where element.isElement {
            topic = topic.with(element: element.name, element.type)
        }
        self = topic
    }
}

/// A rule of a configuration.
struct RuleInstance {
    var configuration: VideoAnalyticsConfiguration
    var rule: AnalyticsConfig

    /// The source of its messages.
    func source(_ message: AnalyticsType.Message, _ media: MediaState) -> [Event.Item] {
        message.source.map { name, _ in Event.Item(name, item(name, media)) }
    }

    private func item(_ name: String, _ media: MediaState) -> String {
        switch name {
        case "VideoSource": MediaState.videoSourceToken(configuration.source)
        case "AudioSource": MediaState.audioSourceToken
        case "VideoSourceConfigurationToken":
            media.videoSources.first { $0.source == configuration.source }?.token ?? ""
        case "VideoAnalyticsConfigurationToken", "AnalyticsConfiguration": configuration.token
        default: rule.name
        }
    }
}

extension DeviceState {
    fileprivate func rules(of type: AnalyticsType) -> [RuleInstance] {
        media.analytics.flatMap { configuration in
            configuration.rules.filter { $0.type == type.qualifiedName }.map { rule in
                RuleInstance(configuration: configuration, rule: rule)
            }
        }
    }

    /// Whether what is seen decides, not the clock.
    private func follows(_ type: AnalyticsType) -> Bool { type.isObserved && model.analytics?.hasScene == true }

    /// What the property of a rule says; nil while it has no instance.
    fileprivate func data(
        of instance: RuleInstance, _ type: AnalyticsType, _ message: AnalyticsType.Message, at now: Date
    ) -> [Event.Item]? {
        guard !follows(type) else {
            let key = AnalyticsObservations.Key(
                configuration: instance.configuration.token, rule: instance.rule.name)
            return observations.properties[key] ?? message.resting
        }
        let alarm = alarm(of: instance, type)
        let isOn = alarm.alarm?.isOn(at: now.timeIntervalSince1970 - alarm.delay) ?? false
        return [Event.Item(message.data[0].name, isOn ? "true" : "false")]
    }

    /// When the schedule changes a rule of the type; nil where it follows what is seen.
    fileprivate func nextChange(of type: AnalyticsType, after now: Date) -> Date? {
        guard !follows(type) else { return nil }
        return rules(of: type).compactMap { instance in
            let (alarm, delay) = alarm(of: instance, type)
            return alarm?.nextChange(after: now.timeIntervalSince1970 - delay).map {
                Date(timeIntervalSince1970: $0 + delay)
            }
        }.min()
    }

    /// The alarm that a rule follows, and the seconds by which the alarms of its source come later than those of the first.
    private func alarm(of instance: RuleInstance, _ type: AnalyticsType) -> (alarm: DelayedAlarm?, delay: Double) {
        guard let schedule = type.schedule(model.events) else { return (nil, 0) }
        return (
            type.alarm(instance.rule, schedule),
            EventTopic.delay(ofSource: instance.configuration.source, model, schedule)
        )
    }
}
