package import Foundation

/// A topic that a device can announce, with the items of its messages and the feature that brings it.
package struct EventTopic: Equatable, Sendable {
    /// `tt:SimpleItemDescription`.
    package struct ItemDescription: Equatable, Sendable {
        package let name: String
        /// A QName of `tt:` or `xs:`.
        package let type: String
    }

    /// What a model must have for the topic to be announced.
    package enum Feature: Equatable, Sendable {
        case any, media2, motionAlarm, tampering, presets
    }

    /// With its prefix, for example `tns1:Media/ProfileChanged`.
    package let path: String
    package let isProperty: Bool
    package let source: [ItemDescription]
    package let data: [ItemDescription]
    package let feature: Feature

    private init(
        _ path: String, isProperty: Bool = false, source: [(String, String)] = [], data: [(String, String)] = [],
        _ feature: Feature
    ) {
        self.path = path
        self.isProperty = isProperty
        self.source = source.map { ItemDescription(name: $0.0, type: $0.1) }
        self.data = data.map { ItemDescription(name: $0.0, type: $0.1) }
        self.feature = feature
    }

    /// Every topic; what is in this list fires somewhere.
    package static let all = [
        lastReboot, profileChanged, configurationChanged, motionAlarm, globalSceneChange, presetInvoked, presetReached,
        presetAborted, presetLeft,
    ]

    /// The topics that a device of that model announces.
    package static func announced(by model: DeviceModel) -> [EventTopic] {
        all.filter { topic in
            switch topic.feature {
            case .any: true
            case .media2: model.profiles.contains(.t)
            case .motionAlarm: model.events.hasMotionAlarm
            case .tampering: model.events.hasTampering
            case .presets: (model.ptz?.maximumPresets ?? 0) > 0
            }
        }
    }

    /// Source: ONVIF Core 26.06, Device management events, Monitoring.
    package static let lastReboot = EventTopic(
        "tns1:Monitoring/OperatingTime/LastReboot", isProperty: true, data: [("Status", "xs:dateTime")], .any)

    /// Source: ONVIF Media2 26.06, Events, Profile change and Configuration change.
    package static let profileChanged = EventTopic(
        "tns1:Media/ProfileChanged", source: [("Token", "tt:ReferenceToken")], .media2)
    package static let configurationChanged = EventTopic(
        "tns1:Media/ConfigurationChanged", source: [("Token", "tt:ReferenceToken"), ("Type", "xs:string")], .media2)

    /// Source: ONVIF Imaging 26.06, Events, MotionAlarm and GlobalSceneChange.
    package static let motionAlarm = EventTopic(
        "tns1:VideoSource/MotionAlarm", isProperty: true, source: [("Source", "tt:ReferenceToken")],
        data: [("State", "xs:boolean")], .motionAlarm)
    package static let globalSceneChange = EventTopic(
        "tns1:VideoSource/GlobalSceneChange/ImagingService", isProperty: true,
        source: [("Source", "tt:ReferenceToken")], data: [("State", "xs:boolean")], .tampering)

    /// Source: ONVIF PTZ 26.06, Events, PTZ presets.
    package static let presetInvoked = preset("Invoked")
    package static let presetReached = preset("Reached")
    package static let presetAborted = preset("Aborted")
    package static let presetLeft = preset("Left")

    private static func preset(_ name: String) -> EventTopic {
        EventTopic(
            "tns1:PTZController/PTZPresets/\(name)", source: [("PTZConfigurationToken", "tt:ReferenceToken")],
            data: [("PresetToken", "tt:ReferenceToken"), ("PresetName", "tt:Name")], .presets)
    }
}

extension Event {
    /// A media profile was created, deleted, or given or relieved of a configuration.
    package static func profileChanged(_ token: String, at time: Date) -> Event {
        Event(topic: EventTopic.profileChanged.path, time: time, source: [Item("Token", token)])
    }

    /// - Parameters:
    ///   - token: the configuration.
    ///   - type: a value of `tr2:ConfigurationEnumeration`, for example `VideoEncoder`.
    ///   - time: when it changed.
    package static func configurationChanged(_ token: String, type: String, at time: Date) -> Event {
        Event(
            topic: EventTopic.configurationChanged.path, time: time, source: [Item("Token", token), Item("Type", type)])
    }
}
