/// Which properties a case may work with: what the official tool has its operator name.
extension TestDevice {
    /// A property that is announced and that the device has, one with a source rather than one without; told to a pull
    /// point.
    ///
    /// - Returns: nil where no announced topic is a property: then there is nothing to test.
    /// - Throws: the end of the case for an empty topic set, and for a device that tells no property at once.
    func announcedProperty(
        _ findings: inout Findings
    ) async throws -> (topic: TestedTopic, property: TestedNotification)? {
        try await announced(&findings) { device, findings in
            try await TestedSubscription.property(of: device, &findings)
        }
    }

    /// The same, told to a consumer.
    func notifiedProperty(
        _ findings: inout Findings
    ) async throws -> (topic: TestedTopic, property: TestedNotification)? {
        try await announced(&findings) { device, findings in
            try await NotificationListener.serving(for: device) { listener in
                let subscription = try await TestedSubscription.open(.push(listener.address), on: device, &findings)
                let messages = try await listener.messages(for: device, &findings) {
                    $0.isInitialized && !$0.source.isEmpty
                }
                try await subscription.end(&findings)
                let properties = messages.filter { $0.isInitialized && $0.topic != nil }
                return properties.first { !$0.source.isEmpty } ?? properties.first
            }
        }
    }

    private func announced(
        _ findings: inout Findings,
        byTelling tell: (TestDevice, inout Findings) async throws -> TestedNotification?
    ) async throws -> (topic: TestedTopic, property: TestedNotification)? {
        let answer = try await callEvents("GetEventProperties", &findings)
        let topics = TopicDescription.all(in: answer)
        guard !topics.isEmpty else {
            findings.record(
                expected: "at least one topic in TopicSet", found: "none", clause: .core("9.7"), in: answer)
            throw CaseEnd.nothingMoreToTest
        }
        guard topics.contains(where: \.isProperty) else { return nil }
        let property = try findings.require(
            try await tell(self, &findings),
            "a message of a property, Initialized, to a new subscription within \(EventPatience.property)",
            clause: .core("9.4.2"))
        let topic = try findings.require(property.topic, "the topic of a property")
        findings.expect(
            topics.contains { $0.topic == topic && $0.isProperty },
            "\(topic), which is told, as a property in TopicSet",
            found: topics.contains { $0.topic == topic } ? "it is none" : "it is not there", clause: .core("9.7"),
            in: answer)
        return (topic, property)
    }

    /// The topics of the properties that the device has, in the order in which it tells them.
    ///
    /// - Returns: fewer than `count` where fewer topics are announced as properties.
    /// - Throws: the end of the case when the device has fewer than are announced, and too few.
    func propertyTopics(atLeast count: Int, _ findings: inout Findings) async throws -> [TestedTopic] {
        let answer = try await callEvents("GetEventProperties", &findings)
        let announced = Set(TopicDescription.all(in: answer).filter(\.isProperty).map(\.topic))
        guard announced.count >= count else { return [] }
        let pullPoint = try await TestedSubscription.open(on: self, &findings)
        var topics: [TestedTopic] = []
        // The first pull without news ends the list; each has at least one message, so the loop ends.
        for _ in 0..<Self.pullLimit {
            let pulled = try await pullPoint.pull(timeout: EventPatience.pause, limit: Self.messagesAtOnce, &findings)
            if pulled.messages.isEmpty { break }
            for message in pulled.messages where message.isInitialized {
                if let topic = message.topic, !topics.contains(topic) { topics.append(topic) }
            }
            if topics.count == announced.count { break }
        }
        try await pullPoint.end(&findings)
        guard topics.count >= count else {
            throw CaseEnd.notTestable(reason: "the device tells \(topics.count) properties, not \(count)")
        }
        return topics
    }

    private static let pullLimit = 20
    private static let messagesAtOnce = 20
}
