import Glibc
package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.14 GetNetworkDefaultGateway.
    package struct GetNetworkDefaultGateway: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(gateways: device.network.gateways)
        }

        package struct Response: ResponseMessage, Equatable {
            package var gateways: [String]

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "NetworkGateway") { writer in
                    for gateway in gateways { writer.element(.tt, "IPv4Address", gateway) }
                }
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.2.15 SetNetworkDefaultGateway.
    package struct SetNetworkDefaultGateway: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var gateways: [String]

        /// - Throws: `InvalidArgVal/InvalidGatewayAddress`.
        package init(_ request: XMLElement) throws(Fault) {
            gateways = []
            for child in request.children where child.name == "IPv4Address" || child.name == "IPv6Address" {
                guard child.name == "IPv4Address", child.trimmedText.isIPAddress(AF_INET) else {
                    throw .sender(
                        "InvalidArgVal", "InvalidGatewayAddress", reason: "\"\(child.trimmedText)\" is no IPv4 address")
                }
                gateways.append(child.trimmedText)
            }
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.network.gateways = gateways
            return EmptyResponse()
        }
    }
}
