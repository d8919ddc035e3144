package import XML

extension ReceiverService {
    /// Source: ONVIF Receiver 26.06 §5.4.7 GetReceiverState.
    package struct GetReceiverState: ServiceOperation {
        package static let service = Service.receiver
        package static let access = AccessClass.readMedia

        package var token: String

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.string("ReceiverToken")
        }

        /// - Throws: `InvalidArgVal/UnknownToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let state = device.receivers ?? ReceiverState(limit: 0)
            return Response(state: try state.receiver(token).state(at: call.now))
        }

        package struct Response: ResponseMessage, Equatable {
            package var state: Receiver.State

            package func write(to writer: inout XMLWriter) {
                writer.element(.trv, "ReceiverState") { writer in
                    writer.element(.tt, "State", state.rawValue)
                    writer.element(.tt, "AutoCreated", false)
                }
            }
        }
    }
}
