import XML

extension EventService {
    /// Has the present value of every property told anew.
    ///
    /// Source: ONVIF Core 26.06 §9.5 SetSynchronizationPoint.
    package struct SetSynchronizationPoint: EmptyRequest {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = pullPointSubscription + "SetSynchronizationPointResponse"
        package init() {}

        /// - Throws: `ResourceUnknownFault`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.events.synchronize(atPath: call.path, now: call.now)
            return EmptyResponse()
        }
    }
}
