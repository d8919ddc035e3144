package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.1 GetDeviceInformation.
    package struct GetDeviceInformation: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(
                manufacturer: device.model.manufacturer, model: device.model.model,
                firmwareVersion: device.firmwareVersion, serialNumber: device.identity.serialNumber,
                hardwareID: device.model.hardwareID)
        }

        package struct Response: ResponseMessage, Equatable {
            package var manufacturer: String
            package var model: String
            package var firmwareVersion: String
            package var serialNumber: String
            package var hardwareID: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Manufacturer", manufacturer)
                writer.element(.tds, "Model", model)
                writer.element(.tds, "FirmwareVersion", firmwareVersion)
                writer.element(.tds, "SerialNumber", serialNumber)
                writer.element(.tds, "HardwareId", hardwareID)
            }
        }
    }
}
