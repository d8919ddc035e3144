import Foundation
import ONVIF
import XML

extension Mutation {
    static let eventMutations: [Mutation] = [
        Mutation(
            .eventActionsAreWrong, "answers carry the action of a request",
            .exchange(operation: nil, service: .events) { exchange in
                guard case .success = exchange.result else { return }
                exchange.action = exchange.entry.responseAction.replacing("Response", with: "Request")
            }),
        Mutation(
            .faultActionsAreWrong, "faults carry the action of an answer",
            .exchange(operation: nil, service: .events) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.action = exchange.entry.responseAction
            }),
        Mutation(
            .faultsFromTheFuture, "the Timestamp of faults lies in the year 2100",
            .exchange(operation: nil, service: .events) { exchange in
                guard case .failure(var fault) = exchange.result else { return }
                if case .notification(let kind, _) = fault.detail { fault.detail = .notification(kind, farFuture) }
                exchange.result = .failure(fault)
            }),
        Mutation(
            .topicDialectConcreteMissing, "the Concrete topic dialect is not announced",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.children.removeAll { $0.text.hasSuffix("/TopicExpression/Concrete") } }
            }),
        Mutation(
            .topicDialectConcreteSetMissing, "the ConcreteSet topic dialect is not announced",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.children.removeAll { $0.text.hasSuffix("/ConcreteSet") } }
            }),
        Mutation(
            .contentDialectMissing, "the message content filter dialect is empty",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.change("MessageContentFilterDialect") { $0.text = "" } }
            }),
        Mutation(
            .topicNamespaceIsNoAddress, "TopicNamespaceLocation is a file name",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.change("TopicNamespaceLocation") { $0.text = "topicns.xml" } }
            }),
        Mutation(
            .topicSetEmpty, "TopicSet is empty",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.change("TopicSet") { $0.children = [] } }
            }),
        Mutation(
            .topicSetWithoutAlarms, "TopicSet lacks the topics below VideoSource",
            .exchange(operation: "GetEventProperties", service: .events) { $0.edit { $0.remove("VideoSource") } }),
        Mutation(
            .topicItemsWithoutType, "the types of items are empty",
            .exchange(operation: "GetEventProperties", service: .events) {
                $0.edit { $0.change("SimpleItemDescription") { $0.setAttribute("Type", "") } }
            }),
        Mutation(
            .brokersWithoutProtocols, "MaxEventBrokers is 2 without EventBrokerProtocols",
            eventCapabilities(["MaxEventBrokers": "2"])),
        Mutation(
            .protocolsWithoutBrokers, "EventBrokerProtocols is mqtt without MaxEventBrokers",
            eventCapabilities(["EventBrokerProtocols": "mqtt"])),
        Mutation(
            .brokerProtocolIsNoScheme, "EventBrokerProtocols is 3mqtt",
            eventCapabilities(["MaxEventBrokers": "2", "EventBrokerProtocols": "3mqtt"])),
        Mutation(
            .eventCapabilitiesDiffer, "MaxPullPoints is 99 in GetServiceCapabilities only",
            eventCapabilities(["MaxPullPoints": "99"])),
    ]

    private static func eventCapabilities(_ attributes: [String: String]) -> Rule {
        .exchange(operation: "GetServiceCapabilities", service: .events) { exchange in
            exchange.edit { response in
                response.change("Capabilities") { capabilities in
                    for (name, value) in attributes { capabilities.setAttribute(name, value) }
                }
            }
        }
    }

    /// The start of the year 2100 in UTC, which no clock in a test shows.
    static let farFuture = Date(timeIntervalSince1970: 4_102_444_800)
    static let farFutureText = XSDateTime.string(farFuture)
}
