package import Foundation

extension EventTopic {
    static let media = [profileChanged, configurationChanged]

    private static func hasMedia2(_ model: DeviceModel) -> Bool { model.profiles.contains(.t) }

    /// Source: ONVIF Media2 26.06, Events, Profile change and Configuration change.
    package static let profileChanged = EventTopic(
        "tns1:Media/ProfileChanged", source: [("Token", "tt:ReferenceToken")], when: hasMedia2)
    package static let configurationChanged = EventTopic(
        "tns1:Media/ConfigurationChanged", source: [("Token", "tt:ReferenceToken"), ("Type", "xs:string")],
        when: hasMedia2)
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
