import XML

extension DeviceIOService {
    /// No camera here has a video output.
    ///
    /// Source: ONVIF Device IO 26.06 §5.1.1 GetVideoOutputs.
    package struct GetVideoOutputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            EmptyResponse()
        }
    }
}
