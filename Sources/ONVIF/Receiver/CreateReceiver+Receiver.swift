package import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.3 CreateReceiver.
    package struct CreateReceiver: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.actuate

        package var configuration: Receiver.Configuration

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try Receiver.Configuration(try request.required("Configuration"))
        }

        /// - Throws: `InvalidArgVal/BadConfiguration`, `Action/MaxReceivers`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ReceiversResponse {
            let receiver = try device.changeReceivers(at: call.now) { (receivers) throws(Fault) in
                try receivers.create(configuration, now: call.now)
            }
            return ReceiversResponse(element: "Receiver", receivers: [receiver])
        }
    }
}
