package import Foundation
package import XML

/// What CreatePullPointSubscription and Subscribe have in common.
///
/// Source: WS-BaseNotification 1.3 §4.2 Subscribe; ONVIF Core 26.06 §9.1.1.
package struct SubscriptionRequest: Equatable, Sendable {
    package var filter: XMLElement?
    package var terminationTime: RequestedTime?
    package var policies: [XMLElement]

    init(_ request: XMLElement) throws(Fault) {
        filter = request.child("Filter")
        terminationTime = try RequestedTime(request.child("InitialTerminationTime"))
        policies = request.child("SubscriptionPolicy")?.children ?? []
    }

    func subscribe(
        _ delivery: EventSubscription.Delivery, on device: inout DeviceState, _ call: Call,
        responseNamespace: XMLNamespace
    ) throws(Fault) -> SubscriptionResponse {
        if let unknown = policies.first(where: { $0.name != "ChangedOnly" }) {
            throw .notification(
                .unrecognizedPolicyRequest,
                reason: "the subscription policy \(unknown.name) is not known; ChangedOnly is", at: call.now)
        }
        var filter = EventFilter()
        if let element = self.filter {
            filter = try EventFilter(element, announced: device.events.topics, now: call.now)
        }
        let end = try RequestedTime.date(
            terminationTime, now: call.now, orThrow: .unacceptableInitialTerminationTime)
        // What is over by now is no news for this client.
        device.settlePreset(now: call.now)
        device.tellReceivers(at: call.now)
        let subscription = try device.subscribe(
            delivery, filter: filter, changedOnly: policies.contains { $0.trimmedText != "false" },
            origin: call.address(""), until: end, now: call.now)
        return SubscriptionResponse(
            namespace: responseNamespace, address: subscription.address, currentTime: call.now, terminationTime: end)
    }
}

/// `wsnt:AbsoluteOrRelativeTimeType`.
package enum RequestedTime: Equatable, Sendable {
    case absolute(Date)
    /// Seconds from now.
    case relative(TimeInterval)

    /// - Returns: nil where the client leaves the time to us.
    init?(_ element: XMLElement?) throws(Fault) {
        guard let element, !element.trimmedText.isEmpty else { return nil }
        let text = element.trimmedText
        if let duration = XSDuration.parse(text) {
            self = .relative(duration)
        } else if let date = XSDateTime.parse(text) {
            self = .absolute(date)
        } else {
            throw .sender("InvalidArgVal", reason: "\(element.name) is \"\(text)\", neither a time nor a duration")
        }
    }

    /// The moment that was asked for, or the default.
    ///
    /// - Throws: `fault` with the range that is accepted, where the time is not after now or too far away.
    static func date(_ requested: RequestedTime?, now: Date, orThrow fault: Fault.NotificationFault) throws(Fault)
        -> Date
    {
        let date =
            switch requested {
            case .absolute(let date): date
            case .relative(let seconds): now + seconds
            case nil: now + EventState.defaultLifetime
            }
        let latest = now + EventState.maximumLifetime
        guard date > now, date <= latest else {
            throw Fault(
                code: .receiver, subcodes: [],
                reason: "a subscription may end between now and \(Int(EventState.maximumLifetime)) seconds from now",
                detail: .unacceptableTime(
                    fault, minimum: now + EventState.proposedLifetime, maximum: latest, now))
        }
        return date
    }
}

/// The answer to CreatePullPointSubscription (`tev:`) and Subscribe (`wsnt:`).
package struct SubscriptionResponse: ResponseMessage, Equatable {
    package var namespace: XMLNamespace
    package var address: String
    package var currentTime: Date
    package var terminationTime: Date

    package func write(to writer: inout XMLWriter) {
        writer.element(namespace, "SubscriptionReference") { writer in
            writer.element(.wsa, "Address", address)
        }
        writer.element(.wsnt, "CurrentTime", XSDateTime.string(currentTime))
        writer.element(.wsnt, "TerminationTime", XSDateTime.string(terminationTime))
    }
}
