package import XML

extension EventService {
    /// Ends a subscription.
    ///
    /// Source: WS-BaseNotification 1.3 §6.1.2 Unsubscribe; ONVIF Core 26.06 §9.1.4.
    package struct Unsubscribe: EmptyRequest {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let namespace = XMLNamespace.wsnt
        package static let responseAction = subscriptionManager + "UnsubscribeResponse"
        package init() {}

        /// - Throws: `ResourceUnknownFault`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.events.unsubscribe(atPath: call.path, now: call.now)
            return EmptyResponse()
        }
    }
}
