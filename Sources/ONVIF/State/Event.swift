package import Foundation
package import XML

/// Something that happened, as a notification tells it.
///
/// Source: ONVIF Core 26.06 §9.4.1 Notification message format (`tt:Message`).
package struct Event: Equatable, Sendable {
    /// `tt:PropertyOperation`.
    package enum Operation: String, Sendable {
        case initialized = "Initialized"
        case changed = "Changed"
        case deleted = "Deleted"
    }

    /// `tt:SimpleItem`, or `tt:ElementItem` where it holds an element.
    package struct Item: Equatable, Sendable {
        package var name: String
        /// Empty where there is an element.
        package var value: String
        package var element: XMLElement?

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        package init(_ name: String, element: XMLElement) {
            self.name = name
            value = ""
            self.element = element
        }
    }

    /// A concrete topic with its prefix, for example `tns1:Media/ProfileChanged`.
    package var topic: String
    package var time: Date
    /// Nil for an event that is no property.
    package var operation: Operation?
    package var source: [Item]
    package var data: [Item]

    package init(topic: String, time: Date, operation: Operation? = nil, source: [Item] = [], data: [Item] = []) {
        self.topic = topic
        self.time = time
        self.operation = operation
        self.source = source
        self.data = data
    }
}
