import Foundation
import ONVIF
import XML

extension Mutation {
    static let subscriptionMutations: [Mutation] = [
        Mutation(
            .subscriptionReferenceIsNoAddress, "the address of a subscription is a UUID",
            subscribing { exchange in
                exchange.edit { response in
                    response.change("Address") { $0.text = "urn:uuid:00000000-0000-4000-8000-000000000000" }
                }
            }),
        Mutation(
            .subscriptionsEndAtOnce, "a new subscription ends at once",
            subscribing { $0.endAfter(seconds: 0) }),
        Mutation(
            .subscriptionsEndTooEarly, "a new subscription ends after a second",
            subscribing { $0.endAfter(seconds: 1) }),
        Mutation(
            .subscriptionTimesMissing, "a new subscription has no CurrentTime",
            subscribing { $0.edit { $0.remove("CurrentTime") } }),
        Mutation(
            .subscriptionsRefused, "every subscription is refused",
            subscribing { $0.refuse() }),
        Mutation(
            .renewRefused, "Renew is refused",
            .refuses("Renew", of: .events)),
        Mutation(
            .renewEndsAtOnce, "a renewed subscription ends at once",
            .exchange(operation: "Renew", service: .events) { $0.endAfter(seconds: 0) }),
        Mutation(
            .renewEndsTooEarly, "a renewed subscription ends after a second",
            .exchange(operation: "Renew", service: .events) { $0.endAfter(seconds: 1) }),
        Mutation(
            .unsubscribeForgotten, "a subscription outlives Unsubscribe",
            .forgets("Unsubscribe", of: .events)),
        Mutation(
            .unsubscribeRefused, "Unsubscribe is refused",
            .refuses("Unsubscribe", of: .events)),
        Mutation(
            .fewerPullPointsThanAnnounced, "the last of MaxPullPoints pull points is refused",
            .exchange(operation: "CreatePullPointSubscription", service: .events) { exchange in
                let (present, limit) = (
                    exchange.before.events.subscriptions, exchange.before.events.limits.maximumPullPoints
                )
                if present.count >= limit - 1 { exchange.refuse() }
            }),
        Mutation(
            .pullPointsShareAnAddress, "a second pull point gets the address of the first",
            .exchange(operation: "CreatePullPointSubscription", service: .events) { exchange in
                guard let first = exchange.before.events.subscriptions.first else { return }
                exchange.edit { $0.change("Address") { $0.text = first.address } }
            }),
        Mutation(
            .ignoresTopicFilter, "every topic passes a topic filter",
            subscribing { $0.perform { $0.remove("TopicExpression") } }),
        Mutation(
            .refusesTopicAlternatives, "a topic filter with | is refused",
            subscribing { exchange in
                if exchange.topicExpression?.contains("|") == true { exchange.refuse() }
            }),
        Mutation(
            .takesFirstTopicAlternative, "a topic filter ends at the first |",
            subscribing { exchange in
                guard let first = exchange.topicExpression?.split(separator: "|").first else { return }
                exchange.perform { $0.change("TopicExpression") { $0.text = String(first) } }
            }),
        Mutation(
            .refusesTopicSubtrees, "a topic filter with //. is refused",
            subscribing { exchange in
                if exchange.topicExpression?.contains("//.") == true { exchange.refuse() }
            }),
        Mutation(
            .takesTopicSubtreeForAnother, "a topic filter with //. stands for tns1:Media/ProfileChanged",
            subscribing { exchange in
                guard exchange.topicExpression?.contains("//.") == true else { return }
                exchange.perform { $0.change("TopicExpression") { $0.text = EventTopic.profileChanged.path } }
            }),
        Mutation(
            .ignoresContentFilter, "every message passes a content filter",
            subscribing { $0.perform { $0.remove("MessageContent") } }),
        Mutation(
            .contentFilterRefused, "a content filter is refused",
            subscribing { exchange in
                if exchange.request.child("Filter")?.child("MessageContent") != nil { exchange.refuse() }
            }),
        Mutation(
            .contentFilterLetsNothingThrough, "no message passes a content filter",
            subscribing { exchange in
                exchange.perform {
                    $0.change("MessageContent") { $0.text = "boolean(//tt:SimpleItem[@Name=\"none\"])" }
                }
            }),
        Mutation(
            .invalidFiltersAccepted, "an invalid filter counts as no filter",
            subscribing { exchange in
                if case .failure = exchange.result { exchange.perform { $0.remove("Filter") } }
            }),
        Mutation(
            .invalidFiltersPlainlyRefused, "an invalid filter is refused without the fault's element",
            subscribing { exchange in
                if case .failure = exchange.result { exchange.refuse() }
            }),
    ]

    /// Both ways to subscribe.
    private static func subscribing(_ change: @escaping @Sendable (inout Exchange) -> Void) -> Rule {
        .exchange(operation: nil, service: .events) { exchange in
            guard ["CreatePullPointSubscription", "Subscribe"].contains(exchange.entry.name) else { return }
            change(&exchange)
        }
    }
}

extension Exchange {
    /// The text of the topic filter; nil without one.
    fileprivate var topicExpression: String? { request.child("Filter")?.child("TopicExpression")?.text }
}
