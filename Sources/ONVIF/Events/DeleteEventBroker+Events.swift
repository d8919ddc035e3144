package import XML

extension EventService {
    /// Source: ONVIF Core 26.06 §9.12.3 DeleteEventBroker.
    package struct DeleteEventBroker: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.writeSystem
        package static let responseAction = eventPortType + "DeleteEventBrokerResponse"

        package var address: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasEventBrokers }

        package init(_ request: XMLElement) throws(Fault) {
            address = try request.string("Address")
        }

        /// - Throws: `InvalidArgVal/InvalidAddress`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            guard let index = device.brokers.index(of: address) else { throw .unknownBroker(address) }
            device.unsubscribeBroker(address, now: call.now)
            device.brokers.configurations.remove(at: index)
            device.brokers.links[address] = nil
            device.effects.append(.brokersChanged)
            return EmptyResponse()
        }
    }
}

extension Fault {
    static func unknownBroker(_ address: String) -> Fault {
        .sender("InvalidArgVal", "InvalidAddress", reason: "there is no event broker \"\(address.prefix(80))\"")
    }
}
