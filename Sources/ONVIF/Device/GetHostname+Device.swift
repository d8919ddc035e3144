package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.1 GetHostname.
    package struct GetHostname: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(name: device.network.hostname, isFromDHCP: device.network.isHostnameFromDHCP)
        }

        package struct Response: ResponseMessage, Equatable {
            package var name: String
            package var isFromDHCP: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "HostnameInformation") { writer in
                    writer.element(.tt, "FromDHCP", isFromDHCP)
                    writer.element(.tt, "Name", name)
                }
            }
        }
    }
}
