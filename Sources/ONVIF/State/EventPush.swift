import Foundation
import XML

/// A `wsnt:Notify` to be sent to a consumer.
///
/// Source: WS-BaseNotification 1.3 §3.2 Notify; ONVIF Core 26.06 §9.3.2.
package struct EventPush: Equatable, Sendable {
    /// The subscription, for telling the outcome.
    package let token: String
    /// Where to POST.
    package var consumer: String
    /// The SOAP envelope.
    package var envelope: [UInt8]

    /// The HTTP action parameter and `wsa:Action` of the message.
    package static let action = "http://docs.oasis-open.org/wsn/bw-2/NotificationConsumer/Notify"

    init(subscription: EventSubscription, consumer: EventSubscription.Consumer, events: [Event]) {
        token = subscription.token
        self.consumer = consumer.address
        var writer = XMLWriter()
        writer.element(.env, "Header") { writer in
            writer.element(.wsa, "Action", Self.action)
            writer.element(.wsa, "To", consumer.address)
            for parameter in consumer.parameters {
                var block = parameter
                block.attributes.append(
                    XMLAttribute(namespace: XMLNamespace.wsa.uri, name: "IsReferenceParameter", value: "true"))
                writer.element(block, vocabulary: XMLNamespace.messages)
            }
        }
        writer.element(.env, "Body") { writer in
            writer.element(.wsnt, "Notify") { writer in
                for event in events { event.write(to: &writer, subscription: subscription) }
            }
        }
        envelope = writer.document(root: .env, "Envelope", vocabulary: XMLNamespace.messages)
    }
}

extension Event {
    /// Writes the `wsnt:NotificationMessage`.
    func write(to writer: inout XMLWriter, subscription: EventSubscription) {
        writer.use(.tns1)
        writer.element(.wsnt, "NotificationMessage") { writer in
            writer.element(.wsnt, "SubscriptionReference") { writer in
                writer.element(.wsa, "Address", subscription.address)
            }
            writer.element(
                .wsnt, "Topic", [("Dialect", EventTopicExpression.Dialect.concreteSet.rawValue)], topic)
            writer.element(.wsnt, "ProducerReference") { writer in
                writer.element(.wsa, "Address", subscription.origin + Service.events.path)
            }
            writer.element(.wsnt, "Message") { writer in
                writeMessage(to: &writer)
            }
        }
    }

    /// Writes the `tt:Message`.
    func writeMessage(to writer: inout XMLWriter) {
        var attributes = [("UtcTime", XSDateTime.string(time))]
        if let operation { attributes.append(("PropertyOperation", operation.rawValue)) }
        writer.element(.tt, "Message", attributes) { writer in
            Self.write(source, as: "Source", to: &writer)
            Self.write(data, as: "Data", to: &writer)
        }
    }

    private static func write(_ items: [Item], as name: String, to writer: inout XMLWriter) {
        guard !items.isEmpty else { return }
        writer.element(.tt, name) { writer in
            for item in items {
                if let element = item.element {
                    writer.element(.tt, "ElementItem", [("Name", item.name)]) { writer in
                        writer.element(element, vocabulary: XMLNamespace.messages)
                    }
                } else {
                    writer.element(.tt, "SimpleItem", [("Name", item.name), ("Value", item.value)], "")
                }
            }
        }
    }
}
