import ONVIF

/// Requests whose namespaces are written otherwise than usual, and mean the same.
extension TestCase {
    static let eventsDefaultNamespaceInEachTag = TestCase(
        id: "EVENT-4-1-6",
        title: "EVENT - NAMESPACES (DEFAULT NAMESPACES FOR EACH TAG)",
        covers: .core("5.3"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .mindsDefaultNamespaces, .mindsPrefixes, .subscriptionsRefused
    ) { device, findings in
        try await subscribe(on: device, style: .defaultInEachTag, &findings)
    }

    static let eventsDefaultNamespaceInParentTag = TestCase(
        id: "EVENT-4-1-7",
        title: "EVENT - NAMESPACES (DEFAULT NAMESPACES FOR PARENT TAG)",
        covers: .core("5.3"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .mindsDefaultNamespaces, .mindsPrefixes, .subscriptionsEndAtOnce
    ) { device, findings in
        try await subscribe(on: device, style: .defaultInParentTag, &findings)
    }

    static let eventsUnusualPrefixes = TestCase(
        id: "EVENT-4-1-8",
        title: "EVENT - NAMESPACES (NOT STANDARD PREFIXES)",
        covers: .core("5.3"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .mindsPrefixes, .eventActionsAreWrong
    ) { device, findings in
        try await subscribe(on: device, style: .unusualPrefixes, &findings)
    }

    static let eventsSeveralPrefixes = TestCase(
        id: "EVENT-4-1-9",
        title: "EVENT - NAMESPACES (DIFFERENT PREFIXES FOR THE SAME NAMESPACE)",
        covers: .core("5.3"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .mindsPrefixes, .subscriptionReferenceIsNoAddress
    ) { device, findings in
        try await subscribe(on: device, style: .severalPrefixes, &findings)
    }

    static let eventsOnePrefix = TestCase(
        id: "EVENT-4-1-10",
        title: "EVENT - NAMESPACES (THE SAME PREFIX FOR DIFFERENT NAMESPACES)",
        covers: .core("5.3"), .core("9.3.2"),
        requires: [.events, .basicNotification],
        mutants: .mindsRedeclaredPrefixes, .mindsPrefixes, .eventActionsAreWrong, .subscriptionsEndTooEarly
    ) { device, findings in
        try await subscribe(on: device, style: .onePrefix, &findings)
    }

    /// Once with the usual prefixes, once in the style: the device must do the same.
    private static func subscribe(
        on device: TestDevice, style: NamespaceStyle, _ findings: inout Findings
    ) async throws {
        try await NotificationListener.serving(for: device) { listener in
            for style in [nil, style] {
                let subscription = try await TestedSubscription.open(
                    .push(listener.address), on: device, life: EventPatience.shortLife, style: style, &findings)
                try await subscription.end(&findings)
            }
        }
    }
}

extension TestDevice {
    /// Subscribes a consumer with the namespaces written in that way.
    func subscribe(_ consumer: String, life: String?, style: NamespaceStyle) async throws -> Reply {
        guard let service = await link.address(of: .events) else {
            throw CaseEnd.notTestable(reason: "the device announces no address of the event service")
        }
        let action = WSAddressing.action(of: "Subscribe", in: .events)
        let anonymous = "http://www.w3.org/2005/08/addressing/anonymous"
        let header = [
            MessageElement("wsa", "Action", text: action), MessageElement("wsa", "To", text: service),
            MessageElement("wsa", "MessageID", text: "urn:uuid:" + WSAddressing.uuid()),
            MessageElement("wsa", "ReplyTo", [MessageElement("wsa", "Address", text: anonymous)]),
        ]
        var children = [
            MessageElement("wsnt", "ConsumerReference", [MessageElement("wsa", "Address", text: consumer)])
        ]
        if let life { children.append(MessageElement("wsnt", "InitialTerminationTime", text: life)) }
        return try await reply(
            to: MessageElement("wsnt", "Subscribe", children), style: style, header: header, at: service,
            action: action)
    }
}
