import Foundation

/// Requests of the event service: with WS-Addressing, whose action is judged in what comes back.
///
/// Source: ONVIF Core 26.06 §9; ONVIF Event Handling Device Test Specification, annex on action URIs.
extension TestDevice {
    /// Operations whose messages are those of WS-BaseNotification.
    private static let ofBaseNotification: Set<String> = ["Subscribe", "Renew", "Unsubscribe"]

    /// Asks and takes whatever comes; ``Findings/expectAction(of:clause:)`` judges it.
    ///
    /// `endpoint`: that of a subscription; the event service itself without one.
    func askEvents(
        _ operation: String, _ body: Markup = "", at endpoint: Endpoint? = nil, patience: Duration = .zero
    ) async throws -> Reply {
        guard let service = await link.address(of: .events) else {
            throw CaseEnd.notTestable(reason: "the device announces no address of the event service")
        }
        let prefix = Markup(raw: Self.ofBaseNotification.contains(operation) ? "wsnt" : "tev")
        return try await reply(
            toElement: "<\(prefix):\(operation)>\(body)</\(prefix):\(operation)>", operation: operation, in: .events,
            at: endpoint ?? Endpoint(address: service), patience: patience)
    }

    /// Asks the event service itself, without arguments, and expects an answer with the right action.
    ///
    /// - Throws: ``CaseEnd``.
    func callEvents(_ operation: String, _ findings: inout Findings) async throws -> Answer {
        let reply = try await askEvents(operation)
        findings.expectAction(of: reply)
        return try reply.success()
    }
}

extension Findings {
    private static let faultAction = "http://www.w3.org/2005/08/addressing/soap/fault"

    /// Records a `wsa:Action` that is not that of the answer, or of faults.
    mutating func expectAction(of reply: Reply) {
        let request = WSAddressing.action(of: reply.operation, in: .events)
        let expected = reply.fault == nil ? request.dropLast("Request".count) + "Response" : Self.faultAction[...]
        guard reply.fault != nil || reply.answer != nil, reply.action != String(expected) else { return }
        record(
            expected: "wsa:Action \(expected) in the header of the answer to \(reply.operation)",
            found: reply.action ?? "none", clause: .core(reply.fault == nil ? "9.3.2" : "9.9"), in: reply.answer)
    }

    /// Records that there is no fault, or another than one of those of WS-BaseNotification, or one without its time.
    ///
    /// - `now`: the time by the device's clock, which the fault may not lie ahead of.
    /// - `names`: local names of the element in the detail.
    mutating func expectNotificationFault(
        _ reply: Reply, now: Date, _ names: String..., clause: Clause
    ) {
        guard let fault = reply.fault else {
            record(expected: "a fault: \(names.joined(separator: " or "))", found: reply.summary, clause: clause)
            return
        }
        expectAction(of: reply)
        expect(
            fault.detail.map(names.contains) == true, "a fault with \(names.joined(separator: " or ")) as detail",
            found: "\(fault) with \(fault.detail ?? "nothing")", clause: clause)
        let time = EventTime.date(fault.details["Timestamp"])
        expect(
            time.map { $0 <= now.addingTimeInterval(EventPatience.clockTolerance) } == true,
            "a Timestamp in the fault, not later than the device's clock", found: fault.details["Timestamp"] ?? "none",
            clause: .core("9.9"))
    }
}
