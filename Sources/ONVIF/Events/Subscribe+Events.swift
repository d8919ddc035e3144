import Foundation
package import XML

extension EventService {
    /// Has notifications sent to a consumer.
    ///
    /// Source: WS-BaseNotification 1.3 §4.2 Subscribe; ONVIF Core 26.06 §9.3.2.
    package struct Subscribe: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let namespace = XMLNamespace.wsnt
        package static let responseAction = notificationProducer + "SubscribeResponse"

        /// The longest address of a consumer, in characters.
        package static let addressLimit = 2048
        /// The most reference parameters of a consumer.
        package static let parameterLimit = 8

        package var consumer: EventSubscription.Consumer
        package var request: SubscriptionRequest

        package init(_ request: XMLElement) throws(Fault) {
            let reference = try request.required("ConsumerReference")
            consumer = EventSubscription.Consumer(
                address: try reference.string("Address"),
                parameters: reference.child("ReferenceParameters")?.children ?? [])
            self.request = try SubscriptionRequest(request)
        }

        /// - Throws: `SubscribeCreationFailedFault` for a consumer out of reach, `ActionNotSupported` for a model without
        ///   notification producers, else the faults of the filter, the policy and the termination time.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> SubscriptionResponse {
            guard device.model.events.maximumNotificationProducers > 0 else {
                throw .receiver("ActionNotSupported", reason: "this device has pull points only")
            }
            guard let url = URL(string: consumer.address), let host = url.host, !host.isEmpty,
                ["http", "https"].contains(url.scheme?.lowercased()), consumer.address.count <= Self.addressLimit,
                consumer.parameters.count <= Self.parameterLimit
            else {
                throw .notification(
                    .subscribeCreationFailed,
                    reason: "\"\(consumer.address.prefix(80))\" is no http or https address with at most "
                        + "\(Self.parameterLimit) reference parameters", at: call.now)
            }
            return try request.subscribe(.push(consumer), on: &device, call, responseNamespace: .wsnt)
        }
    }
}
