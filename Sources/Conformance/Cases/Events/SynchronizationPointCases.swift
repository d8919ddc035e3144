import ONVIF

extension TestCase {
    static let setSynchronizationPoint = TestCase(
        id: "EVENT-3-1-25",
        title: "REALTIME PULLPOINT SUBSCRIPTION - SET SYNCHRONIZATION POINT",
        covers: .core("9.5"), .core("9.4.2"),
        requires: [.events, .pullPoints],
        mutants: .synchronizationPointTellsNothing, .synchronizationPointRefused, .ignoresTopicFilter,
        .messagesAreNoProperties, .eventActionsAreWrong, .unsubscribeRefused
    ) { device, findings in
        guard let (topic, _) = try await device.announcedProperty(&findings) else { return }
        let pullPoint = try await TestedSubscription.open(
            on: device, life: nil, filter: EventFilterMarkup.topics([topic]), &findings)
        let first = try findings.require(
            try await pullPoint.first(&findings) { $0.isInitialized },
            "a message with Initialized to the new pull point within \(EventPatience.property)",
            clause: .core("9.4.2"))
        try findings.requireTopic(topic, of: first)
        try await pullPoint.synchronize(&findings)
        let repeated = try await pullPoint.first(&findings) { $0.isInitialized && $0.isSameProperty(as: first) }
        _ = try findings.require(
            repeated, "the property \(topic) Initialized once more after SetSynchronizationPoint", clause: .core("9.5"))
        try await pullPoint.end(&findings)
    }
}

extension Findings {
    /// Ends the case for a message of another topic.
    mutating func requireTopic(_ topic: TestedTopic, of message: TestedNotification) throws {
        _ = try require(
            message.topic == topic ? message : nil, "a message of \(topic), as the filter says",
            found: message.topic.map { "\($0)" } ?? "no topic", clause: .core("9.6.3"))
    }
}
