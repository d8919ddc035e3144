import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.5 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.receiver
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ReceiverCapabilities {
            ReceiverCapabilities(device.model)
        }
    }
}
