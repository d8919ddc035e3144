package import XML

extension EventService {
    /// Source: ONVIF Core 26.06 §9.8 Get service capabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.events
        package static let access = AccessClass.preAuth
        package static let responseAction = eventPortType + "GetServiceCapabilitiesResponse"
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(capabilities: EventCapabilities(device.model))
        }

        package struct Response: ResponseMessage, Equatable {
            package var capabilities: EventCapabilities

            package func write(to writer: inout XMLWriter) {
                capabilities.write(to: &writer)
            }
        }
    }
}

/// `tev:Capabilities`, as GetServices embeds it too.
package struct EventCapabilities: Equatable, Sendable {
    package var maximumNotificationProducers: Int
    package var maximumPullPoints: Int
    package var hasStorage: Bool
    /// The most event brokers; 0 where events are not published.
    package var maximumBrokers: Int
    /// Whether scene descriptions are published beside events.
    package var hasMetadataOverMQTT: Bool

    package init(_ model: DeviceModel) {
        maximumNotificationProducers = model.events.maximumNotificationProducers
        maximumPullPoints = model.events.maximumPullPoints
        hasStorage = model.events.storage > 0
        maximumBrokers = model.events.brokers ?? 0
        hasMetadataOverMQTT = maximumBrokers > 0 && model.analytics?.hasScene == true
    }

    package func write(to writer: inout XMLWriter) {
        var brokers: [(String, String)] = []
        if maximumBrokers > 0 {
            let protocols = EventBrokerAddress.Scheme.allCases.map(\.rawValue).joined(separator: " ")
            brokers = [
                ("EventBrokerProtocols", protocols), ("MaxEventBrokers", String(maximumBrokers)),
                ("MetadataOverMQTT", hasMetadataOverMQTT ? "true" : "false"),
            ]
        }
        writer.element(
            .tev, "Capabilities",
            [
                ("WSSubscriptionPolicySupport", "true"),
                ("WSPullPointSupport", maximumPullPoints > 0 ? "true" : "false"),
                ("WSPausableSubscriptionManagerInterfaceSupport", "false"),
                ("MaxNotificationProducers", String(maximumNotificationProducers)),
                ("MaxPullPoints", String(maximumPullPoints)),
                ("PersistentNotificationStorage", hasStorage ? "true" : "false"),
            ] + brokers, "")
    }
}
