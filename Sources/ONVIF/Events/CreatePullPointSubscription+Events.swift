package import XML

extension EventService {
    /// Opens a pull point, which has an address of its own.
    ///
    /// Source: ONVIF Core 26.06 §9.1.1 Create pull point subscription.
    package struct CreatePullPointSubscription: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = eventPortType + "CreatePullPointSubscriptionResponse"

        package var request: SubscriptionRequest

        package init(_ request: XMLElement) throws(Fault) {
            self.request = try SubscriptionRequest(request)
        }

        /// - Throws: the faults of Subscribe; no pull point is opened then.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> SubscriptionResponse {
            try request.subscribe(.pull, on: &device, call, responseNamespace: .tev)
        }
    }
}
