package import XML

extension DeviceService {
    /// Where there is no DHCP server, and so here, the device falls back to the name that was set by hand.
    ///
    /// Source: ONVIF Core 26.06 §8.2.3 SetHostnameFromDHCP.
    package struct SetHostnameFromDHCP: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var isFromDHCP: Bool

        package static func isSupported(by model: DeviceModel) -> Bool { model.network.hasHostnameFromDHCP }

        package init(_ request: XMLElement) throws(Fault) {
            isFromDHCP = try request.boolean("FromDHCP")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            device.network.isHostnameFromDHCP = isFromDHCP
            return Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "RebootNeeded", false)
            }
        }
    }
}
