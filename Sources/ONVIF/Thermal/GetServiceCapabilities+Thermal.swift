package import XML

extension ThermalService {
    /// Source: ONVIF Thermal 26.06 §5.1.8 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.thermal
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(measures: device.model.thermal?.measures ?? false)
        }

        package struct Response: ResponseMessage, Equatable {
            /// Whether temperatures are measured.
            package var measures: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tth, "Capabilities", [("Radiometry", "\(measures)")], "")
            }
        }
    }
}
