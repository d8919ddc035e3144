package import Foundation
package import XML

/// What a subscription lets through: `wsnt:FilterType`, all of whose parts must agree.
///
/// Source: WS-BaseNotification 1.3 §4.2; ONVIF Core 26.06 §9.4.4, §9.6.3.
package struct EventFilter: Equatable, Sendable {
    package var topics: [EventTopicExpression] = []
    package var items: [EventItemFilter] = []

    /// The filter that lets everything through.
    package init() {}

    /// The most parts of one filter.
    package static let partLimit = 16

    /// - Parameters:
    ///   - filter: the `Filter` element.
    ///   - topics: what the device announces; an expression that fits none of it is refused.
    ///   - now: the time that a fault tells.
    /// - Throws: the notification fault that names the part which is wrong.
    package init(_ filter: XMLElement, announced topics: [EventTopic], now: Date) throws(Fault) {
        guard filter.children.count <= Self.partLimit else {
            throw .notification(
                .subscribeCreationFailed, reason: "a filter has at most \(Self.partLimit) parts", at: now)
        }
        for part in filter.children {
            switch (part.namespace, part.name) {
            case (XMLNamespace.wsnt.uri, "TopicExpression"):
                self.topics.append(try Self.topicExpression(part, announced: topics, now: now))
            case (XMLNamespace.wsnt.uri, "MessageContent"):
                items.append(try Self.itemFilter(part, now: now))
            default:
                throw Fault(
                    code: .receiver, subcodes: [],
                    reason: "the filter \(part.name) is not known; filter by TopicExpression or MessageContent",
                    detail: .unknownFilter(namespace: part.namespace, name: part.name, now))
            }
        }
    }

    package func matches(_ event: Event) -> Bool {
        matches(topic: event.topic) && items.allSatisfy { $0.matches(event) }
    }

    func matches(topic: String) -> Bool {
        topics.allSatisfy { $0.matches(topic) }
    }

    static func topicExpression(
        _ part: XMLElement, announced topics: [EventTopic], now: Date
    ) throws(Fault) -> EventTopicExpression {
        // Without a dialect the schema's default would be XPath; clients that leave it out mean ours.
        let name = part.attribute("Dialect") ?? EventTopicExpression.Dialect.concreteSet.rawValue
        guard let dialect = EventTopicExpression.Dialect(rawValue: name) else {
            throw .notification(
                .topicExpressionDialectUnknown, reason: "the topic expression dialect \"\(name)\" is not known", at: now
            )
        }
        let text = part.trimmedText
        let expression: EventTopicExpression
        do {
            expression = try EventTopicExpression(text, dialect: dialect) { part.scope?.namespace(of: $0) }
        } catch {
            let reason =
                switch error {
                case .tooLong(let limit): "the topic expression has more than \(limit) characters"
                case .malformed(let path): "\"\(path)\" is no topic expression of the dialect \(name)"
                case .unknownPrefix(let prefix): "the prefix \"\(prefix)\" of the topic expression is not declared"
                }
            throw .notification(.invalidTopicExpression, reason: reason, at: now)
        }
        guard topics.contains(where: { expression.matches($0.path) }) else {
            throw .notification(
                .topicNotSupported, reason: "\"\(text)\" fits no topic of this device; see GetEventProperties", at: now)
        }
        return expression
    }

    private static func itemFilter(_ part: XMLElement, now: Date) throws(Fault) -> EventItemFilter {
        let name = part.attribute("Dialect") ?? EventItemFilter.dialect
        guard name == EventItemFilter.dialect else {
            throw .notification(
                .invalidMessageContentExpression, reason: "the message content dialect \"\(name)\" is not known",
                at: now)
        }
        do {
            return try EventItemFilter(part.trimmedText) { part.scope?.namespace(of: $0) }
        } catch {
            let reason =
                switch error {
                case .tooLong(let limit): "the message content filter has more than \(limit) bytes"
                case .tooDeep(let limit): "the message content filter is nested deeper than \(limit)"
                case .unexpected(let what): "the message content filter has \(what), which its grammar does not allow"
                case .unknownPrefix(let prefix): "the prefix \"\(prefix)\" in the filter is not \(XMLNamespace.tt.uri)"
                }
            throw .notification(.invalidMessageContentExpression, reason: reason, at: now)
        }
    }
}
