import Foundation

/// `tev:EventBrokerConfig`: a broker that events and metadata are published to.
///
/// Source: ONVIF Core 26.06 §9.12.1.1 EventBrokerConfig.
package struct EventBrokerConfiguration: Codable, Equatable, Sendable {
    package typealias TopicExpression = MetadataConfiguration.TopicExpression

    package internal(set) var address: EventBrokerAddress
    /// Not empty.
    package internal(set) var topicPrefix: String
    package internal(set) var userName: String?
    package internal(set) var password: String?
    /// Of the client's certificate in the keystore.
    package internal(set) var certificate: String?
    /// All of them have to agree; empty lets every event through.
    package internal(set) var publishFilter: [TopicExpression]
    /// Empty lets metadata of every producer through; nil none, as clients from before metadata leave it out.
    package internal(set) var metadataFilter: [TopicExpression]?
    /// 0, 1 or 2.
    package internal(set) var quality: Int
    /// Of the policy in the keystore by which the broker's certificate is judged; nil judges none.
    package internal(set) var policy: String?

    var eventFilter: EventFilter {
        var filter = EventFilter()
        filter.topics = Self.parsed(publishFilter)
        return filter
    }

    /// - Parameter topic: with the prefix `tns1`, such as `tns1:VideoAnalytics/Profile_1/Module`.
    /// - Returns: whether the filter asks for it.
    package func wantsMetadata(of topic: String) -> Bool {
        metadataFilter.map { Self.parsed($0).allSatisfy { $0.matches(topic) } } ?? false
    }

    private static func parsed(_ expressions: [TopicExpression]) -> [EventTopicExpression] {
        // They were checked when they were set.
        expressions.compactMap { expression in
            EventTopicExpression.Dialect(rawValue: expression.dialect).flatMap { dialect in
                try? EventTopicExpression(expression.text, dialect: dialect) { prefix in
                    prefix == "tns1" ? "http://www.onvif.org/ver10/topics" : nil
                }
            }
        }
    }
}

extension EventBrokerConfiguration: CustomStringConvertible, CustomReflectable {
    package var description: String { "the broker \(address.text)" }
    /// Without the password, so that no dump shows it.
    package var customMirror: Mirror {
        Mirror(self, children: ["address": address, "topicPrefix": topicPrefix, "quality": quality])
    }
}

/// How the connection to a broker is, as its owner tells it.
package struct EventBrokerLink: Equatable, Sendable {
    /// `tev:ConnectionStatus`.
    package enum Status: String, Sendable {
        case offline = "Offline"
        case connecting = "Connecting"
        case connected = "Connected"
    }

    package var status: Status
    /// Messages that wait or are under way.
    package var waiting: Int
    package var delivered: Int
    /// Messages that the bound of the queue cost.
    package var dropped: Int
    /// The most that wait.
    package var limit: Int

    package init(status: Status, waiting: Int = 0, delivered: Int = 0, dropped: Int = 0, limit: Int) {
        self.status = status
        self.waiting = waiting
        self.delivered = delivered
        self.dropped = dropped
        self.limit = limit
    }
}

/// The brokers of a device, in the order in which clients added them.
package struct EventBrokerState: Equatable, Sendable {
    package internal(set) var configurations: [EventBrokerConfiguration] = []
    /// By the text of the address; what is missing is not connected.
    package var links: [String: EventBrokerLink] = [:]
    /// The tokens of the subscriptions by which their events come, by the text of the address.
    var subscriptions: [String: String] = [:]

    func index(of address: String) -> Int? { configurations.firstIndex { $0.address.text == address } }
}

extension DeviceState {
    /// Has the events that a broker wants come in by a subscription of its own, which no client sees and no limit counts.
    mutating func subscribeBroker(_ configuration: EventBrokerConfiguration, now: Date) {
        let address = configuration.address.text
        unsubscribeBroker(address, now: now)
        let subscription = try? subscribe(
            .broker(address), filter: configuration.eventFilter, changedOnly: false, origin: "", until: .distantFuture,
            now: now)
        brokers.subscriptions[address] = subscription?.token
    }

    mutating func unsubscribeBroker(_ address: String, now: Date) {
        guard let token = brokers.subscriptions.removeValue(forKey: address) else { return }
        try? events.unsubscribe(atPath: EventState.path(of: token), now: now)
    }

    /// After a start: all subscriptions of before are gone.
    mutating func resubscribeBrokers(now: Date) {
        brokers.subscriptions = [:]
        for configuration in brokers.configurations { subscribeBroker(configuration, now: now) }
    }

    /// Removes and returns what is to be published, by the text of the broker's address.
    package mutating func takeBrokerMessages() -> [(address: String, messages: [EventBrokerMessage])] {
        var taken: [(String, [EventBrokerMessage])] = []
        for configuration in brokers.configurations {
            guard let token = brokers.subscriptions[configuration.address.text] else { continue }
            let messages = events.takeEvents(ofBroker: token).map { event in
                EventBrokerMessage(
                    event, prefix: configuration.topicPrefix, topic: events.topics.first { $0.path == event.topic })
            }
            if !messages.isEmpty { taken.append((configuration.address.text, messages)) }
        }
        return taken
    }
}
