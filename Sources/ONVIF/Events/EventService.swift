/// Event handling (`tev:`, `wsnt:`): ONVIF Core 26.06 §9.
package enum EventService {
    static let all = [
        OperationEntry(AddEventBroker.self),
        OperationEntry(CreatePullPointSubscription.self),
        OperationEntry(DeleteEventBroker.self),
        OperationEntry(GetCurrentMessage.self),
        OperationEntry(GetEventBrokers.self),
        OperationEntry(GetEventProperties.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(PullMessages.self),
        OperationEntry(Renew.self),
        OperationEntry(Seek.self),
        OperationEntry(SetSynchronizationPoint.self),
        OperationEntry(Subscribe.self),
        OperationEntry(Unsubscribe.self),
    ]

    /// WS-Addressing actions of the port types (event.wsdl, bw-2.wsdl).
    static let eventPortType = "http://www.onvif.org/ver10/events/wsdl/EventPortType/"
    static let pullPointSubscription = "http://www.onvif.org/ver10/events/wsdl/PullPointSubscription/"
    static let subscriptionManager = "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/"
    static let notificationProducer = "http://docs.oasis-open.org/wsn/bw-2/NotificationProducer/"
}
