package import XML

extension DeviceService {
    /// Sets everything back to what the factory shipped, and reboots.
    ///
    /// Source: ONVIF Core 26.06 §8.3.8 SetSystemFactoryDefault.
    package struct SetSystemFactoryDefault: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.unrecoverable

        /// `tt:FactoryDefaultType`.
        package enum Mode: String, Sendable {
            case hard = "Hard"
            /// Keeps network, clock and accounts, so that the device is reached as before.
            case soft = "Soft"
        }

        package var mode: Mode

        package init(_ request: XMLElement) throws(Fault) {
            mode = try request.choice("FactoryDefault")
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.resetToFactory(keepsAccess: mode == .soft, at: call.now)
            return EmptyResponse()
        }
    }
}
