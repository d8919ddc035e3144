import Foundation
import Synchronization

/// A subscription of a case: a pull point, or one with a consumer. The runner ends it after the case.
///
/// Source: ONVIF Core 26.06 §9.1 Real-time Pull-Point Notification Interface, §9.3 Basic Notification Interface;
/// WS-BaseNotification 1.3 §4, §6.
final class TestedSubscription: Sendable {
    enum Delivery: Sendable, Equatable {
        case pull
        /// To the address of a ``NotificationListener``.
        case push(String)
    }

    let endpoint: Endpoint
    /// As the device had it when it subscribed.
    let currentTime: Date
    let terminationTime: Date
    private let device: TestDevice
    private let isOpen = Mutex(true)

    private init(device: TestDevice, endpoint: Endpoint, currentTime: Date, terminationTime: Date) {
        self.device = device
        self.endpoint = endpoint
        self.currentTime = currentTime
        self.terminationTime = terminationTime
    }

    /// Subscribes and judges reference and times. A life that is refused as too short is tried anew with the shortest
    /// that the device accepts.
    ///
    /// - `life`: nil leaves it to the device.
    /// - `filter`: content of the Filter element; nothing for all events.
    /// - `style`: how a request to push writes its namespaces; it has no filter then.
    /// - Throws: ``CaseEnd``.
    static func open(
        _ delivery: Delivery = .pull, on device: TestDevice, life: Duration? = EventPatience.life,
        filter: Markup? = nil, style: NamespaceStyle? = nil, _ findings: inout Findings
    ) async throws -> TestedSubscription {
        let clause = Clause.core(delivery == .pull ? "9.1.1" : "9.3.2")
        var asked = life.map(EventTime.text(of:))
        var reply = try await request(delivery, on: device, life: asked, filter: filter, style: style)
        if let fault = reply.fault, fault.detail == "UnacceptableInitialTerminationTimeFault",
            let minimum = fault.details["MinimumTime"]
        {
            findings.expectAction(of: reply)
            asked = minimum
            reply = try await request(delivery, on: device, life: asked, filter: filter, style: style)
        }
        findings.expectAction(of: reply)
        let answer = try reply.success()
        let endpoint = try findings.require(
            Endpoint(answer.node("tev:SubscriptionReference | wsnt:SubscriptionReference")),
            "SubscriptionReference with an Address", clause: clause, in: answer)
        let url = URL(string: endpoint.address)
        findings.expect(
            ["http", "https"].contains(url?.scheme?.lowercased()) && url?.host()?.isEmpty == false,
            "an http address in SubscriptionReference", found: endpoint.address, clause: clause, in: answer)
        let times = try findings.requireTimes(of: answer, clause: clause)
        let earliest = asked.flatMap { text in
            EventTime.date(text) ?? EventTime.duration(text).map { times.current.addingTimeInterval($0 / .seconds(1)) }
        }
        if let earliest {
            findings.expect(
                times.termination >= earliest, "TerminationTime not before \(EventTime.text(of: earliest))",
                found: EventTime.text(of: times.termination), clause: clause, in: answer)
        }
        let subscription = TestedSubscription(
            device: device, endpoint: endpoint, currentTime: times.current, terminationTime: times.termination)
        device.afterwards("the end of the subscription") { _ in await subscription.close() }
        return subscription
    }

    private static func request(
        _ delivery: Delivery, on device: TestDevice, life: String?, filter: Markup?, style: NamespaceStyle?
    ) async throws -> Reply {
        switch delivery {
        case .push(let consumer) where style != nil:
            return try await device.subscribe(consumer, life: life, style: style ?? .usualPrefixes)
        case .pull:
            let filter = filter.map { "<tev:Filter>\($0)</tev:Filter>" as Markup }
            let life = life.map { "<tev:InitialTerminationTime>\($0)</tev:InitialTerminationTime>" as Markup }
            return try await device.askEvents("CreatePullPointSubscription", "\(filter)\(life)")
        case .push(let consumer):
            let filter = filter.map { "<wsnt:Filter>\($0)</wsnt:Filter>" as Markup }
            let life = life.map { "<wsnt:InitialTerminationTime>\($0)</wsnt:InitialTerminationTime>" as Markup }
            let reference: Markup =
                "<wsnt:ConsumerReference><wsa:Address>\(consumer)</wsa:Address></wsnt:ConsumerReference>"
            return try await device.askEvents("Subscribe", "\(reference)\(filter)\(life)")
        }
    }

    // MARK: - Requests

    /// Asks the subscription itself.
    func ask(_ operation: String, _ body: Markup = "", patience: Duration = .zero) async throws -> Reply {
        try await device.askEvents(operation, body, at: endpoint, patience: patience)
    }

    /// Has the present value of each property told anew.
    func synchronize(_ findings: inout Findings) async throws {
        let reply = try await ask("SetSynchronizationPoint")
        findings.expectAction(of: reply)
        _ = try reply.success()
    }

    /// Unsubscribes and expects success.
    func end(_ findings: inout Findings) async throws {
        let reply = try await ask("Unsubscribe")
        if reply.fault == nil { isOpen.withLock { $0 = false } }
        findings.expectAction(of: reply)
        _ = try reply.success()
    }

    /// Prolongs it and judges the times. A time that is refused as too early is tried anew with the earliest that the
    /// device accepts.
    ///
    /// `end`: an `xs:duration` or `xs:dateTime`.
    func renew(until end: String, _ findings: inout Findings) async throws {
        let clause = Clause.core("9.1.3")
        var asked = end
        var reply = try await ask("Renew", "<wsnt:TerminationTime>\(asked)</wsnt:TerminationTime>")
        if let fault = reply.fault, fault.detail == "UnacceptableTerminationTimeFault",
            let minimum = fault.details["MinimumTime"]
        {
            asked = minimum
            reply = try await ask("Renew", "<wsnt:TerminationTime>\(asked)</wsnt:TerminationTime>")
        }
        findings.expectAction(of: reply)
        let answer = try reply.success()
        let times = try findings.requireTimes(of: answer, clause: clause)
        let earliest =
            EventTime.date(asked)
            ?? times.current.addingTimeInterval((EventTime.duration(asked) ?? .zero) / .seconds(1))
        findings.expect(
            times.termination >= earliest, "TerminationTime not before \(EventTime.text(of: earliest))",
            found: EventTime.text(of: times.termination), clause: clause, in: answer)
    }

    /// Ends what the case left open; it may be over by itself.
    private func close() async {
        guard isOpen.withLock({ $0 }) else { return }
        _ = try? await ask("Unsubscribe")
    }
}

/// When a subscription was answered and when it ends.
struct SubscriptionTimes: Sendable {
    var current: Date
    var termination: Date
}

extension Findings {
    /// CurrentTime and TerminationTime, the second after the first.
    mutating func requireTimes(of answer: Answer, clause: Clause) throws -> SubscriptionTimes {
        func time(_ name: String) throws -> Date {
            let text = answer.text("*[local-name() = \(name)]")
            return try require(
                EventTime.date(text), "\(name) as xs:dateTime", found: text ?? "none", clause: clause, in: answer)
        }
        let times = SubscriptionTimes(current: try time("CurrentTime"), termination: try time("TerminationTime"))
        expect(
            times.termination > times.current, "TerminationTime after CurrentTime",
            found: "\(EventTime.text(of: times.termination)) and \(EventTime.text(of: times.current))", clause: clause,
            in: answer)
        return times
    }
}
