package import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.5 ConfigureReceiver.
    package struct ConfigureReceiver: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.actuate

        package var token: String
        package var configuration: Receiver.Configuration

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ReceiverToken")
            configuration = try Receiver.Configuration(try request.required("Configuration"))
        }

        /// - Throws: `InvalidArgVal/UnknownToken`, `InvalidArgVal/BadConfiguration`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeReceivers(at: call.now) { (receivers) throws(Fault) in
                try receivers.configure(token, now: call.now) { $0 = configuration }
            }
            return EmptyResponse()
        }
    }
}
