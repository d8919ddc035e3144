package import XML

extension DeviceIOService {
    /// The message is that of the device service, which has the operation too.
    ///
    /// Source: ONVIF Device IO 26.06 §5.6.1 GetRelayOutputs.
    package struct GetRelayOutputs: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static let namespace = XMLNamespace.tds
        package static let responseAction = "http://www.onvif.org/ver10/deviceio/wsdl/GetRelayOutputsResponse"
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> RelayOutputsResponse {
            RelayOutputsResponse(relays: device.io.relays)
        }
    }
}
