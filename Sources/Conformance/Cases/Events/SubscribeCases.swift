import Foundation
import ONVIF

/// Basic notification: the life of a subscription.
extension TestCase {
    static let subscribe = TestCase(
        id: "EVENT-2-1-9",
        title: "BASIC NOTIFICATION INTERFACE - SUBSCRIBE",
        covers: .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .eventActionsAreWrong, .subscriptionReferenceIsNoAddress, .subscriptionsEndAtOnce,
        .subscriptionsEndTooEarly, .subscriptionTimesMissing, .subscriptionsRefused
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            _ = try await TestedSubscription.open(
                .push(listener.address), on: device, life: EventPatience.shortLife, &findings)
        }
    }

    static let renewOfSubscribe = TestCase(
        id: "EVENT-2-1-12",
        title: "BASIC NOTIFICATION INTERFACE - RENEW",
        covers: .core("9.3.2"), .core("9.1.3"),
        requires: [.events, .basicNotification],
        mutants: .eventActionsAreWrong, .renewRefused, .renewEndsAtOnce, .renewEndsTooEarly
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(
                .push(listener.address), on: device, life: EventPatience.shortLife, &findings)
            try await subscription.renew(until: EventTime.text(of: EventPatience.shortLife), &findings)
            let end = await device.link.deviceTime.addingTimeInterval(EventPatience.shortLife / .seconds(1))
            try await subscription.renew(until: EventTime.text(of: end), &findings)
        }
    }

    static let renewAfterUnsubscribe = TestCase(
        id: "EVENT-2-1-21",
        title: "BASIC NOTIFICATION INTERFACE - UNSUBSCRIBE (NEGATIVE TEST)",
        covers: .core("9.1.4"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .eventActionsAreWrong, .unsubscribeForgotten, .unsubscribeRefused, .faultActionsAreWrong
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(
                .push(listener.address), on: device, life: EventPatience.shortLife, &findings)
            try await subscription.end(&findings)
            let life = EventTime.text(of: EventPatience.shortLife)
            let reply = try await subscription.ask("Renew", "<wsnt:TerminationTime>\(life)</wsnt:TerminationTime>")
            findings.expectFault(of: reply, "as the subscription is over", clause: .core("9.1.4"))
        }
    }

    static let unsubscribeTwice = TestCase(
        id: "EVENT-2-1-22",
        title: "BASIC NOTIFICATION INTERFACE - RESOURCE UNKNOWN",
        covers: .core("9.1.4"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .eventActionsAreWrong, .unsubscribeForgotten, .unsubscribeRefused, .faultActionsAreWrong
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(
                .push(listener.address), on: device, life: EventPatience.shortLife, &findings)
            try await subscription.end(&findings)
            findings.expectFault(
                of: try await subscription.ask("Unsubscribe"), "as the subscription is over", clause: .core("9.1.4"))
        }
    }

    static let unsubscribeOfSubscribe = TestCase(
        id: "EVENT-2-1-28",
        title: "BASIC NOTIFICATION INTERFACE - UNSUBSCRIBE",
        covers: .core("9.1.4"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .eventActionsAreWrong, .unsubscribeRefused
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(.push(listener.address), on: device, &findings)
            try await subscription.end(&findings)
        }
    }
}

extension Findings {
    /// Records that there is no fault, or one with another action than that of faults.
    mutating func expectFault(of reply: Reply, _ reason: String, clause: Clause) {
        guard reply.fault != nil else {
            record(expected: "a fault from \(reply.operation), \(reason)", found: reply.summary, clause: clause)
            return
        }
        expectAction(of: reply)
    }
}
