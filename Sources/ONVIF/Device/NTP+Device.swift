package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.2.6 GetNTP.
    package struct GetNTP: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(setting: device.network.ntp)
        }

        package struct Response: ResponseMessage, Equatable {
            package var setting: NetworkState.AddressSetting

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "NTPInformation") { writer in
                    writer.element(.tt, "FromDHCP", setting.isFromDHCP)
                    for host in setting.manual { writer.host("NTPManual", host) }
                }
            }
        }
    }

    /// Keeps the servers' names; the clock itself follows the host's.
    ///
    /// Source: ONVIF Core 26.06 §8.2.7 SetNTP.
    package struct SetNTP: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// The most NTP servers kept.
        package static let serverLimit = 4

        package var setting: NetworkState.AddressSetting

        /// - Throws: `InvalidArgVal/InvalidIPv4Address`, `…/InvalidIPv6Address`, `…/InvalidDnsName`.
        package init(_ request: XMLElement) throws(Fault) {
            setting = NetworkState.AddressSetting(isFromDHCP: try request.boolean("FromDHCP"))
            for server in request.children("NTPManual") { setting.manual.append(try server.networkHost()) }
        }

        /// - Throws: `InvalidArgVal/TimeSyncedToNtp` where the clock follows NTP and no server would be left.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            guard device.clock.source != .ntp || setting.hasServer else {
                throw .sender(
                    "InvalidArgVal", "TimeSyncedToNtp", reason: "the clock follows NTP, which needs a server")
            }
            guard setting.manual.count <= Self.serverLimit else {
                throw .sender("InvalidArgVal", reason: "at most \(Self.serverLimit) NTP servers are kept")
            }
            device.network.ntp = setting
            return EmptyResponse()
        }
    }
}

extension NetworkState.AddressSetting {
    /// Whether there is a server, or DHCP to name one.
    var hasServer: Bool { isFromDHCP || !manual.isEmpty }
}
