import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.1 GetReceivers.
    package struct GetReceivers: EmptyRequest {
        package static let service = Service.receiver
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ReceiversResponse {
            ReceiversResponse(element: "Receivers", receivers: device.receivers?.receivers ?? [])
        }
    }
}
