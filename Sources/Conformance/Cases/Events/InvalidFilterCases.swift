import ONVIF

/// Filters that no device can follow.
extension TestCase {
    static let subscribeWithInvalidContentFilter = TestCase(
        id: "EVENT-2-1-19",
        title: "BASIC NOTIFICATION INTERFACE - INVALID MESSAGE CONTENT FILTER",
        covers: .core("9.4.4"), .core("9.9"),
        requires: [.events, .basicNotification],
        mutants: .invalidFiltersAccepted, .invalidFiltersPlainlyRefused, .faultActionsAreWrong, .faultsFromTheFuture
    ) { device, findings in
        try await refuseInvalidContent(.push, device, &findings)
    }

    static let subscribeWithInvalidTopicExpression = TestCase(
        id: "EVENT-2-1-23",
        title: "BASIC NOTIFICATION INTERFACE - INVALID TOPIC EXPRESSION",
        covers: .core("9.6.3"), .core("9.9"),
        requires: [.events, .basicNotification],
        mutants: .invalidFiltersAccepted, .invalidFiltersPlainlyRefused, .faultActionsAreWrong, .faultsFromTheFuture
    ) { device, findings in
        try await refuseInvalidTopic(.push, device, &findings)
    }

    static let pullPointWithInvalidContentFilter = TestCase(
        id: "EVENT-3-1-17",
        title: "REALTIME PULLPOINT SUBSCRIPTION - INVALID MESSAGE CONTENT FILTER",
        covers: .core("9.4.4"), .core("9.9"),
        requires: [.events, .pullPoints],
        mutants: .invalidFiltersAccepted, .invalidFiltersPlainlyRefused, .faultActionsAreWrong, .faultsFromTheFuture
    ) { device, findings in
        try await refuseInvalidContent(.pull, device, &findings)
    }

    static let pullPointWithInvalidTopicExpression = TestCase(
        id: "EVENT-3-1-22",
        title: "REALTIME PULLPOINT SUBSCRIPTION - INVALID TOPIC EXPRESSION",
        covers: .core("9.6.3"), .core("9.9"),
        requires: [.events, .pullPoints],
        mutants: .invalidFiltersAccepted, .invalidFiltersPlainlyRefused, .faultActionsAreWrong, .faultsFromTheFuture
    ) { device, findings in
        try await refuseInvalidTopic(.pull, device, &findings)
    }

    private enum Way { case pull, push }

    /// One parenthesis too many.
    private static func refuseInvalidContent(
        _ way: Way, _ device: TestDevice, _ findings: inout Findings
    ) async throws {
        let filter = EventFilterMarkup.content("boolean((//tt:SimpleItem[@Name=\"xyz\" and @Value=\"xyz\"])")
        let reply = try await subscribe(way, device, filter)
        findings.expectNotificationFault(
            reply, now: await device.link.deviceTime, "InvalidFilterFault", "InvalidMessageContentExpressionFault",
            clause: .core("9.4.4"))
    }

    private static func refuseInvalidTopic(
        _ way: Way, _ device: TestDevice, _ findings: inout Findings
    ) async throws {
        let text = way == .pull ? "xyz" : "boolean(//tt:SimpleItem[@Name=\"xyz\" and @Value=\"xyz\"])"
        let reply = try await subscribe(way, device, EventFilterMarkup.expression(text))
        findings.expectNotificationFault(
            reply, now: await device.link.deviceTime, "InvalidFilterFault", "TopicNotSupportedFault",
            "InvalidTopicExpressionFault",
            clause: .core("9.6.3"))
    }

    /// A subscription that comes about nevertheless is ended after the case.
    private static func subscribe(_ way: Way, _ device: TestDevice, _ filter: Markup) async throws -> Reply {
        let life = EventTime.text(of: EventPatience.shortLife)
        let reply: Reply
        switch way {
        case .pull:
            reply = try await device.askEvents(
                "CreatePullPointSubscription",
                "<tev:Filter>\(filter)</tev:Filter><tev:InitialTerminationTime>\(life)</tev:InitialTerminationTime>")
        case .push:
            // Nobody needs to listen: the request has to be refused.
            let consumer = "http://\(try await LocalAddress.authority(facing: device.link.target.url))/"
            reply = try await device.askEvents(
                "Subscribe",
                """
                <wsnt:ConsumerReference><wsa:Address>\(consumer)</wsa:Address></wsnt:ConsumerReference>\
                <wsnt:Filter>\(filter)</wsnt:Filter>\
                <wsnt:InitialTerminationTime>\(life)</wsnt:InitialTerminationTime>
                """)
        }
        if let endpoint = Endpoint(reply.answer?.node("tev:SubscriptionReference | wsnt:SubscriptionReference")) {
            device.afterwards("the end of the subscription") { device in
                _ = try? await device.askEvents("Unsubscribe", at: endpoint)
            }
        }
        return reply
    }
}
