import XML

/// What is published to a broker.
///
/// Source: ONVIF Core 26.06 §9.12.5 Topic Structure, §9.12.6 JSON Event Payload, §9.12.7 Property events; ONVIF Analytics
/// 26.06 §5.5.2 MQTT topic structure.
package struct EventBrokerMessage: Equatable, Sendable {
    package var topic: String
    /// JSON; empty where a property is deleted, which has the broker forget it.
    package var payload: String
    /// The broker keeps the latest of a property for those who come later.
    package var isRetained: Bool

    package init(topic: String, payload: String, isRetained: Bool) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
    }

    /// An event.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - prefix: `TopicPrefix`.
    ///   - topic: tells the types of its items; nil leaves all values in quotes.
    package init(_ event: Event, prefix: String, topic: EventTopic?) {
        isRetained = event.operation != nil
        self.topic = Self.cleaned("\(prefix)/onvif-ej/\(Self.localTopic(event.topic))\(Self.source(event.source))")
        if event.operation == .deleted {
            payload = ""
            return
        }
        var members = [
            JSONMember("UtcTime", .string(XSDateTime.string(event.time))),
            JSONMember("Source", Self.object(event.source, topic?.source ?? [])),
        ]
        if !event.data.isEmpty { members.append(JSONMember("Data", Self.object(event.data, topic?.data ?? []))) }
        payload = JSONValue.object(members).text
    }

    /// The topic of scene descriptions of a video analytics module.
    ///
    /// - Parameters:
    ///   - prefix: `TopicPrefix`.
    ///   - profile: token of the media profile.
    ///   - module: its name.
    /// - Returns: such as `Gate7/onvif-mj/VideoAnalytics/Profile_1/Module`.
    package static func videoAnalyticsTopic(prefix: String, profile: String, module: String) -> String {
        cleaned(prefix + "/onvif-mj/" + videoAnalytics(profile: profile, module: module))
    }

    /// The same as a filter of metadata names it.
    package static func videoAnalyticsFilterTopic(profile: String, module: String) -> String {
        "tns1:" + cleaned(videoAnalytics(profile: profile, module: module))
    }

    private static func videoAnalytics(profile: String, module: String) -> String {
        ["VideoAnalytics", profile, module].map { $0.filter { $0 != "/" } }.joined(separator: "/")
    }

    // MARK: Topic

    /// The path without the prefixes of the ONVIF namespace; those of others stay.
    private static func localTopic(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("tns1:") ? $0.dropFirst(5) : $0 }.joined(separator: "/")
    }

    /// The values of the source's simple items, by which brokers tell the instances of a property apart.
    private static func source(_ items: [Event.Item]) -> String {
        let values = items.filter { $0.element == nil }.map(\.value)
        return values.isEmpty ? "" : "/&" + values.joined(separator: "/")
    }

    /// Without what MQTT allows in filters only, or not at all.
    private static func cleaned(_ topic: String) -> String { topic.filter { !"#+\0".contains($0) } }

    // MARK: Payload

    /// Types whose values stand without quotes, where JSON has them.
    private static let unquotedTypes: Set = [
        "xs:boolean", "xs:int", "xs:integer", "xs:nonNegativeInteger", "xs:positiveInteger", "xs:unsignedInt",
        "xs:long",
        "xs:unsignedLong", "xs:short", "xs:float", "xs:double", "xs:decimal",
    ]

    /// Elements of ONVIF's own namespaces, all values in quotes but coordinates.
    private static let elements = XMLToJSON(
        plain: [XMLNamespace.tt.uri, XMLNamespace.tas.uri, XMLNamespace.axt.uri],
        unquoted: ["@x", "@y", "@z", "@left", "@top", "@right", "@bottom"])

    private static func object(_ items: [Event.Item], _ descriptions: [EventTopic.ItemDescription]) -> JSONValue {
        var members: [JSONMember] = []
        for item in items {
            if let element = item.element {
                var content: [JSONMember] = []
                content.add(element.name, elements.value(of: element))
                members.add(item.name, .object(content))
            } else {
                let type = descriptions.first { $0.name == item.name }?.type ?? ""
                members.add(item.name, unquotedTypes.contains(type) ? .unquoted(item.value) : .string(item.value))
            }
        }
        return .object(members)
    }
}
