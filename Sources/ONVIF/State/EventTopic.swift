package import Foundation

/// A topic that a device can announce, with the items of its messages and the feature that brings it.
package struct EventTopic: Equatable, Sendable {
    /// `tt:SimpleItemDescription`.
    package struct ItemDescription: Equatable, Sendable {
        package let name: String
        /// A QName of `tt:` or `xs:`.
        package let type: String
    }

    /// What a model must have for a topic to be announced.
    package struct Features: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let media2 = Features(rawValue: 1)
        package static let motionAlarm = Features(rawValue: 2)
        package static let tampering = Features(rawValue: 4)
        package static let presets = Features(rawValue: 8)

        package init(_ model: DeviceModel) {
            self = []
            if model.profiles.contains(.t) { insert(.media2) }
            if model.events.hasMotionAlarm { insert(.motionAlarm) }
            if model.events.hasTampering { insert(.tampering) }
            if let ptz = model.ptz, ptz.maximumPresets > 0 { insert(.presets) }
        }
    }

    /// With its prefix, for example `tns1:Media/ProfileChanged`.
    package let path: String
    package let isProperty: Bool
    package let source: [ItemDescription]
    package let data: [ItemDescription]
    package let features: Features

    private init(
        _ path: String, isProperty: Bool = false, source: [(String, String)] = [], data: [(String, String)] = [],
        _ features: Features
    ) {
        self.path = path
        self.isProperty = isProperty
        self.source = source.map { ItemDescription(name: $0.0, type: $0.1) }
        self.data = data.map { ItemDescription(name: $0.0, type: $0.1) }
        self.features = features
    }

    /// Every topic; what is in this list fires somewhere.
    package static let all = [
        lastReboot, profileChanged, configurationChanged, motionAlarm, globalSceneChange, presetInvoked, presetReached,
        presetAborted, presetLeft,
    ]

    /// The topics that a device with those features announces.
    package static func announced(by features: Features) -> [EventTopic] {
        all.filter { features.isSuperset(of: $0.features) }
    }

    /// Source: ONVIF Core 26.06, Device management events, Monitoring.
    package static let lastReboot = EventTopic(
        "tns1:Monitoring/OperatingTime/LastReboot", isProperty: true, data: [("Status", "xs:dateTime")], [])

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
    /// - Returns: the event `tns1:Media/ConfigurationChanged`.
    package static func configurationChanged(_ token: String, type: String, at time: Date) -> Event {
        Event(
            topic: EventTopic.configurationChanged.path, time: time, source: [Item("Token", token), Item("Type", type)])
    }
}
