package import Foundation

/// A topic that a device can announce: its messages, the models that have it, and where its state comes from.
///
/// A property's messages follow the state: `values` reads what holds now, and whatever differs from what was told last is
/// told. Nobody has to remember to publish. An event that is no property is published by the operation that causes it.
package struct EventTopic: Sendable {
    /// `tt:SimpleItemDescription`, or `tt:ElementItemDescription` as the last of the data.
    package struct ItemDescription: Equatable, Sendable {
        package let name: String
        /// A QName of `tt:`, `xs:` or `tas:`.
        package let type: String
        package var isElement = false
    }

    /// One instance of a property, or one message.
    package struct Value: Equatable, Sendable {
        package var source: [Event.Item]
        package var data: [Event.Item]

        package init(source: [Event.Item] = [], data: [Event.Item] = []) {
            self.source = source
            self.data = data
        }
    }

    /// Reads the instances of a property from the state at a moment of the device's clock.
    package typealias Values = @Sendable (DeviceState, Date) -> [Value]

    /// With its prefix, for example `tns1:Media/ProfileChanged`.
    package let path: String
    package let source: [ItemDescription]
    package var data: [ItemDescription]
    /// Whether a model announces the topic.
    package let isAnnounced: @Sendable (DeviceModel) -> Bool
    /// Nil for an event that is no property.
    package let values: Values?
    /// When the values change by the clock alone; nil where they do not.
    package let nextChange: @Sendable (DeviceState, Date) -> Date?

    package var isProperty: Bool { values != nil }

    /// An event that operations publish.
    package init(
        _ path: String, source: [(String, String)] = [], data: [(String, String)] = [],
        when isAnnounced: @escaping @Sendable (DeviceModel) -> Bool
    ) {
        self.init(path, source, data, isAnnounced, nil) { _, _ in nil }
    }

    /// A property.
    package init(
        property path: String, source: [(String, String)] = [], data: [(String, String)] = [],
        when isAnnounced: @escaping @Sendable (DeviceModel) -> Bool,
        nextChange: @escaping @Sendable (DeviceState, Date) -> Date? = { _, _ in nil }, values: @escaping Values
    ) {
        self.init(path, source, data, isAnnounced, values, nextChange)
    }

    /// The topic with an item more in its data, which holds an element.
    func with(element name: String, _ type: String) -> EventTopic {
        var topic = self
        topic.data.append(ItemDescription(name: name, type: type, isElement: true))
        return topic
    }

    private init(
        _ path: String, _ source: [(String, String)], _ data: [(String, String)],
        _ isAnnounced: @escaping @Sendable (DeviceModel) -> Bool, _ values: Values?,
        _ nextChange: @escaping @Sendable (DeviceState, Date) -> Date?
    ) {
        self.path = path
        self.source = source.map { ItemDescription(name: $0.0, type: $0.1) }
        self.data = data.map { ItemDescription(name: $0.0, type: $0.1) }
        self.isAnnounced = isAnnounced
        self.values = values
        self.nextChange = nextChange
    }

    /// Every topic; what is in this list fires somewhere.
    package static let all: [EventTopic] =
        device + media + videoSource + ptz + event + io + thermal + security + analytics + receiver

    /// The topics that a model announces.
    package static func announced(by model: DeviceModel) -> [EventTopic] {
        all.filter { $0.isAnnounced(model) }
    }
}

extension EventTopic: Equatable {
    package static func == (left: EventTopic, right: EventTopic) -> Bool { left.path == right.path }
}
