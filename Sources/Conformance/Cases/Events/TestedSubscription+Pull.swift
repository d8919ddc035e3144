/// Source: ONVIF Core 26.06 §9.1.2 Pull messages.
extension TestedSubscription {
    /// What a PullMessages brought.
    struct Pulled: Sendable {
        let answer: Answer
        let times: SubscriptionTimes
        let messages: [TestedNotification]
    }

    /// Fetches messages, with a synchronization point asked for while the device holds the request if it likes.
    ///
    /// Timeout or limit that the device finds too high are tried anew with those that it names.
    func pull(
        timeout: Duration, limit: Int, synchronizing: Bool = false, _ findings: inout Findings
    ) async throws -> Pulled {
        async let pending = askForMessages(timeout: timeout, limit: limit)
        if synchronizing { try await synchronize(&findings) }
        var reply = try await pending
        if let fault = reply.fault, fault.detail == "PullMessagesFaultResponse",
            let longest = EventTime.duration(fault.details["MaxTimeout"]),
            let most = fault.details["MaxMessageLimit"].flatMap({ Int($0) })
        {
            findings.expectAction(of: reply)
            reply = try await askForMessages(timeout: min(timeout, longest), limit: min(limit, most))
        }
        return try judge(reply, limit: limit, &findings)
    }

    /// Asks once and takes whatever comes.
    func askForMessages(timeout: Duration, limit: Int) async throws -> Reply {
        try await ask(
            "PullMessages",
            "<tev:Timeout>\(EventTime.text(of: timeout))</tev:Timeout><tev:MessageLimit>\(limit)</tev:MessageLimit>",
            patience: timeout)
    }

    /// Expects an answer with sound times and no more messages than asked for.
    func judge(_ reply: Reply, limit: Int, _ findings: inout Findings) throws -> Pulled {
        findings.expectAction(of: reply)
        let answer = try reply.success()
        let times = try findings.requireTimes(of: answer, clause: .core("9.1.2"))
        let messages = TestedNotification.all(in: answer)
        findings.expect(
            messages.count <= limit, "at most \(limit) messages, as MessageLimit says", found: "\(messages.count)",
            clause: .core("9.1.2"), in: answer)
        for message in messages { message.expectWellFormed(now: times.current, in: answer, &findings) }
        return Pulled(answer: answer, times: times, messages: messages)
    }

    /// Pulls one message after the other until one fits.
    ///
    /// - `each`: judges every message that comes, the one that fits included.
    /// - Returns: nil when none came within the bound.
    func first(
        within limit: Duration = EventPatience.property, _ findings: inout Findings,
        each judge: (TestedNotification, Answer, inout Findings) throws -> Void = { _, _, _ in },
        where fits: (TestedNotification) -> Bool
    ) async throws -> TestedNotification? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while clock.now < end {
            let pulled = try await pull(timeout: end - clock.now, limit: 1, &findings)
            for message in pulled.messages { try judge(message, pulled.answer, &findings) }
            if let found = pulled.messages.first(where: fits) { return found }
            if pulled.messages.isEmpty, clock.now < end { try await Task.sleep(for: EventPatience.pause) }
        }
        return nil
    }

    /// A property that the device has, one with a source rather than one without.
    ///
    /// - Returns: nil when no message said `Initialized` within the bound.
    static func property(of device: TestDevice, _ findings: inout Findings) async throws -> TestedNotification? {
        let subscription = try await open(on: device, &findings)
        let clock = ContinuousClock()
        let end = clock.now + EventPatience.property
        var found: TestedNotification?
        while clock.now < end {
            let pulled = try await subscription.pull(timeout: EventPatience.pause, limit: messagesAtOnce, &findings)
            let properties = pulled.messages.filter { $0.isInitialized && $0.topic != nil }
            if let property = properties.first(where: { !$0.source.isEmpty }) {
                found = property
                break
            }
            found = found ?? properties.first
            if pulled.messages.isEmpty {
                if found != nil { break }
                try await Task.sleep(for: EventPatience.pause)
            }
        }
        try await subscription.end(&findings)
        return found
    }

    /// MessageLimit of requests that want all there is.
    private static let messagesAtOnce = 20
}
