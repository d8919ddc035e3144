package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.16 GetZeroConfiguration.
    package struct GetZeroConfiguration: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasZeroConfiguration }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                isEnabled: device.network.isZeroConfigured, address: device.network.linkLocalAddress(device.identity))
        }

        package struct Response: ResponseMessage, Equatable {
            package var isEnabled: Bool
            package var address: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "ZeroConfiguration") { writer in
                    writer.element(.tt, "InterfaceToken", NetworkInterface.token)
                    writer.element(.tt, "Enabled", isEnabled)
                    if isEnabled { writer.element(.tt, "Addresses", address) }
                }
            }
        }
    }

    /// The address is shown while it is on; the sockets stay where they were opened.
    ///
    /// Source: ONVIF Core 26.06 §8.2.17 SetZeroConfiguration.
    package struct SetZeroConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var token: String
        package var isEnabled: Bool

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasZeroConfiguration }

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("InterfaceToken")
            isEnabled = try request.boolean("Enabled")
        }

        /// - Throws: `InvalidArgVal/InvalidNetworkInterface`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            guard token == NetworkInterface.token else { throw .noInterface(token) }
            device.network.isZeroConfigured = isEnabled
            return EmptyResponse()
        }
    }
}
