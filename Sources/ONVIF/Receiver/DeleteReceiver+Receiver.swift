package import XML

extension ReceiverService {
    /// Nothing on the device uses receivers, so that each can go at any time.
    ///
    /// Source: ONVIF Receiver 26.06 §5.4.4 DeleteReceiver.
    package struct DeleteReceiver: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.actuate

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ReceiverToken")
        }

        /// - Throws: `InvalidArgVal/UnknownToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.changeReceivers(at: call.now) { (receivers) throws(Fault) in
                try receivers.delete(token)
            }
            return EmptyResponse()
        }
    }
}
