package import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.2 GetReceiver.
    package struct GetReceiver: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.readMedia

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ReceiverToken")
        }

        /// - Throws: `InvalidArgVal/UnknownToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ReceiversResponse {
            let state = device.receivers ?? ReceiverState(limit: 0)
            return ReceiversResponse(element: "Receiver", receivers: [try state.receiver(token)])
        }
    }
}
