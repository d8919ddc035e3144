package import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.6 SetReceiverMode.
    package struct SetReceiverMode: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.actuate

        package var token: String
        package var mode: Receiver.Mode

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ReceiverToken")
            mode = try request.choice("Mode")
        }

        /// - Throws: `InvalidArgVal/UnknownToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeReceivers(at: call.now) { (receivers) throws(Fault) in
                try receivers.configure(token, now: call.now) { $0.mode = mode }
            }
            return EmptyResponse()
        }
    }
}
