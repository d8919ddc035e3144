package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.6.3 SetRelayOutputSettings.
    package struct SetRelayOutputSettings: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRelays }

        package var token: String
        package var properties: RelayProperties

        package init(_ request: XMLElement) throws(Fault) {
            let relay = try request.required("RelayOutput")
            token = try relay.requiredAttribute("token")
            properties = try RelayProperties(relay.required("Properties"))
        }

        /// - Throws: `RelayToken`, `ModeError`; the relay stays as it was.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.setRelay(token, properties, now: call.now)
            return EmptyResponse()
        }
    }
}
