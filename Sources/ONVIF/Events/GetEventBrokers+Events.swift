package import XML

extension EventService {
    /// Source: ONVIF Core 26.06 §9.12.4 GetEventBrokers.
    package struct GetEventBrokers: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = eventPortType + "GetEventBrokersResponse"

        /// Nil asks for all.
        package var address: String?

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasEventBrokers }

        package init(_ request: XMLElement) throws(Fault) {
            address = request.optionalString("Address")
        }

        /// - Throws: `InvalidArgVal/InvalidAddress`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            guard let address else { return Response(brokers: device.brokers) }
            guard let index = device.brokers.index(of: address) else { throw .unknownBroker(address) }
            var brokers = device.brokers
            brokers.configurations = [brokers.configurations[index]]
            return Response(brokers: brokers)
        }

        package struct Response: ResponseMessage, Equatable {
            package var brokers: EventBrokerState

            package func write(to writer: inout XMLWriter) {
                for configuration in brokers.configurations {
                    writer.broker(configuration, brokers.links[configuration.address.text])
                }
            }
        }
    }
}

extension XMLWriter {
    /// `tev:EventBroker`, without its password, and with the figures of its queue as `ge:Queue`.
    fileprivate mutating func broker(_ broker: EventBrokerConfiguration, _ link: EventBrokerLink?) {
        element(.tev, "EventBroker") { writer in
            writer.element(.tev, "Address", broker.address.text)
            writer.element(.tev, "TopicPrefix", broker.topicPrefix)
            writer.optional(.tev, "UserName", broker.userName)
            writer.optional(.tev, "CertificateID", broker.certificate)
            if !broker.publishFilter.isEmpty { writer.filter("PublishFilter", broker.publishFilter) }
            writer.element(.tev, "QoS", broker.quality)
            writer.element(.tev, "Status", (link?.status ?? .offline).rawValue)
            writer.optional(.tev, "CertPathValidationPolicyID", broker.policy)
            if let filter = broker.metadataFilter { writer.filter("MetadataFilter", filter) }
            guard let link else { return }
            writer.element(
                .ge, "Queue",
                [
                    ("Waiting", String(link.waiting)), ("Limit", String(link.limit)),
                    ("Delivered", String(link.delivered)), ("Dropped", String(link.dropped)),
                ], "")
        }
    }

    private mutating func filter(_ name: String, _ topics: [EventBrokerConfiguration.TopicExpression]) {
        element(.tev, name) { writer in
            for topic in topics {
                writer.use(.tns1)
                writer.element(.wsnt, "TopicExpression", [("Dialect", topic.dialect)], topic.text)
            }
        }
    }
}
