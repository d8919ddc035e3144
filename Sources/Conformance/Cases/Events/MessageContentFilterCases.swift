import ONVIF

extension TestCase {
    static let messageContentFilter = TestCase(
        id: "EVENT-3-1-38",
        title: "REALTIME PULLPOINT SUBSCRIPTION - MESSAGE CONTENT FILTER",
        covers: .core("9.4.4"),
        requires: [.events, .pullPoints, .messageContentFilter],
        mutants: .ignoresContentFilter, .contentFilterRefused, .contentFilterLetsNothingThrough, .ignoresTopicFilter,
        .eventActionsAreWrong
    ) { device, findings in
        let properties = try await device.callEvents("GetEventProperties", &findings)
        guard TopicDescription.all(in: properties).contains(where: \.isProperty),
            properties.texts("tev:MessageContentFilterDialect").contains(EventFilterMarkup.itemFilter),
            let (topic, _) = try await device.announcedProperty(&findings)
        else { return }
        let byTopic = try await TestedSubscription.open(
            on: device, life: nil, filter: EventFilterMarkup.topics([topic]), &findings)
        let property = try findings.require(
            try await byTopic.first(&findings) { $0.isInitialized },
            "a message with Initialized to the new pull point within \(EventPatience.property)",
            clause: .core("9.4.2"))
        try findings.requireTopic(topic, of: property)
        try await byTopic.end(&findings)
        guard let item = property.source.first else {
            throw CaseEnd.notTestable(reason: "no property of this device has an item in its source to filter by")
        }

        let byContent = try await TestedSubscription.open(
            on: device, life: nil, filter: EventFilterMarkup.content(item), &findings)
        let found = try await byContent.first(&findings) { message, answer, findings in
            findings.expect(
                message.items.contains(item), "only messages with \(item.name) \"\(item.value)\", as the filter says",
                found: message.topic.map { "one of \($0)" } ?? "another", clause: .core("9.4.4"), in: answer)
        } where: {
            $0.isInitialized && $0.topic == topic
        }
        _ = try findings.require(
            found, "a message of \(topic), which has the item of the filter, within \(EventPatience.property)",
            clause: .core("9.4.4"))
        try await byContent.end(&findings)
    }
}
