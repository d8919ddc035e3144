import Foundation
import ONVIF

extension TestCase {
    static let pullMessages = TestCase(
        id: "EVENT-3-1-15",
        title: "REALTIME PULLPOINT SUBSCRIPTION - PULLMESSAGES",
        covers: .core("9.1.2"), .core("9.5"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .pullsMoreThanAsked, .messagesAreNoProperties, .messagesFromTheFuture,
        .messagesWithoutTopic, .messagesWithoutContent, .pullEndsAtOnce, .synchronizationPointRefused,
        .pullPointsTellNothing
    ) { device, findings in
        let pullPoint = try await TestedSubscription.open(on: device, &findings)
        _ = try await pullPoint.propertyAfterSynchronization(&findings)
    }

    static let pullMessagesWithTopicFilter = TestCase(
        id: "EVENT-3-1-16",
        title: "REALTIME PULLPOINT SUBSCRIPTION - PULLMESSAGES FILTER",
        covers: .core("9.1.2"), .core("9.6.3"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .ignoresTopicFilter, .topicSetEmpty,
        .messagesAreNoProperties, .messagesFromTheFuture, .pullEndsAtOnce, .topicSetWithoutAlarms
    ) { device, findings in
        guard let (topic, _) = try await device.announcedProperty(&findings) else { return }
        let pullPoint = try await TestedSubscription.open(
            on: device, filter: EventFilterMarkup.topics([topic]), &findings)
        let messages = try await pullPoint.propertyAfterSynchronization(&findings)
        for message in messages {
            findings.expect(
                message.topic == topic, "only messages of \(topic), as the filter says",
                found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"))
        }
    }

    static let pullMessagesAsKeepAlive = TestCase(
        id: "EVENT-3-1-24",
        title: "REALTIME PULLPOINT SUBSCRIPTION – PULLMESSAGES AS KEEP-ALIVE",
        covers: .core("9.1.1"), .core("9.1.2"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .pullDoesNotProlong, .pullEndsAtOnce, .subscriptionTimesMissing,
        .pullRefusesLongTimeoutPlainly, .pullRefusesLongTimeoutAndDoesNotProlong
    ) { device, findings in
        _ = try await device.callEvents("GetEventProperties", &findings)
        let pullPoint = try await TestedSubscription.open(on: device, life: nil, &findings)
        // The device's clock must move on, or the same life from now on would end at the same second.
        try await Task.sleep(for: EventPatience.pause)
        let life = Duration.seconds(pullPoint.terminationTime.timeIntervalSince(pullPoint.currentTime))
        var timeout = life + beyondLife
        var reply = try await pullPoint.askForMessages(timeout: timeout, limit: 1)
        if let fault = reply.fault {
            findings.expectAction(of: reply)
            let longest = try findings.require(
                fault.detail == "PullMessagesFaultResponse" ? EventTime.duration(fault.details["MaxTimeout"]) : nil,
                "PullMessagesFaultResponse with MaxTimeout for a timeout of \(timeout)", found: "\(fault)",
                clause: .core("9.1.2"))
            timeout = longest
            reply = try await pullPoint.askForMessages(timeout: timeout, limit: 1)
        }
        let pulled = try pullPoint.judge(reply, limit: 1, &findings)
        // A timeout below the first life need not prolong it.
        guard timeout + clockResolution >= life else { return }
        findings.expect(
            pulled.times.termination > pullPoint.terminationTime,
            "TerminationTime after \(EventTime.text(of: pullPoint.terminationTime)), that of the creation",
            found: EventTime.text(of: pulled.times.termination), clause: .core("9.1.1"), in: pulled.answer)
    }

    static let pullMessagesTimeout = TestCase(
        id: "EVENT-3-1-32",
        title: "REALTIME PULLPOINT SUBSCRIPTION – PULLMESSAGES TIMEOUT",
        covers: .core("9.1.2"),
        requires: [.events, .pullPoints],
        timeout: .seconds(120),
        mutants: .eventActionsAreWrong, .pullEndsAtOnce, .pullRefusesMinute, .unsubscribeRefused
    ) { device, findings in
        let pullPoint = try await TestedSubscription.open(on: device, life: nil, &findings)
        // The timeout that a device must accept (ONVIF Core 26.06 §9.1.2).
        let reply = try await pullPoint.askForMessages(timeout: .seconds(60), limit: 1)
        _ = try pullPoint.judge(reply, limit: 1, &findings)
        try await pullPoint.end(&findings)
    }

    static let pullMessagesWithTopicAlternatives = TestCase(
        id: "EVENT-3-1-33",
        title: "REALTIME PULLPOINT SUBSCRIPTION – CONJUNCTION IN PULLMESSAGES FILTER (OR OPERATION)",
        covers: .core("9.6.3"),
        requires: [.events, .pullPoints],
        mutants: .ignoresTopicFilter, .refusesTopicAlternatives, .takesFirstTopicAlternative
    ) { device, findings in
        let topics = try await device.propertyTopics(atLeast: 2, &findings)
        guard topics.count >= 2 else { return }
        // The last two: what the device tells first is then none of them, unless there are no more.
        let asked = Array(topics.suffix(2))
        let pullPoint = try await TestedSubscription.open(
            on: device, filter: EventFilterMarkup.topics(asked), &findings)
        var missing = Set(asked)
        let last = try await pullPoint.first(&findings) { message, answer, findings in
            if let topic = message.topic { missing.remove(topic) }
            findings.expect(
                message.topic.map(asked.contains) == true, "a message of \(asked[0]) or \(asked[1])",
                found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"), in: answer)
        } where: { _ in
            missing.isEmpty
        }
        findings.expect(
            last != nil, "messages of both topics within \(EventPatience.property)",
            found: "none of \(missing.map(\.description).joined(separator: ", "))", clause: .core("9.6.3"))
        try await pullPoint.end(&findings)
    }

    static let pullMessagesWithTopicSubtree = TestCase(
        id: "EVENT-3-1-34",
        title: "REALTIME PULLPOINT SUBSCRIPTION – TOPIC SUB-TREE IN PULLMESSAGES FILTER",
        covers: .core("9.6.3"),
        requires: [.events, .pullPoints],
        mutants: .ignoresTopicFilter, .refusesTopicSubtrees, .takesTopicSubtreeForAnother
    ) { device, findings in
        guard let (topic, _) = try await device.announcedProperty(&findings) else { return }
        guard let root = topic.steps.first.map({ TestedTopic(steps: [$0]) }) else { return }
        let pullPoint = try await TestedSubscription.open(
            on: device, filter: EventFilterMarkup.topics([root], withDescendants: true), &findings)
        let found = try await pullPoint.first(&findings) { message, answer, findings in
            findings.expect(
                message.topic?.isIn(subtreeOf: root) == true, "only messages of topics in \(root)",
                found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"), in: answer)
        } where: {
            $0.topic == topic
        }
        _ = try findings.require(
            found, "a message of \(topic), which is in \(root), within \(EventPatience.property)",
            clause: .core("9.6.3"))
        try await pullPoint.end(&findings)
    }

    /// What the times of a device are told to at best.
    private static let clockResolution = Duration.milliseconds(10)
    /// By how much the long timeout is longer than the life of the pull point.
    private static let beyondLife = Duration.seconds(20)
}

extension TestedSubscription {
    /// Asks for two messages with a synchronization point meanwhile, and goes on until one is of a property.
    ///
    /// - Returns: the messages of the answer that has it; the end of the case when none came within the bound.
    func propertyAfterSynchronization(_ findings: inout Findings) async throws -> [TestedNotification] {
        let clock = ContinuousClock()
        let end = clock.now + EventPatience.property
        var pulled = try await pull(timeout: EventPatience.property, limit: 2, synchronizing: true, &findings)
        while !pulled.messages.contains(where: { $0.operation != nil }), clock.now < end {
            if pulled.messages.isEmpty { try await Task.sleep(for: EventPatience.pause) }
            pulled = try await pull(timeout: end - clock.now, limit: 2, &findings)
        }
        _ = try findings.require(
            pulled.messages.first { $0.operation != nil },
            "a message of a property after SetSynchronizationPoint within \(EventPatience.property)",
            clause: .core("9.5"), in: pulled.answer)
        return pulled.messages
    }
}
