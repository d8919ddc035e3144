import Foundation
import ONVIF

/// Basic notification: what consumers are sent.
extension TestCase {
    static let notify = TestCase(
        id: "EVENT-2-1-17",
        title: "BASIC NOTIFICATION INTERFACE - NOTIFY",
        covers: .core("9.3.2"), .core("9.4.1"),
        requires: [.events, .basicNotification],
        mutants: .notifiesNobody, .notifiesAnotherPath, .notifyActionIsWrong, .notifyAsksForReplyWithoutMessageID,
        .notifyFromTheFuture, .notifyWithoutTopic, .synchronizationPointRefused, .eventActionsAreWrong
    ) { device, findings in
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(.push(listener.address), on: device, &findings)
            try await subscription.synchronize(&findings)
            let messages = try await listener.messages(for: device, &findings) { _ in true }
            try findings.requireMessages(messages, "a Notify after SetSynchronizationPoint")
            try await subscription.end(&findings)
        }
    }

    static let notifyWithTopicFilter = TestCase(
        id: "EVENT-2-1-18",
        title: "BASIC NOTIFICATION INTERFACE - NOTIFY FILTER",
        covers: .core("9.3.2"), .core("9.6.3"),
        requires: [.events, .basicNotification],
        mutants: .notifiesNobody, .ignoresTopicFilter, .notifyActionIsWrong, .notifyTellsNoProperties,
        .eventActionsAreWrong
    ) { device, findings in
        guard let (topic, _) = try await device.notifiedProperty(&findings) else { return }
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(
                .push(listener.address), on: device, filter: EventFilterMarkup.topics([topic]), &findings)
            try await subscription.synchronize(&findings)
            let messages = try await listener.messages(for: device, &findings) { $0.operation != nil }
            try findings.requireMessages(
                messages.filter { $0.operation != nil }, "a message of a property after SetSynchronizationPoint")
            for message in messages {
                findings.expect(
                    message.topic == topic, "only messages of \(topic), as the filter says",
                    found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"))
            }
            try await subscription.end(&findings)
        }
    }

    static let setSynchronizationPointOfSubscribe = TestCase(
        id: "EVENT-2-1-24",
        title: "BASIC NOTIFICATION INTERFACE - SET SYNCHRONIZATION POINT",
        covers: .core("9.5"), .core("9.4.2"),
        requires: [.events, .basicNotification],
        mutants: .notifiesNobody, .synchronizationPointTellsNothing, .ignoresTopicFilter, .unsubscribeRefused
    ) { device, findings in
        guard let (topic, _) = try await device.notifiedProperty(&findings) else { return }
        try await NotificationListener.serving(for: device) { listener in
            let subscription = try await TestedSubscription.open(
                .push(listener.address), on: device, filter: EventFilterMarkup.topics([topic]), &findings)
            let before = try await listener.messages(for: device, &findings) { $0.isInitialized }
            let first = try findings.require(
                before.first(where: \.isInitialized),
                "a message with Initialized to the new consumer within \(EventPatience.property)",
                clause: .core("9.4.2"))
            try findings.requireTopic(topic, of: first)
            let mark = device.log.last ?? 0
            try await subscription.synchronize(&findings)
            let after = try await listener.messages(for: device, after: mark, &findings) {
                $0.isInitialized && $0.isSameProperty(as: first)
            }
            try findings.requireMessages(
                after.filter { $0.isInitialized && $0.isSameProperty(as: first) },
                "the property \(topic) Initialized once more after SetSynchronizationPoint")
            try await subscription.end(&findings)
        }
    }
}

extension NotificationListener {
    /// The messages of all notifications with a higher number in the log than the mark, judged, once one of them fits or
    /// the time is over.
    func messages(
        for device: TestDevice, after mark: Int = 0, _ findings: inout Findings,
        until fits: @escaping @Sendable (TestedNotification) -> Bool
    ) async throws -> [TestedNotification] {
        let notifications = await notifications(within: EventPatience.property) { notification in
            (notification.answer.exchange ?? 0) > mark
                && TestedNotification.all(in: notification.answer).contains(where: fits)
        }
        let offset = await device.link.clockOffset / .seconds(1)
        var messages: [TestedNotification] = []
        for notification in notifications where (notification.answer.exchange ?? 0) > mark {
            notification.expectSound(&findings)
            let now = notification.arrived.addingTimeInterval(offset)
            for message in TestedNotification.all(in: notification.answer) {
                message.expectWellFormed(now: now, in: notification.answer, &findings)
                messages.append(message)
            }
        }
        return messages
    }
}

extension NotificationListener.Notification {
    /// Source: WS-BaseNotification 1.3 §3.2; Web Services Addressing 1.0 Core §3.4 (a reply needs a message id).
    func expectSound(_ findings: inout Findings) {
        let action = "http://docs.oasis-open.org/wsn/bw-2/NotificationConsumer/Notify"
        let found = answer.envelope("/env:Envelope/env:Header/wsa:Action")
        findings.expect(
            found == action, "wsa:Action \(action) in the header of Notify", found: found ?? "none",
            clause: .core("9.3.2"), in: answer)
        let id = answer.envelope("/env:Envelope/env:Header/wsa:MessageID")
        let asksForReply = answer.envelope("/env:Envelope/env:Header/wsa:ReplyTo") != nil
        findings.expect(
            id.map { URL(string: $0)?.scheme != nil } ?? !asksForReply,
            "wsa:MessageID, a URI, in a Notify with wsa:ReplyTo", found: id ?? "none", clause: .core("9.3.2"),
            in: answer)
        findings.expect(
            target == NotificationListener.path, "Notify to \(NotificationListener.path), as ConsumerReference says",
            found: target, clause: .core("9.3.2"), in: answer)
    }
}

extension Findings {
    /// Ends the case when no message came.
    mutating func requireMessages(_ messages: [TestedNotification], _ what: String) throws {
        _ = try require(messages.first, "\(what) within \(EventPatience.property)", clause: .core("9.5"))
    }
}
