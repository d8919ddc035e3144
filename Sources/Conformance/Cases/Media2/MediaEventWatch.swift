/// A pull point that hears of one topic only, for steps that must be told of by an event.
struct MediaEventWatch {
    /// How long an event may take; the "operation delay" of the official tool.
    static let patience = Duration.seconds(5)
    /// Messages looked at while waiting for one event.
    private static let messageLimit = 100

    let topic: String
    private let endpoint: Endpoint

    /// - Returns: `nil` where the device has no pull points or not that event.
    static func on(_ topic: String, _ feature: Feature, _ device: TestDevice) async throws -> MediaEventWatch? {
        guard await device.has(.pullPoints), await device.has(feature) else { return nil }
        let dialect = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
        let answer = try await device.call(
            "CreatePullPointSubscription", in: .events,
            """
            <tev:Filter><wsnt:TopicExpression Dialect="\(dialect)">\(topic)</wsnt:TopicExpression></tev:Filter>
            """)
        guard let endpoint = Endpoint(answer.node("tev:SubscriptionReference")) else {
            throw CaseEnd.missing(
                path: "tev:SubscriptionReference/wsa:Address", operation: answer.operation, exchange: answer.exchange)
        }
        device.afterwards("subscription") { device in
            let reply = try await device.reply(
                toElement: "<wsnt:Unsubscribe/>", operation: "Unsubscribe", in: .events, at: endpoint)
            _ = try reply.success()
        }
        return MediaEventWatch(topic: topic, endpoint: endpoint)
    }

    static func onProfiles(_ device: TestDevice) async throws -> MediaEventWatch? {
        try await on("tns1:Media/ProfileChanged", .profileChangedEvent, device)
    }

    static func onConfigurations(_ device: TestDevice) async throws -> MediaEventWatch? {
        try await on("tns1:Media/ConfigurationChanged", .configurationChangedEvent, device)
    }

    /// Pulls until an event has these source items.
    ///
    /// `change`: what the event tells of, for the finding.
    func expect(
        _ items: [(name: String, value: String)], after change: String, _ device: TestDevice, clause: Clause,
        _ findings: inout Findings
    ) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + Self.patience
        var heard: [String] = []
        while heard.count < Self.messageLimit, clock.now < deadline {
            let left = deadline - clock.now
            let seconds = max(1, Int((left / .seconds(1)).rounded(.up)))
            let reply = try await device.reply(
                to: "PullMessages", in: .events,
                "<tev:Timeout>PT\(seconds)S</tev:Timeout><tev:MessageLimit>1</tev:MessageLimit>", at: endpoint,
                patience: .seconds(seconds))
            for message in try reply.success().nodes("wsnt:NotificationMessage") {
                let source = message.nodes("wsnt:Message/tt:Message/tt:Source/tt:SimpleItem")
                let found = source.map { ($0.attribute("Name") ?? "", $0.attribute("Value") ?? "") }
                if items.allSatisfy({ item in found.contains { $0 == (item.name, item.value) } }) { return }
                heard.append(found.map { "\($0.0) = \($0.1)" }.joined(separator: ", "))
            }
        }
        let wanted = items.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
        findings.record(
            expected: "the event \(topic) with \(wanted) within \(Self.patience) after \(change)",
            found: heard.isEmpty ? "no event" : "events with " + heard.joined(separator: "; "), clause: clause)
    }
}
