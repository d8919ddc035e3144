package import XML

extension DeviceIOService {
    /// The message is that of the device service, which has the operation too.
    ///
    /// Source: ONVIF Device IO 26.06 §5.6.4 SetRelayOutputState.
    package struct SetRelayOutputState: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static let namespace = XMLNamespace.tds
        package static let responseAction = "http://www.onvif.org/ver10/deviceio/wsdl/SetRelayOutputStateResponse"
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRelays }

        package var token: String
        package var state: RelayLogicalState

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("RelayOutputToken")
            state = try request.choice("LogicalState")
        }

        /// - Throws: `RelayToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.setRelay(token, active: state == .active, now: call.now)
            return EmptyResponse()
        }
    }
}
