package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.18 GetDiscoveryMode.
    package struct GetDiscoveryMode: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(isDiscoverable: device.system.isDiscoverable)
        }

        package struct Response: ResponseMessage, Equatable {
            package var isDiscoverable: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "DiscoveryMode", isDiscoverable ? "Discoverable" : "NonDiscoverable")
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.3.19 SetDiscoveryMode.
    package struct SetDiscoveryMode: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        /// `tt:DiscoveryMode`.
        package enum Mode: String, Sendable {
            case discoverable = "Discoverable"
            case nonDiscoverable = "NonDiscoverable"
        }

        package var mode: Mode

        package init(_ request: XMLElement) throws(Fault) {
            mode = try request.choice("DiscoveryMode")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.isDiscoverable = mode == .discoverable
            device.effects.append(.discoveryModeChanged)
            return EmptyResponse()
        }
    }
}
