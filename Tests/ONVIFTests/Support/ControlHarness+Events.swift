import ONVIF
import XML

extension ControlHarness {
    /// Opens a pull point for topics and returns the path of its address.
    mutating func subscribe(to topics: String) throws -> String {
        let answer = try call(
            "<tev:CreatePullPointSubscription><tev:Filter><wsnt:TopicExpression "
                + "Dialect=\"\(EventTopicExpression.Dialect.concreteSet.rawValue)\">\(topics)</wsnt:TopicExpression>"
                + "</tev:Filter></tev:CreatePullPointSubscription>")
        return String(
            try answer.at("SubscriptionReference", "Address").text.dropFirst("http://192.0.2.10:8080".count))
    }

    /// What waits at a pull point, each message as its topic, operation and the values of its items.
    mutating func pull(_ path: String) throws -> [String] {
        let answer = try call(
            "<tev:PullMessages><tev:Timeout>PT0S</tev:Timeout><tev:MessageLimit>100</tev:MessageLimit>"
                + "</tev:PullMessages>", path: path)
        return try answer.children("NotificationMessage").map { holder in
            let message = try holder.at("Message", "Message")
            let items = message.children.flatMap(\.children).compactMap { $0.attribute("Value") }
            return ([try holder.at("Topic").text, message.attribute("PropertyOperation") ?? "-"] + items)
                .joined(separator: " ")
        }
    }
}
