import ONVIF

/// Pull points: their life.
extension TestCase {
    static let createPullPointSubscription = TestCase(
        id: "EVENT-3-1-9",
        title: "REALTIME PULLPOINT SUBSCRIPTION - CREATE PULL POINT SUBSCRIPTION",
        covers: .core("9.1.1"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .subscriptionReferenceIsNoAddress, .subscriptionsEndAtOnce,
        .subscriptionsEndTooEarly, .subscriptionTimesMissing, .subscriptionsRefused
    ) { device, findings in
        _ = try await TestedSubscription.open(on: device, life: EventPatience.shortLife, &findings)
    }

    /// Profile T leaves the renewal of pull points to PullMessages.
    static let renewOfPullPoint = TestCase(
        id: "EVENT-3-1-12",
        title: "REALTIME PULLPOINT SUBSCRIPTION - RENEW",
        covers: .core("9.1.3"),
        requires: [.events, .pullPoints],
        profiles: [.s, .g],
        mutants: .eventActionsAreWrong, .renewRefused, .renewEndsAtOnce, .renewEndsTooEarly
    ) { device, findings in
        let subscription = try await TestedSubscription.open(on: device, life: EventPatience.shortLife, &findings)
        try await subscription.renew(until: EventTime.text(of: EventPatience.shortLife), &findings)
    }

    static let unsubscribePullPointTwice = TestCase(
        id: "EVENT-3-1-19",
        title: "REALTIME PULLPOINT SUBSCRIPTION - UNSUBSCRIBE (NEGATIVE TEST)",
        covers: .core("9.1.4"), .core("9.1.6"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .unsubscribeForgotten, .unsubscribeRefused, .faultActionsAreWrong
    ) { device, findings in
        let subscription = try await TestedSubscription.open(on: device, life: EventPatience.shortLife, &findings)
        try await subscription.end(&findings)
        findings.expectFault(
            of: try await subscription.ask("Unsubscribe"), "as the pull point is gone", clause: .core("9.1.6"))
    }

    static let unsubscribePullPoint = TestCase(
        id: "EVENT-3-1-36",
        title: "REALTIME PULLPOINT SUBSCRIPTION - UNSUBSCRIBE",
        covers: .core("9.1.4"),
        requires: [.events, .pullPoints],
        mutants: .eventActionsAreWrong, .unsubscribeRefused
    ) { device, findings in
        let subscription = try await TestedSubscription.open(on: device, life: nil, &findings)
        try await subscription.end(&findings)
    }

    static let maximumNumberOfPullPoints = TestCase(
        id: "EVENT-3-1-37",
        title: "REALTIME PULLPOINT SUBSCRIPTION – MAXIMUM SUPPORTED NUMBER OF NOTIFICATION PULL POINTS",
        covers: .core("9.1.6"), .core("9.8"),
        requires: [.events, .pullPoints, .maxPullPoints],
        timeout: .seconds(180),
        mutants: .fewerPullPointsThanAnnounced, .pullPointsShareAnAddress, .pullPointsTellNothing,
        .eventActionsAreWrong
    ) { device, findings in
        let capabilities = try await device.call("GetServiceCapabilities", in: .events)
        let limit = try findings.require(
            capabilities.text("tev:Capabilities/@MaxPullPoints").flatMap { Int($0) }, "MaxPullPoints", in: capabilities)
        guard limit >= 2 else { return }
        let properties = try await device.callEvents("GetEventProperties", &findings)
        let hasProperties = TopicDescription.all(in: properties).contains(where: \.isProperty)
        var pullPoints: [TestedSubscription] = []
        for number in 1...limit {
            let pullPoint = try await TestedSubscription.open(on: device, life: nil, &findings)
            let isNew = !pullPoints.contains { $0.endpoint == pullPoint.endpoint }
            pullPoints.append(pullPoint)
            guard
                findings.expect(
                    isNew, "an endpoint of its own for pull point \(number) of \(limit)",
                    found: "\(pullPoint.endpoint.address) once more", clause: .core("9.1.6"))
            else { return }
            guard hasProperties else { continue }
            let message = try await pullPoint.first(&findings) { _ in true }
            _ = try findings.require(
                message, "a property told to pull point \(number) of \(limit) within \(EventPatience.property)",
                clause: .core("9.4.2"))
        }
        for pullPoint in pullPoints { try await pullPoint.end(&findings) }
        if !hasProperties {
            throw CaseEnd.notTestable(reason: "no topic is a property, so there is no event to wait for")
        }
    }
}
