package import XML

/// The relay operations of before the Device IO service had them; they do the same.
extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.6.1 GetRelayOutputs.
    package struct GetRelayOutputs: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> RelayOutputsResponse {
            RelayOutputsResponse(relays: device.io.relays)
        }
    }

    /// Source: ONVIF Core 26.06 §8.6.2 SetRelayOutputSettings.
    package struct SetRelayOutputSettings: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRelays }

        package var token: String
        package var properties: RelayProperties

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("RelayOutputToken")
            properties = try RelayProperties(request.required("Properties"))
        }

        /// - Throws: `RelayToken`, `ModeError`; the relay stays as it was.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.setRelay(token, properties, now: call.now)
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Core 26.06 §8.6.3 SetRelayOutputState.
    package struct SetRelayOutputState: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate
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
