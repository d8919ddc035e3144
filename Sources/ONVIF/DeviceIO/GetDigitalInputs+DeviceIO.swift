import XML

extension DeviceIOService {
    /// No camera here has a digital input.
    ///
    /// Source: ONVIF Device IO 26.06 §5.7.1 GetDigitalInputs.
    package struct GetDigitalInputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystem
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            EmptyResponse()
        }
    }
}
