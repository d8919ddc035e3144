package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.4 GetDNS.
    package struct GetDNS: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(setting: device.network.dns)
        }

        package struct Response: ResponseMessage, Equatable {
            package var setting: NetworkState.AddressSetting

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "DNSInformation") { writer in
                    writer.element(.tt, "FromDHCP", setting.isFromDHCP)
                    for domain in setting.searchDomains { writer.element(.tt, "SearchDomain", domain) }
                    for host in setting.manual { writer.host("DNSManual", host) }
                }
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.2.5 SetDNS.
    package struct SetDNS: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var setting: NetworkState.AddressSetting

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `InvalidArgVal/InvalidIPv6Address`.
        package init(_ request: XMLElement) throws(Fault) {
            setting = NetworkState.AddressSetting(
                isFromDHCP: try request.boolean("FromDHCP"),
                searchDomains: request.children("SearchDomain").map(\.trimmedText))
            for server in request.children("DNSManual") { setting.manual.append(try server.networkHost()) }
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.network.dns = setting
            return EmptyResponse()
        }
    }
}
