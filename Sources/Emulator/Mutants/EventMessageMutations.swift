import Foundation
import ONVIF
import XML

extension Mutation {
    static let eventMessageMutations: [Mutation] = [
        Mutation(
            .pullsMoreThanAsked, "MessageLimit is ignored",
            .exchange(operation: "PullMessages", service: .events) {
                $0.perform { $0.change("MessageLimit") { $0.text = "100" } }
            }),
        Mutation(
            .pullEndsAtOnce, "TerminationTime of PullMessages is CurrentTime",
            .exchange(operation: "PullMessages", service: .events) { $0.endAfter(seconds: 0) }),
        Mutation(
            .pullDoesNotProlong, "PullMessages leaves TerminationTime as it was",
            .exchange(operation: "PullMessages", service: .events) { $0.keepTerminationTime() }),
        Mutation(
            .pullRefusesLongTimeoutPlainly, "a timeout above 60 s gets a fault without MaxTimeout",
            .exchange(operation: "PullMessages", service: .events) { exchange in
                if exchange.pullTimeout > 60 { exchange.refuse() }
            }),
        Mutation(
            .pullRefusesLongTimeoutAndDoesNotProlong,
            "MaxTimeout is 60 s, and PullMessages leaves TerminationTime as it was",
            .exchange(operation: "PullMessages", service: .events) { exchange in
                guard exchange.pullTimeout > 60 else { return exchange.keepTerminationTime() }
                exchange.refuse(detail: .pullMessages(maxTimeout: 60, maxMessageLimit: 100))
            }),
        Mutation(
            .pullRefusesMinute, "MaxTimeout is 30 s",
            .exchange(operation: "PullMessages", service: .events) { exchange in
                guard exchange.pullTimeout > 30 else { return }
                exchange.refuse(detail: .pullMessages(maxTimeout: 30, maxMessageLimit: 100))
            }),
        Mutation(
            .pullPointsTellNothing, "PullMessages loses all messages",
            messages { $0.remove("NotificationMessage") }),
        Mutation(
            .messagesAreNoProperties, "PropertyOperation is missing",
            messages { response in
                response.change("Message") { $0.attributes.removeAll { $0.name == "PropertyOperation" } }
            }),
        Mutation(
            .messagesFromTheFuture, "UtcTime of messages lies in the year 2100",
            messages { response in
                response.change("Message") {
                    if $0.attribute("UtcTime") != nil { $0.setAttribute("UtcTime", farFutureText) }
                }
            }),
        Mutation(
            .messagesWithoutTopic, "Topic is missing in messages",
            messages { $0.remove("Topic") }),
        Mutation(
            .messagesWithoutContent, "wsnt:Message is empty",
            messages { response in
                response.change("NotificationMessage") { message in
                    for index in message.children.indices where message.children[index].name == "Message" {
                        message.children[index].children = []
                    }
                }
            }),
        Mutation(
            .synchronizationPointRefused, "SetSynchronizationPoint is refused",
            .refuses("SetSynchronizationPoint", of: .events)),
        Mutation(
            .synchronizationPointTellsNothing, "SetSynchronizationPoint does nothing",
            .forgets("SetSynchronizationPoint", of: .events)),
        Mutation(
            .notifiesNobody, "no notification is sent",
            .habit(.notifiesNobody)),
        Mutation(
            .notifiesAnotherPath, "notifications go to the path /elsewhere of the consumer",
            .push { push in
                guard var address = URLComponents(string: push.consumer) else { return }
                address.path = "/elsewhere"
                push.consumer = address.string ?? push.consumer
            }),
        Mutation(
            .notifyActionIsWrong, "Notify carries the action of Subscribe",
            .push { push in
                push.edit {
                    $0.change("Action") {
                        $0.text = "http://docs.oasis-open.org/wsn/bw-2/NotificationProducer/Subscribe"
                    }
                }
            }),
        Mutation(
            .notifyAsksForReplyWithoutMessageID, "Notify has ReplyTo, but no MessageID",
            .push { push in
                push.edit { envelope in
                    envelope.change("Header") { header in
                        let uri = XMLNamespace.wsa.uri
                        let address = XMLElement(
                            namespace: uri, name: "Address", text: "http://www.w3.org/2005/08/addressing/anonymous")
                        header.children.append(XMLElement(namespace: uri, name: "ReplyTo", children: [address]))
                    }
                }
            }),
        Mutation(
            .notifyFromTheFuture, "UtcTime of notifications lies in the year 2100",
            .push { push in
                push.edit { envelope in
                    envelope.change("Message") {
                        if $0.attribute("UtcTime") != nil { $0.setAttribute("UtcTime", farFutureText) }
                    }
                }
            }),
        Mutation(
            .notifyWithoutTopic, "Topic is missing in notifications",
            .push { push in push.edit { $0.remove("Topic") } }),
        Mutation(
            .notifyTellsNoProperties, "PropertyOperation is missing in notifications",
            .push { push in
                push.edit { envelope in
                    envelope.change("Message") { $0.attributes.removeAll { $0.name == "PropertyOperation" } }
                }
            }),
    ]

    /// Changes answers to PullMessages.
    private static func messages(_ change: @escaping @Sendable (inout XMLElement) -> Void) -> Rule {
        .exchange(operation: "PullMessages", service: .events) { $0.edit(change) }
    }
}

extension Exchange {
    /// Timeout of a PullMessages, seconds; 0 for none.
    fileprivate var pullTimeout: TimeInterval { (try? request.duration("Timeout")) ?? 0 }

    /// Tells the TerminationTime that the subscription had before.
    fileprivate mutating func keepTerminationTime() {
        guard let subscription = EventState.token(ofPath: call.path).flatMap(before.events.subscription) else { return }
        edit { $0.change("TerminationTime") { $0.text = XSDateTime.string(subscription.terminationTime) } }
    }
}

extension EventPush {
    /// Edits the envelope as a tree.
    fileprivate mutating func edit(_ change: (inout XMLElement) -> Void) {
        guard var element = try? XMLParser.parse(envelope) else {
            preconditionFailure("a Notify is not well-formed")
        }
        change(&element)
        var writer = XMLWriter()
        writer.declare([.tns1, .xs, .tt, .wsnt])
        for child in element.children { writer.element(child, vocabulary: XMLNamespace.messages) }
        envelope = writer.document(root: .env, "Envelope", vocabulary: XMLNamespace.messages)
    }
}
